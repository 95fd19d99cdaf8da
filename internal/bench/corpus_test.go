package bench

import (
	"reflect"
	"strings"
	"testing"

	"onewindow/internal/record"
	"onewindow/internal/sample"
)

func corpus() *Corpus {
	return NewCorpus([]sample.Place{{Province: "江苏省", City: "南京市", County: "玄武区", Postcode: "210000", Weight: 1}}, 1)
}

func TestDocumentsAreDeterministicAndSound(t *testing.T) {
	a, b := corpus(), corpus()
	seen := map[string]bool{}
	for i := range 3000 {
		d := a.Document(i)
		if !reflect.DeepEqual(d, b.Document(i)) {
			t.Fatalf("document %d differs between two corpora", i)
		}
		if p, err := record.ParsePublicationCN(d.DocID()); err != nil || p.Kind() != d.Kind {
			t.Fatalf("%s is no publication number of a %s: %v", d.DocID(), d.Kind, err)
		}
		if _, err := record.ParseApplicationCN(d.Application.Number); err != nil {
			t.Fatalf("%s: %v", d.Application.Number, err)
		}
		for _, key := range d.Keys() {
			if seen[key] {
				t.Fatalf("%s stands in two documents", key)
			}
			seen[key] = true
		}
	}
}

func TestWordsStandInTheShareTheyWereChosenFor(t *testing.T) {
	c := corpus()
	const n = 8000
	var texts []string
	for i := range n {
		d := c.Document(i)
		texts = append(texts, " "+strings.NewReplacer(",", "", ".", "").Replace(d.Titles[0].Text+" "+d.Abstracts[0].Text)+" ")
	}
	for _, share := range []float64{0.01, 0.07, 0.20} {
		word, hits := " "+c.LatinWord(share, 10)+" ", 0
		for _, s := range texts {
			if strings.Contains(s, word) {
				hits++
			}
		}
		if got := float64(hits) / n; got < share/2 || got > share*2 {
			t.Errorf("%q stands in %.3f of the documents, wanted %.2f", word, got, share)
		}
	}
}

func BenchmarkDocument(b *testing.B) {
	c := corpus()
	for i := 0; b.Loop(); i++ {
		c.Document(i)
	}
}
