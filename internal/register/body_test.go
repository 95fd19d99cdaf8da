package register_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// fullDocument has something in every field.
func fullDocument() *record.Document {
	return &record.Document{
		Office: "CN", Number: "109000001", Code: "A", Kind: record.Invention, Published: 20190709, Gazette: "35-2801", Issued: 20190710,
		Application: record.Application{Raw: "2017106018623", Number: "201710601862.3", Filed: 20170721},
		Titles:      []record.Text{{Lang: "zh", Text: "样本"}, {Lang: "en", Text: "Sample"}},
		Abstracts:   []record.Text{{Lang: "zh", Text: strings.Repeat("摘要", 300)}},
		Parties: []record.Party{{
			Role: record.Applicant, Names: []record.Text{{Lang: "zh", Text: "样本公司"}, {Lang: "en", Text: "Sample Ltd"}},
			Address: "江苏省", Postcode: "215000", Country: "CN", Region: "320500", Ident: "91320500MA0000000X",
		}, {Role: record.Inventor, Names: []record.Text{{Lang: "zh", Text: "张三"}}}},
		Classes: []record.Class{{Scheme: record.IPC, Symbol: "H01M10/0525", Version: "2010.01", Value: "I"}},
		Events:  []record.Event{{Date: 20200601, Code: "D10", Text: "实质审查"}},
		Claims:  12,
		Filings: []record.Filing{{Relation: "priority", Office: "US", Number: "62/000,001", Date: 20160721}},
		Cited:   []string{"CN1200000A", "", "US10000001B2"},
		Flags:   []record.Flag{{Code: "postcode.glued", Field: "address", Raw: "215000江苏省"}},
	}
}

// registeredDocument has something in every field that registers of rights other
// than patents fill.
func registeredDocument() *record.Document {
	d := fullDocument()
	d.Kind, d.Notice = record.Trademark, true
	d.Status = &record.Status{Code: "registered", Text: "700", Date: 20200102}
	d.Days = []record.Day{{Name: record.DayExpires, Date: 20300102}, {Name: record.DayRenewed, Date: 20200102}}
	d.Mark = &record.Mark{
		Form: "combined", Words: []record.Text{{Lang: "zh", Text: "样本"}}, Description: []record.Text{{Lang: "en", Text: "a sample"}},
		Disclaimer: []record.Text{{Text: "SAMPLE"}}, Colours: "red", Types: []string{record.MarkCollective},
	}
	d.Goods = []record.Goods{{Class: "09", Groups: []string{"0901", ""}, Texts: []record.Text{{Lang: "zh", Text: "电池"}}, Since: 20190101, Status: "active"}}
	d.Images = []record.Image{{Use: "mark", Name: "a.jpg", Format: "JPG", Text: "front"}}
	d.Facts = []record.Fact{{Name: record.FactArea, Lang: "zh", Text: "苏州"}, {Name: record.FactAmount, Text: "100"}}
	d.Events = append(d.Events, record.Event{
		Date: 20210101, Code: record.EventPledge, Office: "CN", Number: "Y1", Until: 20240101,
		Parties: []record.Party{{Role: record.Pledgee, Names: []record.Text{{Lang: "zh", Text: "样本银行"}}}},
		Facts:   []record.Fact{{Name: record.FactAmount, Text: "5000000"}},
	})
	d.Filings = append(d.Filings, record.Filing{Relation: record.RelFamily, Office: "US", Number: "1", Code: "B2"})
	return d
}

func TestTheCanonicalFormReadsBack(t *testing.T) {
	for _, d := range []*record.Document{{}, fullDocument(), registeredDocument(), bulkDocument(4), bulkDocument(5), doc("109000001A", "", "样本")} {
		body := register.Encode([]byte("before"), d)[len("before"):]
		back, err := register.Decode(body)
		if err != nil {
			t.Fatal(err)
		}
		want := *d
		want.Issued = 0
		if diff := cmp.Diff(&want, back); diff != "" {
			t.Errorf("(-written +read):\n%s", diff)
		}
	}
}

// TestTheHashIsForGood holds the form of today: a hash that changes would make
// every document that is loaded again a new version.
func TestTheHashIsForGood(t *testing.T) {
	d := fullDocument()
	const want = "cb59c774946e66d1a356f5a99c185363"
	if got := register.HashOf(register.Encode(nil, d)).String(); got != want {
		t.Errorf("the hash is %s, want %s", got, want)
	}
	d.Issued = 0
	if got := register.HashOf(register.Encode(nil, d)).String(); got != want {
		t.Errorf("without the day of issue the hash is %s", got)
	}
	d.Flags[0].Raw = "x"
	if got := register.HashOf(register.Encode(nil, d)).String(); got == want {
		t.Error("a change in the last field leaves the hash as it was")
	}
}

func TestDamagedFormsAreErrors(t *testing.T) {
	body := register.Encode(nil, registeredDocument())
	rng := rand.New(rand.NewPCG(1, 1))
	for n := range body {
		if d, err := register.Decode(body[:n]); err == nil && n > 0 && cmp.Equal(d, registeredDocument()) {
			t.Errorf("cut after %d bytes it reads whole", n)
		} else if err != nil && ierr.KindOf(err) != ierr.Corrupt {
			t.Errorf("cut after %d bytes: %v", n, err)
		}
	}
	for range 2000 {
		b := append([]byte(nil), body...)
		b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
		register.Decode(b)
	}
	for name, b := range map[string][]byte{"nothing": {}, "version": {9}, "tag": {1, 99, 0}, "length": {1, 1, 200, 1}, "empty text": {1, 1, 0}} {
		if _, err := register.Decode(b); ierr.KindOf(err) != ierr.Corrupt {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(register.Encode(nil, fullDocument()))
	f.Add(register.Encode(nil, doc("109000001A", "201710601862", "样本")))
	f.Add([]byte{1, 12, 3, 2, 1, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := register.Decode(b)
		if err != nil {
			return
		}
		again, err := register.Decode(register.Encode(nil, d))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(d, again); diff != "" {
			t.Errorf("written again it reads differently:\n%s", diff)
		}
	})
}
