package bench

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/sample"
	"onewindow/internal/source/entry"
)

func TestAStockGivesBackWhatWasInvented(t *testing.T) {
	r := &run{Config: Config{Records: 1234}, dir: t.TempDir(), tell: func(Progress) {}, report: &Report{}}
	r.corpus = NewCorpus([]sample.Place{{Province: "江苏省", City: "南京市", County: "玄武区", Postcode: "210000", Weight: 1}}, 1)
	r.stock = stock{path: r.folder("invented"), name: "test"}
	if err := r.invent(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, from := range []int64{0, 1, 999, 1233, 1234} {
		next := from
		f := feed{r.stock, r.Records, false}
		_, err := f.Read(context.Background(), f.Inputs()[0], from, func(e entry.Entry) error {
			if diff := cmp.Diff(r.corpus.Document(int(next)), e.Doc); diff != "" {
				t.Fatalf("document %d: %s", next, diff)
			}
			if next++; e.Ordinal != next {
				t.Fatalf("ordinal %d, want %d", e.Ordinal, next)
			}
			return nil
		})
		if err != nil || next != int64(r.Records) {
			t.Errorf("from %d: stopped at %d, %v", from, next, err)
		}
	}
	f := feed{r.stock, r.Records + 1, false}
	if _, err := f.Read(context.Background(), f.Inputs()[0], 0, func(entry.Entry) error { return nil }); err == nil {
		t.Error("a stock that ends too soon is not noticed")
	}
}
