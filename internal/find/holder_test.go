package find

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"onewindow/defs"
	"onewindow/internal/ierr"
	"onewindow/internal/party"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// openParties is open with holders told apart.
func openParties(t testing.TB) (*house, *party.Parties) {
	t.Helper()
	h := open(t)
	h.Finder.Close()
	dir := t.TempDir()
	parties, err := party.Open(party.Config{
		Register: h.register, Store: h.db, Dir: dir, Defs: defs.FS, Pack: h.config.Pack, Classifier: h.config.Classifier,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.config.Parties, h.config.Dir = parties, filepath.Join(dir, "index")
	if h.Finder, err = Open(h.config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { parties.Close() })
	return h, parties
}

func TestAHolderIsFoundUnderAllItsNames(t *testing.T) {
	h, parties := openParties(t)
	patent := document(t, spec{pub: "CN109000001B", day: "2019-07-09", title: "专利甲", holder: "昆山样例有限公司", address: "江苏省昆山市样例路1号"})
	patent.Parties[0].Names = append(patent.Parties[0].Names, record.Text{Lang: "en", Text: "Kunshan Sample Co., Ltd."})
	mark := &record.Document{
		Office: "CN", Number: "47123456", Kind: record.Trademark, Published: patent.Published, Issued: patent.Issued,
		Titles:  []record.Text{{Lang: "zh", Text: "商标乙"}},
		Parties: []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "en", Text: "KUNSHAN SAMPLE COMPANY LIMITED"}}}},
	}
	h.load(patent, mark,
		document(t, spec{pub: "CN109000002A", day: "2019-07-09", title: "申请丙", holder: "昆山样例有限责任公司", address: "江苏省昆山市样例路1号"}),
		document(t, spec{pub: "CN109000003B", day: "2019-07-09", title: "专利丁", holder: "李样甲", address: "江苏省昆山市样例路1号"}),
		document(t, spec{pub: "CN109000004B", day: "2019-07-09", title: "专利戊", holder: "李样甲", address: "江苏省南京市玄武区样例路1号"}),
	)
	total := func(query string) int64 {
		t.Helper()
		if err := parties.Sync(t.Context(), h.register.State()); err != nil {
			t.Fatal(err)
		}
		_, n := h.titles(Request{Query: query})
		return n
	}
	if n := total("holder=昆山样例有限公司"); n != 2 {
		t.Errorf("%d rights under both names of one entry", n)
	}
	if n := total("权利人：“Kunshan Sample Co Ltd” and kind=trademark"); n != 1 {
		t.Errorf("%d marks", n)
	}
	signed := party.Signed{Reason: "one body", By: "tester"}
	made, err := parties.Merge(t.Context(), "昆山样例有限公司", "昆山样例有限责任公司", signed)
	if err != nil {
		t.Fatal(err)
	}
	if n := total("holder=昆山样例有限责任公司"); n != 3 {
		t.Errorf("%d rights after merging", n)
	}
	u, err := h.Explain("holder=昆山样例有限责任公司", "en")
	if err != nil || !strings.Contains(u.Steps.Text, "昆山样例有限公司") || !strings.Contains(u.Steps.Text, "昆山样例有限责任公司") {
		t.Errorf("the explanation does not tell the names: %v, %v", u, err)
	}
	if _, err := parties.Undo(t.Context(), made[0].ID, signed); err != nil {
		t.Fatal(err)
	}
	if n := total("holder=昆山样例有限责任公司"); n != 1 {
		t.Errorf("%d rights after undoing", n)
	}
	_, err = h.Explain("holder=李样甲", "en")
	e := ierr.As(err)
	candidates, _ := e.Args["candidates"].(string)
	if e.Code != "query.choice_open" || strings.Count(candidates, "李样甲") != 2 {
		t.Fatalf("a name of two: %v", err)
	}
	one, _, _ := strings.Cut(candidates, "; ")
	if n := total(`holder="` + one + `"`); n != 1 {
		t.Errorf("%d rights of one of two persons", n)
	}
}

// BenchmarkHolder asks for everything of a party with several names among 100,000
// rights of 20,000 parties.
func BenchmarkHolder(b *testing.B) {
	h, parties := openParties(b)
	const rights = 100_000
	_, err := h.register.Load(b.Context(), register.LoadSpec{Feed: register.Canonical{
		Name: "bench", Identity: "bench", Format: "test", N: rights, Document: func(i int64) *record.Document {
			n := i % 20_000
			names := []record.Text{{Lang: "zh", Text: fmt.Sprintf("苏州样例%d号科技有限公司", n)}, {Lang: "en", Text: fmt.Sprintf("Suzhou Sample %d Co., Ltd.", n)}}
			d := &record.Document{Office: "CN", Number: fmt.Sprintf("1%08d", i), Code: "B", Kind: record.Invention, Published: 20190709, Issued: 20190709}
			d.Parties = []record.Party{{Role: record.Holder, Names: names[i/20_000%2:][:1], Address: "江苏省苏州市样例路1号"}}
			if i/20_000 == 4 {
				d.Parties[0].Names = names
			}
			return d
		},
	}}, nil)
	if err != nil {
		b.Fatal(err)
	}
	if err := h.Sync(b.Context(), h.register.State()); err != nil {
		b.Fatal(err)
	}
	if err := parties.Sync(b.Context(), h.register.State()); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		n++
		r := Request{Query: fmt.Sprintf("holder=苏州样例%d号科技有限公司", n%20_000), Limit: 20, Facets: []string{"kind", "year"}}
		res, err := h.Search(b.Context(), Public(), r)
		if err != nil || res.Total != 5 {
			b.Fatalf("%d rights, %v", res.Total, err)
		}
	}
}
