package lifecycle

import (
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

func foreign(office string, kind record.Kind, filed date.Date, published ...any) []*record.Document {
	out := patent(kind, filed, published...)
	for _, d := range out {
		d.Office, d.Application.Number = office, "16000001"
	}
	return out
}

func TestAmericanPatents(t *testing.T) {
	r := rules(t)
	docs := foreign("US", record.Invention, 20100301, "A1", 20110901, "B2", 20140610)
	l := r.Of(of(docs...), 20150101, Sources{})
	if l.State != "in_force" || l.From != 20140610 || endOf(l) != 20300301 || l.Term.Law.Verified || !noted(l, "term.us_term") || !noted(l, "no_calendar") {
		t.Errorf("granted: %+v", l)
	}
	var due []date.Date
	for _, s := range l.Next {
		if s.ID == "maintenance" {
			due = append(due, s.Due)
		}
	}
	if len(due) != 3 || due[0] != 20171210 || due[1] != 20211210 || due[2] != 20251210 {
		t.Errorf("maintenance fees three and a half, seven and a half and eleven and a half years after the grant: %v", due)
	}
	if s := step(t, l, "maintenance"); s.Opens != 20170610 || s.Grace != 20180610 || s.Then != "expired" {
		t.Errorf("its window and grace: %+v", s)
	}
	docs[1].Facts = []record.Fact{{Name: record.FactTermDays, Text: "100"}}
	docs[1].Filings = []record.Filing{{Relation: record.RelContinues, Office: "US", Number: "12000001", Date: 20070301}, {Relation: record.RelPriority, Office: "CN", Number: "1", Date: 20060301}}
	if l := r.Of(of(docs...), 20150101, Sources{}); endOf(l) != 20270609 {
		t.Errorf("from the parent's filing, with the days of adjustment: until %s", endOf(l))
	}
	if l := r.Of(of(docs...), 20280101, Sources{}); l.State != "in_force" || l.Certainty != LastKnown || !noted(l, "limit_passed") {
		t.Errorf("after a term that may have been prolonged: %+v", l)
	}
	old := r.Of(of(foreign("US", record.Invention, 19940301, "A", 19970610)...), 20000101, Sources{})
	if old.State != "in_force" || endOf(old) != 20140610 || !noted(old, "term.us_old_term") {
		t.Errorf("of an application before June 1995: %+v", old)
	}
	plant := r.Of(of(foreign("US", record.Invention, 20150301, "P2", 20170610)...), 20180101, Sources{})
	if plant.State != "in_force" || len(plant.Next) != 0 || endOf(plant) != 20350301 {
		t.Errorf("a plant patent has no maintenance fees: %+v", plant)
	}
	lapsed := r.Of(of(append(docs, &record.Document{
		Office: "US", Notice: true, Published: 20180709, Application: record.Application{Number: "16000001"},
		Events: []record.Event{{Code: "US:LAPS", Office: "US", Date: 20180610}},
	})...), 20190101, Sources{})
	if lapsed.State != "expired" || lapsed.From != 20180610 || len(lapsed.Next) != 0 {
		t.Errorf("lapsed for want of a fee: %+v", lapsed)
	}
}

func TestAmericanDesignsRunFromTheGrant(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		filed date.Date
		end   date.Date
	}{{20150512, 20300610}, {20150513, 20310610}} {
		l := r.Of(of(foreign("US", record.Design, c.filed, "S1", 20160610)...), 20200101, Sources{})
		if endOf(l) != c.end || len(l.Next) != 0 {
			t.Errorf("filed %s: until %s, next %+v", c.filed, endOf(l), l.Next)
		}
		if l := r.Of(of(foreign("US", record.Design, c.filed, "S1", 20160610)...), c.end.AddDays(1), Sources{}); l.State != "expired" || l.Certainty != Derived {
			t.Errorf("after it: %+v", l.Phase)
		}
	}
}

func TestAmericanMarks(t *testing.T) {
	r := rules(t)
	l := r.Of(of(mark("US", 20200107)), 20240101, Sources{})
	if s := step(t, l, "use_declaration"); s.Opens != 20250107 || s.Due != 20260107 || s.Grace != 20260707 || s.Then != "cancelled" || s.Law.Verified {
		t.Errorf("declaration of use: %+v", s)
	}
	if s := step(t, l, "renewal"); s.Opens != 20290107 || s.Due != 20300107 || s.Grace != 20300707 {
		t.Errorf("renewal: %+v", s)
	}
	if l := r.Of(of(mark("US", 20200107)), 20270101, Sources{}); !noted(l, "limit_passed") || l.State != "registered" || l.Certainty != LastKnown {
		t.Errorf("no word of a declaration: %+v", l)
	}
	listed := mark("US", 20000107)
	listed.Issued, listed.Status = 20230501, &record.Status{Code: "registered", Text: "800", Date: 20200815}
	listed.Days = append(listed.Days, record.Day{Name: record.DayRenewed, Date: 20200107})
	if l := r.Of(of(listed), 20240101, Sources{}); noted(l, "limit_passed") || endOf(l) != 20300107 {
		t.Errorf("registered and renewed: until %s, %+v", endOf(l), l.Notes)
	}
	listed.Status = &record.Status{Code: "cancelled", Text: "710", Date: 20100815}
	if l := r.Of(of(listed), 20240101, Sources{}); l.State != "cancelled" || len(l.Next) != 0 || l.Certainty != Stated {
		t.Errorf("cancelled: %+v", l)
	}
	words := mark("US", 20000107)
	words.Days, words.Status = nil, &record.Status{Text: "UNKNOWN"}
	if l := r.Of(of(words), 20240101, Sources{}); l.State != "" || !noted(l, "own_words") || noted(l, "nothing_known") {
		t.Errorf("in the office's own words: %+v", l)
	}
}

func TestEuropeanPatents(t *testing.T) {
	r := rules(t)
	docs := foreign("EP", record.Invention, 20200315, "A1", 20210922)
	l := r.Of(of(docs...), 20211101, Sources{})
	if s := step(t, l, "annuity"); s.Year != 3 || s.Due != 20220331 || s.Grace != 20220930 || s.Fen != 0 || s.Then != "withdrawn" {
		t.Errorf("the first renewal fee is for the third year, at the end of the month: %+v", s)
	}
	if s := step(t, r.Of(of(docs...), 20230401, Sources{}), "annuity"); s.Year != 5 || s.Due != 20240331 {
		t.Errorf("the fifth year's: %+v", s)
	}
	granted := append(docs, foreign("EP", record.Invention, 20200315, "B1", 20240605)...)
	l = r.Of(of(granted...), 20240701, Sources{})
	if l.State != "granted" || endOf(l) != 20400315 || l.Term.Law.Article != "63" {
		t.Errorf("granted: %+v", l)
	}
	if s := step(t, l, "opposition"); s.Due != 20250305 || len(l.Next) != 1 {
		t.Errorf("opposition, and no fee to the Office after the grant: %+v", l.Next)
	}
	withdrawn := r.Of(of(append(docs, &record.Document{
		Office: "EP", Notice: true, Published: 20230208, Application: record.Application{Number: "16000001"},
		Events: []record.Event{{Code: "EP:18D", Office: "EP", Date: 20221001}},
	})...), 20240101, Sources{})
	if withdrawn.State != "withdrawn" || withdrawn.From != 20221001 {
		t.Errorf("deemed to be withdrawn: %+v", withdrawn.Phase)
	}
}

func TestRightsWithoutRulesSayWhatTheirSourceStates(t *testing.T) {
	r := rules(t)
	gi := &record.Document{Office: "GB", Kind: record.Indication, Number: "F0001", Days: []record.Day{{Name: record.DayRegistered, Date: 19960621}}}
	if l := r.Of(of(gi), 20260101, Sources{}); l.State != "protected" || l.Term == nil || !l.Term.Without || l.Term.Law.Verified {
		t.Errorf("a British indication: %+v", l)
	}
	japan := &record.Document{Office: "JP", Kind: record.Invention, Number: "7", Published: 20190101, Status: &record.Status{Code: "in_force", Text: "登録", Date: 20200101}}
	l := r.Of(of(japan), 20260101, Sources{})
	if l.State != "in_force" || l.From != 20200101 || l.Certainty != LastKnown || !noted(l, "no_rules") || l.Term != nil || len(l.Next) != 0 {
		t.Errorf("as its source states: %+v", l)
	}
	if l := r.Of(of(japan), 20191231, Sources{}); l.State != "" {
		t.Errorf("before the day from which its source states it: %+v", l)
	}
}
