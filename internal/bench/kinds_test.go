package bench

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"

	"onewindow/defs"
	"onewindow/internal/number"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/sample"
)

func newCorpusOfAll() *Corpus {
	return NewCorpusOfAll([]sample.Place{{Province: "江苏省", City: "南京市", County: "玄武区", Postcode: "210000", Weight: 1}}, 1)
}

// corpusOfAll is one for all tests: its vocabulary takes a while.
var corpusOfAll = sync.OnceValue(newCorpusOfAll)

// digest sums up the canonical form of documents.
func digest(c *Corpus, from, n int) string {
	sum := sha256.New()
	for i := from; i < from+n; i++ {
		sum.Write(register.Encode(nil, c.Document(i)))
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

func TestTheCorporaAreWhatTheyWere(t *testing.T) {
	if got, want := digest(corpus(), 0, 500), "f70fc85ef49bc22f"; got != want {
		t.Errorf("patents: %s, want %s", got, want)
	}
	if got, want := digest(corpusOfAll(), 30_000, 2000), "d5fff43bb219f75c"; got != want {
		t.Errorf("all kinds: %s, want %s", got, want)
	}
}

func TestDocumentsOfAllKindsAreDeterministicAndSound(t *testing.T) {
	numbers, err := number.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	a, b := corpusOfAll(), newCorpusOfAll()
	kinds, forms := map[record.Kind]int{}, map[form]int{}
	seen := map[string]bool{}
	const n = 30_000
	for i := n - 1; i >= 0; i-- { // in another order than loads have
		d := a.Document(i)
		forms[a.formOf(i)]++
		kinds[d.Kind]++
		if i%50 == 0 && !reflect.DeepEqual(d, b.Document(i)) {
			t.Fatalf("document %d differs between two corpora", i)
		}
		keys := d.Keys()
		if len(keys) == 0 {
			t.Fatalf("document %d has no number: %+v", i, d)
		}
		for _, key := range keys {
			if !d.Notice && d.Code != "B" && seen[key] {
				t.Fatalf("%s stands in two documents", key)
			}
			seen[key] = seen[key] || !d.Notice && d.Code != "B"
		}
		for _, p := range d.Parties {
			if p.Role != record.Agency && p.Ident != "" {
				if r, err := numbers.Validate("uscc", p.Ident); err != nil || r.Check != number.Sound {
					t.Fatalf("%s is no credit code", p.Ident)
				}
			}
		}
	}
	for _, s := range shares {
		got, want := float64(forms[s.form])/n, float64(s.thousand)/1000
		if forms[s.form] == 0 || math.Abs(got-want) > 0.002+4*math.Sqrt(want/n) {
			t.Errorf("form %d has a share of %.4f, wanted %.4f", s.form, got, want)
		}
	}
	for _, k := range record.Kinds {
		if k != record.AgencyFirm && k != record.AgentPerson && kinds[k] == 0 {
			t.Errorf("no %s", k)
		}
	}
	sum := 0
	for _, s := range shares {
		sum += s.thousand
	}
	if sum != 1000 {
		t.Errorf("the shares add up to %d", sum)
	}
}

func TestEventsAndGrantsAreOfEarlierRights(t *testing.T) {
	c := corpusOfAll()
	published := map[string]bool{}
	found, notices, grants, pairs := 0, 0, 0, map[string]int{}
	const n = 30_000
	for i := range n {
		d := c.Document(i)
		keys := d.Keys()
		switch {
		case d.Notice:
			notices++
			if len(d.Events) != 1 {
				t.Fatalf("document %d has %d events", i, len(d.Events))
			}
			if published[keys[0]] {
				found++
			}
		case d.Code == "B":
			grants++
			if published[keys[0]] {
				pairs[keys[0]]++
			}
		}
		if !d.Notice {
			for _, k := range keys {
				published[k] = true
			}
		}
	}
	if notices == 0 || found < notices*99/100 {
		t.Errorf("%d of %d events are of earlier rights", found, notices)
	}
	if len(pairs) == 0 || grants == 0 {
		t.Errorf("%d grants, %d of earlier applications", grants, len(pairs))
	}
	for k, n := range pairs {
		if n > 1 {
			t.Errorf("%s is granted %d times", k, n)
		}
	}
}

func TestHoldersAreSharedByRegistersAndSpelledInSeveralWays(t *testing.T) {
	c := corpusOfAll()
	kinds, names := map[string]map[record.Kind]bool{}, map[string]map[string]bool{}
	for i := range 20_000 {
		d := c.Document(i)
		for _, p := range d.Parties {
			if p.Role == record.Agency || p.Ident == "" {
				continue
			}
			if kinds[p.Ident] == nil {
				kinds[p.Ident], names[p.Ident] = map[record.Kind]bool{}, map[string]bool{}
			}
			kinds[p.Ident][d.Kind] = true
			for _, n := range p.Names {
				names[p.Ident][n.Text] = true
			}
		}
	}
	across, several := 0, 0
	for code := range kinds {
		if len(kinds[code]) > 2 {
			across++
		}
		if len(names[code]) > 2 {
			several++
		}
	}
	if across < 50 || several < 50 {
		t.Errorf("of %d holders, %d are in three registers or more, %d have three names or more", len(kinds), across, several)
	}
	if list := c.named(5000); len(list.list) != 5000 {
		t.Errorf("%d names", len(list.list))
	}
}

func TestWordsOfAllKindsStandInTheShareTheyWereChosenFor(t *testing.T) {
	c := corpusOfAll()
	const n = 8000
	var texts []string
	for i := range n {
		d := c.Document(i)
		s := " "
		for _, part := range [][]record.Text{d.Titles, d.Abstracts} {
			for _, p := range part {
				s += strings.NewReplacer(",", "", ".", "").Replace(p.Text) + " "
			}
		}
		texts = append(texts, s)
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
