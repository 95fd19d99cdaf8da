package lifecycle

import (
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

func rules(t testing.TB) *Rules {
	t.Helper()
	r, err := Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// of makes the view of a right from what its sources state.
func of(docs ...*record.Document) *register.View {
	var st []register.Statement
	for i, d := range docs {
		st = append(st, register.Statement{ID: int64(i + 1), File: &register.File{SHA256: "a"}, Hash: register.Hash{byte(i)}, Issued: d.Issued, Doc: d})
	}
	return register.Merge(1, st, 0)
}

func patent(kind record.Kind, filed date.Date, published ...any) []*record.Document {
	var out []*record.Document
	for i := 0; i < len(published); i += 2 {
		out = append(out, &record.Document{
			Office: "CN", Number: "100000001", Code: published[i].(string), Kind: kind,
			Published: date.Date(published[i+1].(int)), Application: record.Application{Number: "202010000001.1", Filed: filed},
		})
	}
	return out
}

func notice(day date.Date, e record.Event) *record.Document {
	e.Date = day
	return &record.Document{Office: "CN", Notice: true, Published: day, Application: record.Application{Number: "202010000001.1"}, Events: []record.Event{e}}
}

func annuity(day date.Date, year string) *record.Document {
	return notice(day, record.Event{Code: record.EventAnnuity, Facts: []record.Fact{{Name: record.FactAnnuityYear, Text: year}}})
}

func TestStatesFollowWhatIsStated(t *testing.T) {
	r := rules(t)
	invention := patent(record.Invention, 20200315, "A", 20210921, "B", 20220610)
	design := func(filed date.Date) *register.View { return of(patent(record.Design, filed, "S", 20220104)...) }
	mark := of(&record.Document{
		Office: "CN", Number: "47123456", Kind: record.Trademark, Application: record.Application{Number: "47123456", Filed: 20190301},
		Published: 20200121, Days: []record.Day{{Name: record.DayApproved, Date: 20191020}, {Name: record.DayRegistered, Date: 20200121}},
	})
	for _, c := range []struct {
		name      string
		v         *register.View
		on        date.Date
		state     string
		since     date.Date
		certainty Certainty
		term      date.Date
	}{
		{"before it was published", of(invention...), 20210101, "filed", 20200315, LastKnown, 20400315},
		{"published", of(invention...), 20220101, "published", 20210921, LastKnown, 20400315},
		{"granted, nothing heard since", of(invention...), 20230101, "in_force", 20220610, LastKnown, 20400315},
		{"its term has passed", of(invention...), 20410101, "expired", 20400316, Derived, 20400315},
		{"lapsed", of(append(invention, notice(20230315, record.Event{Code: record.EventLapse}))...), 20240101, "lapsed", 20230315, Stated, 0},
		{"and not yet lapsed the day before", of(append(invention, notice(20230315, record.Event{Code: record.EventLapse}))...), 20230314, "in_force", 20220610, LastKnown, 20400315},
		{"restored", of(append(invention, notice(20230315, record.Event{Code: record.EventLapse}), notice(20230601, record.Event{Code: record.EventRestored}))...), 20240101, "in_force", 20230601, LastKnown, 20400315},
		{"a design of ten years", design(20200301), 20240101, "in_force", 20220104, LastKnown, 20300301},
		{"a design of fifteen years", design(20210601), 20240101, "in_force", 20220104, LastKnown, 20360601},
		{"a mark before its registration", mark, 20191101, "preliminarily_approved", 20191020, LastKnown, 0},
		{"a registered mark", mark, 20290201, "registered", 20200121, LastKnown, 20300120},
	} {
		l := r.Of(c.v, c.on, Sources{})
		if l.State != c.state || l.From != c.since || l.Certainty != c.certainty {
			t.Errorf("%s: %s since %s, %s; want %s since %s, %s", c.name, l.State, l.From, l.Certainty, c.state, c.since, c.certainty)
		}
		if end := endOf(l); end != c.term {
			t.Errorf("%s: the term ends %s, want %s", c.name, end, c.term)
		}
	}
}

func endOf(l Life) date.Date {
	if l.Term == nil {
		return 0
	}
	return l.Term.Ends
}

func step(t *testing.T, l Life, id string) Step {
	t.Helper()
	for _, s := range l.Next {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no step %s among %+v", id, l.Next)
	return Step{}
}

func noted(l Life, code string) bool {
	for _, n := range l.Notes {
		if n.Code == code {
			return true
		}
	}
	return false
}

func TestAnnuities(t *testing.T) {
	r := rules(t)
	docs := patent(record.Invention, 20200315, "B", 20220610)
	l := r.Of(of(docs...), 20220701, Sources{Annuities: 20220701})
	if s := step(t, l, "annuity"); s.Due != 20230315 || s.Grace != 20230915 || s.Year != 4 || s.Fen != 120000 || s.Law.Article != "115" {
		t.Errorf("after a grant in the third year: %+v", s)
	}
	l = r.Of(of(docs...), 20230601, Sources{Annuities: 20230601})
	if l.State != "annuity_grace" || l.From != 20230316 || l.Certainty != Derived {
		t.Errorf("unpaid and within the grace: %+v", l.Phase)
	}
	l = r.Of(of(append(docs, annuity(20230301, "4"))...), 20230601, Sources{Annuities: 20230601})
	if s := step(t, l, "annuity"); l.State != "in_force" || s.Due != 20240315 || s.Year != 5 {
		t.Errorf("paid: %s, %+v", l.State, s)
	}
	l = r.Of(of(docs...), 20250601, Sources{Annuities: 20250601})
	if !noted(l, "limit_passed") {
		t.Errorf("unpaid beyond the grace is not said: %+v", l.Notes)
	}
	l = r.Of(of(docs...), 20250601, Sources{})
	if s := step(t, l, "annuity"); !noted(l, "annuities.no_source") || s.Due != 20260316 || s.Nominal != 20260315 {
		t.Errorf("no source: %+v, %+v", l.Notes, l.Next)
	}
}

func TestARenewalHasItsWindowAndItsGrace(t *testing.T) {
	r := rules(t)
	mark := &record.Document{
		Office: "CN", Number: "1", Kind: record.Trademark, Published: 20200121,
		Days: []record.Day{{Name: record.DayRegistered, Date: 20200121}},
	}
	s := step(t, r.Of(of(mark), 20290601, Sources{}), "renewal")
	if s.Opens != 20290121 || s.Nominal != 20300120 || s.Grace != 20300722 || s.Then != "cancelled" || !s.Provisional {
		t.Errorf("renewal: %+v", s)
	}
	late := r.Of(of(mark), 20310101, Sources{})
	if late.State != "registered" || late.Certainty != LastKnown || !noted(late, "renewal_unknown") {
		t.Errorf("after the grace, with no word of a renewal: %+v", late)
	}
	mark.Events = []record.Event{{Date: 20291201, Code: record.EventRenewed}}
	if l := r.Of(of(mark), 20310101, Sources{}); endOf(l) != 20400120 {
		t.Errorf("renewed: until %s", endOf(l))
	}
}

func TestOverlaysEndWithTheirEvent(t *testing.T) {
	r := rules(t)
	docs := append(patent(record.Invention, 20200315, "B", 20220610),
		notice(20230101, record.Event{Code: record.EventPledge, Number: "Y1"}), notice(20230201, record.Event{Code: record.EventLicence, Number: "X1", Until: 20231231}))
	if l := r.Of(of(docs...), 20230601, Sources{}); len(l.Overlays) != 2 || l.Overlays[0].Name != "pledged" {
		t.Errorf("%+v", l.Overlays)
	}
	docs = append(docs, notice(20240101, record.Event{Code: record.EventPledgeRelease, Number: "Y1"}))
	if l := r.Of(of(docs...), 20240601, Sources{}); len(l.Overlays) != 0 {
		t.Errorf("after release and end: %+v", l.Overlays)
	}
}

func TestOtherTerms(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		name string
		doc  record.Document
		want date.Date
		note string
	}{
		{"a work", record.Document{Kind: record.Work, Number: "苏作登字-2020-F-1", Days: []record.Day{{Name: record.DayFirstPublished, Date: 20180501}, {Name: record.DayRegistered, Date: 20200101}}}, 20681231, "term.natural_person"},
		{"a layout, by its first use", record.Document{Kind: record.Layout, Number: "BS1", Application: record.Application{Filed: 20200601}, Days: []record.Day{{Name: record.DayFirstCommerce, Date: 20190201}, {Name: record.DayRegistered, Date: 20201001}}}, 20290201, ""},
		{"a layout, capped by its creation", record.Document{Kind: record.Layout, Number: "BS1", Application: record.Application{Filed: 20200601}, Days: []record.Day{{Name: record.DayCreated, Date: 20100101}, {Name: record.DayRegistered, Date: 20201001}}}, 20250101, ""},
		{"a variety under the older text", record.Document{Kind: record.PlantVariety, Number: "CNA1", Days: []record.Day{{Name: record.DayRegistered, Date: 20200101}}}, 20350101, "term.woody"},
		{"a variety under the newer text", record.Document{Kind: record.PlantVariety, Number: "CNA1", Days: []record.Day{{Name: record.DayRegistered, Date: 20250701}}}, 20450701, "term.woody"},
	} {
		c.doc.Office = "CN"
		l := r.Of(of(&c.doc), 20260101, Sources{})
		if c.name == "a layout, capped by its creation" {
			if l.State != "expired" || l.From != 20250102 {
				t.Errorf("%s: %+v", c.name, l.Phase)
			}
		}
		if endOf(l) != c.want || c.note != "" && !noted(l, c.note) {
			t.Errorf("%s: ends %s, notes %+v", c.name, endOf(l), l.Notes)
		}
	}
	gi := r.Of(of(&record.Document{Office: "CN", Kind: record.Indication, Number: "1", Days: []record.Day{{Name: record.DayRegistered, Date: 20100101}}}), 20260101, Sources{})
	if gi.State != "protected" || gi.Term == nil || !gi.Term.Without {
		t.Errorf("an indication: %+v", gi)
	}
	foreign := r.Of(of(&record.Document{Office: "JP", Kind: record.Invention, Number: "7", Status: &record.Status{Text: "Patented", Date: 20200101}}), 20260101, Sources{})
	if !noted(foreign, "no_rules") || foreign.Rules != "" {
		t.Errorf("another office's right: %+v", foreign)
	}
}

func TestFaultsAreNamed(t *testing.T) {
	files := fstest.MapFS{
		"lifecycles/instruments.yaml": {Data: []byte("law: {en: Law, zh: 法}\n")},
		"lifecycles/a.yaml":           {Data: []byte("id: b\noffice: CN\nkinds: [patent]\nstates:\n  - {state: x, day: filed, event: y}\nclocks:\n  - {id: c, while: [z], law: {by: none, mark: Q}}\n")},
		"lifecycles/c.yaml":           {Data: []byte("id: c\noffice: CN\nkind: [design]\n")},
		"lifecycles/d.yaml":           {Data: []byte("id: d\noffice: CN\nkinds: [design]\nstates: [{state: x, day: filed}]\nclocks:\n  - {id: c, from: [filed], add: 10x, law: {by: law, mark: V}}\n")},
	}
	_, err := Load(files)
	for _, want := range []string{`a.yaml: id is "b"`, `"patent" is no kind`, "state 1 needs", `"z", which is no state`, `"none"`, "mark V or K", "c.yaml", "[3:1]", `"10x" is no length`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no word of %s in:\n%v", want, err)
		}
	}
}
