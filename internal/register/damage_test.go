package register_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

func TestAChangedTextIsAnErrorAndNoAnswer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	store := openStore(t, path)
	r := openOn(t, store)
	load(t, r, file("a", doc("109000001A", "201710000001", "battery")))
	r.Close()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte("battery")); n != 1 {
		t.Fatalf("the title stands %d times in the file", n)
	}
	b[bytes.Index(b, []byte("battery"))] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	r = openOn(t, openStore(t, path))
	err = r.Scan(context.Background(), register.AsOf{}, func(v *register.View) error {
		t.Errorf("answered %q", v.Title())
		return nil
	})
	if ierr.KindOf(err) != ierr.Corrupt {
		t.Errorf("error %v", err)
	}
}

func TestAFileThatCouldNotAllBeReadCanBeLoadedAgain(t *testing.T) {
	r := open(t)
	whole := file("a", doc("109000001A", "201710000001", "一"), doc("109000002A", "201710000002", "二"))
	part := whole
	part.entries, part.broken = whole.entries[:1], true
	first := load(t, r, part, file("b", doc("109000003A", "201710000003", "三")))
	files, err := r.Files(ctx, first.ID)
	if err != nil || first.Status != register.Done || files[0].Status != register.Failed || files[1].Status != register.Done {
		t.Errorf("the load is %+v, its files %+v, %v", first, files, err)
	}
	second := load(t, r, whole)
	if second.Counts.Entries != 2 || second.Counts.New != 1 || second.Counts.Rights != 1 {
		t.Errorf("loaded again: %+v", second.Counts)
	}
	if third := load(t, r, whole); third.Counts.Entries != 0 {
		t.Errorf("loaded once more: %+v", third.Counts)
	}
	if v := byNumber(t, r, "109000001", 0); v.Title() != "一" || len(v.Disputed) != 0 {
		t.Errorf("what both loads read is %+v", v)
	}
}
