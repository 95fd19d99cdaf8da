package quality_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/find"
	"onewindow/internal/ierr"
	"onewindow/internal/quality"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// Three files: two of formats that stand equal and disagree, and one with what can
// not be read and what is loaded later.
var (
	one = file{name: "one", format: "a", docs: []*record.Document{
		doc(1, "样例新能源", "江苏省苏州市样例路1号", "210000", true),
		doc(2, "样例新能源", "江苏省苏州市样例路1号", "210000", true),
		doc(3, "某某某某某某", "", "", false),
		doc(4, "样例电池有限公司", "江苏省南京市样例路4号", "", false),
	}, rejects: []string{"合计: 12", "合计: 7", "?"}}
	two = file{name: "two", format: "b", docs: []*record.Document{
		retitled(doc(4, "样例电池有限公司", "江苏省南京市样例路4号", "", false), "另一名称"),
		retitled(doc(1, "样例新能源", "江苏省苏州市样例路1号", "210000", true), "又一名称"),
	}}
	three = file{name: "three", format: "a", docs: []*record.Document{
		doc(5, "样例新能源", "江苏省苏州市样例路1号", "210000", true),
		doc(6, "某某某某某某", "", "", false),
	}, rejects: []string{"合计: 100"}}
)

func retitled(d *record.Document, title string) *record.Document {
	d.Titles = []record.Text{{Lang: "zh", Text: title}}
	return d
}

// first returns the first case of a kind.
func (h *house) first(kind quality.Kind) quality.Group {
	h.t.Helper()
	list, _, _, err := h.List(h.t.Context(), kind, quality.Filter{}, 1, 0)
	check(h.t, err)
	if len(list) == 0 {
		h.t.Fatalf("there is no doubt of kind %s", kind)
	}
	return list[0]
}

func (h *house) decide(id string, d quality.Decision) *quality.Made {
	h.t.Helper()
	d.Reason, d.By = "because", "li"
	made, err := h.Decide(h.t.Context(), id, d)
	check(h.t, err)
	return made
}

func (h *house) view(number string) *register.View {
	h.t.Helper()
	v, err := h.register.ByNumber(h.t.Context(), number, register.AsOf{})
	check(h.t, err)
	return v
}

func TestLikeCasesAreDecidedTogetherAndThoseLoadedLaterToo(t *testing.T) {
	h := open(t)
	h.load(one)
	h.load(two)
	g := h.first(quality.Region)
	if g.Open != 2 {
		t.Fatalf("%d like cases, want the two of one address", g.Open)
	}
	made := h.decide(g.Case, quality.Decision{Act: "assign", Value: "320100", Like: true})
	if made.Cases != 2 {
		t.Errorf("the decision says that it settled %d cases", made.Cases)
	}
	before := h.register.State()
	h.load(three)
	for _, number := range []string{"CN109000001B", "CN109000002B", "CN109000005B"} {
		if r := h.finder.Classify(h.view(number)).Region; r.Code != "320100" || r.Rule != "override" {
			t.Errorf("%s is in %s by %s", number, r.Code, r.Rule)
		}
	}
	check(t, h.finder.Sync(t.Context(), h.register.State()))
	table, err := h.finder.Count(t.Context(), find.Public(), find.CountRequest{Query: "region==320100"})
	check(t, err)
	if table.Total != 4 {
		t.Errorf("%d rights are counted in Nanjing, want four", table.Total)
	}
	_, err = h.Undo(t.Context(), made.ID, "mistaken", "li")
	check(t, err)
	if r := h.finder.Classify(h.view("CN109000005B")).Region; r.Code == "320100" {
		t.Error("a decision that was taken back still holds")
	}
	v, err := h.register.ByID(t.Context(), h.view("CN109000001B").ID, register.AsOf{Known: before})
	check(t, err)
	if r := h.finder.Classify(v).Region; r.Code != "320100" {
		t.Error("the state in which the decision stood does not show it")
	}
}

func TestAnotherSourceCanBeBelieved(t *testing.T) {
	h := open(t)
	h.load(one)
	h.load(two)
	g := h.first(quality.Conflict)
	h.decide(g.Case, quality.Decision{Act: "believe", Value: "b", Like: true})
	for number, title := range map[string]string{"CN109000004B": "另一名称", "CN109000001B": "又一名称"} {
		if v := h.view(number); v.Title() != title || len(v.Disputed) != 0 || len(v.Settled) != 1 {
			t.Errorf("%s is titled %s, with %d disputes", number, v.Title(), len(v.Disputed))
		}
	}
	h.decide(g.Case, quality.Decision{Act: "believe", Value: "a"})
	if v := h.view("CN109000004B"); v.Title() != "样例4" {
		if v := h.view("CN109000001B"); v.Title() != "样例1" {
			t.Error("a decision on one case does not go before one on like cases")
		}
	}
}

func TestAValueIsCorrectedWhileTheSourceSaysTheSame(t *testing.T) {
	h := open(t)
	l := h.load(one)
	id := fmt.Sprintf("value:%d:application_number.damaged", h.view("CN109000002B").ID)
	h.decide(id, quality.Decision{Act: "correct", Value: "201910123456.X"})
	if v := h.view("CN109000002B"); v.Application.Number == "" || len(v.Corrections) != 1 || v.Corrections[0].Was != "2.0193E+12" {
		t.Errorf("the number is %q, corrected: %v", v.Application.Number, v.Corrections)
	}
	_, err := h.register.Undo(t.Context(), l, "clerk")
	check(t, err)
	h.load(one)
	if v := h.view("CN109000002B"); v.Application.Number == "" {
		t.Error("the correction did not outlast undoing and loading again")
	}
	sound := doc(2, "样例新能源", "江苏省苏州市样例路1号", "210000", false)
	sound.Application = record.Application{Raw: "201810000001.4", Number: "CN201810000001.4"}
	sound.Issued = date.Of(2020, 1, 1)
	h.load(file{name: "sound", format: "b", docs: []*record.Document{sound}})
	if v := h.view("CN109000002B"); v.Application.Number != "CN201810000001.4" || len(v.Corrections) != 0 {
		t.Errorf("a source gives the number, and the register says %q", v.Application.Number)
	}
}

func TestRejectedEntriesOfOneShapeAreDismissedTogether(t *testing.T) {
	h := open(t)
	h.load(one)
	g := h.first(quality.Reject)
	if g.Open != 2 {
		t.Fatalf("%d entries of one shape, want two", g.Open)
	}
	made := h.decide(g.Case, quality.Decision{Act: "dismiss", Like: true})
	h.load(three)
	list, _, cases, err := h.List(t.Context(), quality.Reject, quality.Filter{}, 10, 0)
	check(t, err)
	if cases != 1 || list[0].Open != 1 {
		t.Errorf("%d entries are open, want the one of another shape", cases)
	}
	_, err = h.Undo(t.Context(), made.ID, "needed", "li")
	check(t, err)
	if _, _, cases, _ = h.List(t.Context(), quality.Reject, quality.Filter{}, 10, 0); cases != 4 {
		t.Errorf("%d entries are open, want all four", cases)
	}
}

// choices lists what could be decided now.
func (h *house) choices() (out []struct {
	id string
	d  quality.Decision
}) {
	ctx := h.t.Context()
	for _, kind := range []quality.Kind{quality.Conflict, quality.Region, quality.HolderType, quality.Value, quality.Reject} {
		list, _, _, err := h.List(ctx, kind, quality.Filter{}, quality.MaxPage, 0)
		check(h.t, err)
		for _, g := range list {
			alike, _, err := h.Alike(ctx, g.Case, false, quality.MaxPage, 0)
			check(h.t, err)
			for _, one := range alike {
				c, err := h.Show(ctx, one.Case)
				check(h.t, err)
				for _, o := range c.Choices {
					d := quality.Decision{Act: o.Act, Value: o.Value, Field: o.Field}
					switch {
					case o.Act == "assign" && o.Value == "":
						d.Value = "320583"
					case o.Act == "correct" && o.Field == "application":
						d.Value = "201910123456.X"
					case o.Act == "correct" && o.Field == "filed":
						d.Value = "2019-01-02"
					case o.Act == "correct":
						d.Value = "320000"
					}
					for _, d.Like = range []bool{false, o.Like} {
						out = append(out, struct {
							id string
							d  quality.Decision
						}{one.Case, d})
					}
				}
			}
		}
	}
	return out
}

func TestWhateverIsDecidedAndUndoneWasNeverDecided(t *testing.T) {
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 1))
		h := open(t)
		h.load(one)
		h.load(two)
		h.load(three)
		before := h.all()
		var made []string
		var during string
		for range 8 {
			all := h.choices()
			if len(all) == 0 {
				break
			}
			x := all[rng.IntN(len(all))]
			x.d.Reason, x.d.By = "because", "li"
			m, err := h.Decide(t.Context(), x.id, x.d)
			if err != nil {
				t.Fatalf("%s %+v: %v", x.id, x.d, err)
			}
			made = append(made, m.ID)
		}
		during = h.all()
		if during == before {
			t.Fatal("decisions changed nothing")
		}
		again := quality.Open(anew(h, t.TempDir()))
		mine := h.Desk
		h.Desk = again
		if got := h.all(); got != during {
			t.Errorf("a desk that is derived anew shows\n%s\nwant\n%s", got, during)
		}
		h.Desk = mine
		again.Close()
		rng.Shuffle(len(made), func(i, k int) { made[i], made[k] = made[k], made[i] })
		for _, id := range made {
			_, err := h.Undo(t.Context(), id, "mistaken", "li")
			check(t, err)
		}
		if got := h.all(); got != before {
			t.Errorf("seed %d: after all was undone the register says\n%s\nwant\n%s", seed, got, before)
		}
		_, err := h.Undo(t.Context(), made[0], "again", "li")
		if ierr.KindOf(err) != ierr.Conflict {
			t.Errorf("undoing twice answers %v", err)
		}
	}
}

func anew(h *house, dir string) quality.Config {
	c := h.config
	c.Dir = dir
	return c
}

func TestViewsDoNotHangOnTheOrderOfLoadsAndDecisions(t *testing.T) {
	files := []file{one, two, three}
	var want string
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 2))
		h := open(t)
		rng.Shuffle(len(files), func(i, k int) { files[i], files[k] = files[k], files[i] })
		done := map[string]bool{}
		steps := map[string]func(){
			"region": func() {
				h.settle(done, quality.Region, "样例新能源", quality.Decision{Act: "assign", Value: "320100", Like: true})
			},
			"conflict": func() { h.settle(done, quality.Conflict, "", quality.Decision{Act: "believe", Value: "b", Like: true}) },
			"type": func() {
				h.settle(done, quality.HolderType, "某某某某某某", quality.Decision{Act: "assign", Value: "enterprise", Like: true})
			},
			"value":  func() { h.settle(done, quality.Value, "", quality.Decision{Act: "accept", Like: true}) },
			"reject": func() { h.settle(done, quality.Reject, "", quality.Decision{Act: "dismiss", Like: true}) },
		}
		for _, f := range files {
			l := h.load(f)
			if rng.IntN(2) == 0 {
				for _, step := range steps {
					step()
				}
			}
			if rng.IntN(3) == 0 {
				_, err := h.register.Undo(t.Context(), l, "clerk")
				check(t, err)
				h.load(f)
			}
		}
		for _, step := range steps {
			step()
		}
		got := h.all()
		if want == "" {
			want = got
		} else if got != want {
			t.Errorf("seed %d: in another order the register says\n%s\nwant\n%s", seed, got, want)
		}
	}
}

// settle decides the first open group of a kind whose holder is named so, once.
func (h *house) settle(done map[string]bool, kind quality.Kind, holder string, d quality.Decision) {
	h.t.Helper()
	list, _, _, err := h.List(h.t.Context(), kind, quality.Filter{}, quality.MaxPage, 0)
	check(h.t, err)
	for _, g := range list {
		c, err := h.Show(h.t.Context(), g.Case)
		check(h.t, err)
		if done[string(kind)] || kind == quality.Value && c.Format != "a" || holder != "" && c.View.Said("holder") != holder || kind == quality.Reject && !strings.HasPrefix(c.Reject.Raw, "合计") {
			continue
		}
		done[string(kind)] = true
		h.decide(g.Case, d)
	}
}

func TestWhatCannotBeDecidedIsRefused(t *testing.T) {
	h := open(t)
	h.load(one)
	g := h.first(quality.Region)
	for _, x := range []struct {
		id   string
		d    quality.Decision
		kind ierr.Kind
	}{
		{"nothing", quality.Decision{Act: "accept"}, ierr.Invalid},
		{"region:0", quality.Decision{Act: "assign", Value: "320100"}, ierr.Invalid},
		{"region:99", quality.Decision{Act: "assign", Value: "320100"}, ierr.NotFound},
		{"region:99999999999999", quality.Decision{Act: "assign", Value: "320100"}, ierr.Invalid},
		{g.Case, quality.Decision{Act: "dismiss"}, ierr.Invalid},
		{g.Case, quality.Decision{Act: "assign", Value: "110000"}, ierr.Invalid},
		{h.first(quality.Value).Case, quality.Decision{Act: "correct", Value: "x"}, ierr.Invalid},
		{h.first(quality.Value).Case, quality.Decision{Act: "correct", Value: "201910123456.X", Like: true}, ierr.Invalid},
		{h.first(quality.Value).Case, quality.Decision{Act: "correct", Field: "claims", Value: "3"}, ierr.Invalid},
		{"party:PX:PY", quality.Decision{Act: "merge"}, ierr.NotFound},
	} {
		x.d.Reason, x.d.By = "because", "li"
		if _, err := h.Decide(t.Context(), x.id, x.d); ierr.KindOf(err) != x.kind {
			t.Errorf("%s %+v answers %v, want %s", x.id, x.d, err, x.kind)
		}
	}
	if _, err := h.Decide(t.Context(), g.Case, quality.Decision{Act: "assign", Value: "320100", By: "li"}); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("a decision without a reason answers %v", err)
	}
	for id, kind := range map[string]ierr.Kind{"x": ierr.Invalid, "9": ierr.NotFound, "p9": ierr.NotFound} {
		if _, err := h.Undo(t.Context(), id, "because", "li"); ierr.KindOf(err) != kind {
			t.Errorf("undoing %s answers %v", id, err)
		}
	}
}

func FuzzNamesOfCases(f *testing.F) {
	h := open(f)
	h.load(one)
	f.Add("region:1")
	f.Add("conflict:1:title:zh")
	f.Add("reject:1:2")
	f.Add("party::")
	f.Fuzz(func(t *testing.T, id string) {
		if c, err := h.Show(t.Context(), id); err == nil && c.ID != id {
			if again, err := h.Show(t.Context(), c.ID); err != nil || again.ID != c.ID {
				t.Errorf("%q names %q, which names %v", id, c.ID, err)
			}
		}
	})
}
