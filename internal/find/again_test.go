package find

import (
	"os"
	"testing"
	"time"

	"onewindow/internal/record"
	"onewindow/internal/register"
)

func TestAnIndexThatCouldNotBeWrittenIsTriedAgain(t *testing.T) {
	h := open(t)
	docs := four(t)
	h.load(docs[0])
	// A file stands where the folder was: nothing can be written, and what is open
	// can be read.
	dir := h.shelf.dir
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Skip("a folder in use cannot be moved here:", err)
	}
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := h.register.Load(t.Context(), register.LoadSpec{Feed: register.Canonical{
		Name: "more", Identity: "more", N: 2, Document: func(i int64) *record.Document { return docs[2+i] },
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Sync(t.Context(), h.register.State()); err == nil {
		t.Fatal("an index that cannot be written is whole")
	}
	res, err := h.Search(t.Context(), Public(), Request{Query: "电池", Limit: 5})
	if err != nil || res.Total != 1 || res.Behind == 0 {
		t.Fatalf("what was visible: %+v, %v", res, err)
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir+".away", dir); err != nil {
		t.Fatal(err)
	}
	h.shelf.mu.Lock()
	h.shelf.tryAt = time.Time{}
	h.shelf.mu.Unlock()
	for h.Sync(t.Context(), h.register.State()) != nil {
		time.Sleep(10 * time.Millisecond) // until the pause is over
	}
	if _, n := h.titles(Request{}); n != 3 {
		t.Errorf("%d rights afterwards", n)
	}
}
