package lifecycle

import (
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

func mark(office string, registered date.Date, events ...record.Event) *record.Document {
	return &record.Document{
		Office: office, Kind: record.Trademark, Number: "1", Published: registered,
		Days: []record.Day{{Name: record.DayRegistered, Date: registered}}, Events: events,
	}
}

func renewed(day date.Date) record.Event { return record.Event{Code: record.EventRenewed, Date: day} }

func TestRenewalsCountOnce(t *testing.T) {
	r := rules(t)
	stated := func(end date.Date, events ...record.Event) *record.Document {
		d := mark("CN", 20100121, events...)
		d.Days = append(d.Days, record.Day{Name: record.DayExpires, Date: end})
		return d
	}
	known := func(issued date.Date) *record.Document {
		d := mark("CN", 20000121)
		d.Issued, d.Status = issued, &record.Status{Code: "registered"}
		return d
	}
	for _, c := range []struct {
		name string
		doc  *record.Document
		on   date.Date
		end  date.Date
	}{
		{"the day before the corresponding day", mark("CN", 20200121), 20250101, 20300120},
		{"registered on 29 February, ten years on there is none", mark("CN", 20200229), 20250101, 20300228},
		{"and once renewed, on the next", mark("CN", 20200229, renewed(20291101)), 20320101, 20400229},
		{"registered on 1 March", mark("CN", 20200301), 20250101, 20300228},
		{"on the last day of a year", mark("CN", 20200101), 20250101, 20291231},
		{"renewed on the first day on which it can be", mark("CN", 20200121, renewed(20290121)), 20300601, 20400120},
		{"the day before that is no renewal of this term", mark("CN", 20200121, renewed(20290120)), 20290601, 20300120},
		{"renewed within the grace", mark("CN", 20200121, renewed(20300601)), 20310101, 20400120},
		{"not yet renewed on the day asked for", mark("CN", 20200121, renewed(20291201)), 20291130, 20300120},
		{"two sources tell of one renewal", mark("CN", 20200121, renewed(20291201), renewed(20291220)), 20310101, 20400120},
		{"renewed twice", mark("CN", 20000121, renewed(20091201), renewed(20191201)), 20210101, 20300120},
		{"only the second renewal is known", mark("CN", 20000121, renewed(20191201)), 20210101, 20300120},
		{"the stated end counts it already", stated(20300120, renewed(20191201)), 20210101, 20300120},
		{"the stated end does not count it", stated(20200120, renewed(20191201)), 20210101, 20300120},
		{"listed as registered beyond two terms and their grace", known(20240101), 20240601, 20300120},
		{"listed as registered within the grace, which says nothing", known(20100301), 20100401, 20100120},
	} {
		if l := r.Of(of(c.doc), c.on, Sources{}); endOf(l) != c.end {
			t.Errorf("%s: the term ends %s, want %s", c.name, endOf(l), c.end)
		}
	}
}

func TestLimitsRollToWorkingDays(t *testing.T) {
	r := rules(t)
	// Filed on 2 October: its anniversaries lie in the holidays of National Day.
	l := r.Of(of(patent(record.Invention, 20201002, "B", 20230110)...), 20240101, Sources{Annuities: 20240101})
	if s := step(t, l, "annuity"); s.Nominal != 20231002 || s.Grace != 20240402 {
		t.Errorf("annuity due in the holidays of 2023: %+v", s)
	}
	l = r.Of(of(patent(record.Invention, 20201002, "B", 20230110)...), 20231008, Sources{Annuities: 20231008})
	if s := step(t, l, "annuity"); s.Due != 20231007 || s.Provisional { // a Saturday that was worked
		t.Errorf("rolled past the holidays: %+v", s)
	}
	l = r.Of(of(patent(record.Invention, 20201002, "B", 20230110)...), 20231007, Sources{Annuities: 20231007})
	if l.State != "in_force" {
		t.Errorf("on the last day: %s", l.State)
	}
	// Beyond the calendar only the week counts, and it says so.
	l = r.Of(of(patent(record.Invention, 20200315, "B", 20330110)...), 20330201, Sources{})
	if s := step(t, l, "annuity"); !s.Provisional || s.Nominal != 20330315 || s.Due != 20330315 {
		t.Errorf("beyond the calendar: %+v", s)
	}
}

func TestAnnuitiesThatNoSourceTellsOf(t *testing.T) {
	r := rules(t)
	docs := patent(record.Invention, 20150316, "B", 20180605)
	for _, c := range []struct {
		name    string
		paid    string // highest year that a source says was paid, "" for none
		known   date.Date
		on      date.Date
		state   string
		year    int // of the next one, 0 for none
		note    string
		without string
	}{
		{"none is known", "", 0, 20240601, "in_force", 11, "annuities.no_source", "annuities.assumed"},
		{"known to be paid some years ago", "6", 0, 20240601, "in_force", 11, "annuities.assumed", "annuities.no_source"},
		{"a source that ends", "6", 20200601, 20240601, "in_force", 11, "annuities.assumed", ""},
		{"a source that ended before the next was due", "9", 20240101, 20240310, "in_force", 10, "annuities.until", "annuities.assumed"},
		{"a source up to the day, unpaid", "9", 20240601, 20240601, "annuity_grace", 10, "", "annuities.assumed"},
		{"a source up to the day, paid", "10", 20240601, 20240601, "in_force", 11, "", "annuities.assumed"},
		{"unpaid when its source ended, and still in the grace", "9", 20240401, 20240601, "annuity_grace", 10, "annuities.until", "annuities.assumed"},
		{"paid ahead", "12", 0, 20240601, "in_force", 13, "", "annuities.assumed"},
		{"the year of a fee that is no number", "x", 0, 20240601, "in_force", 11, "annuities.no_source", ""},
	} {
		all := docs
		if c.paid != "" {
			all = append(all[:len(all):len(all)], annuity(20190301, c.paid))
		}
		l := r.Of(of(all...), c.on, Sources{Annuities: c.known})
		if s := step(t, l, "annuity"); l.State != c.state || s.Year != c.year {
			t.Errorf("%s: %s, next year %d; want %s, %d", c.name, l.State, s.Year, c.state, c.year)
		}
		if c.note != "" && !noted(l, c.note) || c.without != "" && noted(l, c.without) {
			t.Errorf("%s: notes %+v", c.name, l.Notes)
		}
	}
}

func TestAnnuitiesAndTerms(t *testing.T) {
	r := rules(t)
	compensated := func(days string) []*record.Document {
		docs := patent(record.Invention, 20100315, "B", 20160610)
		docs[0].Facts = []record.Fact{{Name: record.FactTermDays, Text: days}}
		return docs
	}
	for _, c := range []struct {
		name string
		docs []*record.Document
		on   date.Date
		year int // of the next annuity, 0 for none
		fen  int64
		end  date.Date
	}{
		{"third year", patent(record.Invention, 20200315, "B", 20210610), 20210701, 3, 90000, 20400315},
		{"fourth year of a utility model", patent(record.UtilityModel, 20200315, "U", 20201010), 20230101, 4, 90000, 20300315},
		{"tenth and last of a utility model", patent(record.UtilityModel, 20200315, "U", 20201010), 20290101, 10, 200000, 20300315},
		{"none after the last", patent(record.UtilityModel, 20200315, "U", 20201010), 20290401, 0, 0, 20300315},
		{"of a design filed before June 2021", patent(record.Design, 20210531, "S", 20220104), 20300601, 0, 0, 20310531},
		{"of a design filed since", patent(record.Design, 20210601, "S", 20220104), 20310501, 11, 300000, 20360601},
		{"twentieth", patent(record.Invention, 20100315, "B", 20160610), 20290101, 20, 800000, 20300315},
		{"none after it", patent(record.Invention, 20100315, "B", 20160610), 20290401, 0, 0, 20300315},
		{"of a compensated term, a whole year", compensated("400"), 20300101, 21, 800000, 20310419},
		{"and none for a part of one", compensated("200"), 20300101, 0, 0, 20301001},
		{"before 1993 a utility model had eight years", patent(record.UtilityModel, 19900315, "Y", 19910101), 19950101, 6, 120000, 19980315},
	} {
		l := r.Of(of(c.docs...), c.on, Sources{})
		year, fen := 0, int64(0)
		for _, s := range l.Next {
			if s.ID == "annuity" {
				year, fen = s.Year, s.Fen
			}
		}
		if year != c.year || fen != c.fen || endOf(l) != c.end {
			t.Errorf("%s: year %d, %d fen, until %s; want %d, %d, %s", c.name, year, fen, endOf(l), c.year, c.fen, c.end)
		}
	}
}

func TestRequestsHaveTheirLimits(t *testing.T) {
	r := rules(t)
	published := patent(record.Invention, 20200315, "A", 20210921)
	if s := step(t, r.Of(of(published...), 20220101, Sources{}), "examination_request"); s.Due != 20230315 || s.Then != "withdrawn" || s.Law.Article != "35" {
		t.Errorf("examination: %+v", s)
	}
	published[0].Filings = []record.Filing{{Relation: record.RelPriority, Office: "US", Number: "1", Date: 20190317}, {Relation: record.RelPriority, Office: "US", Number: "2", Date: 20190401}}
	if s := step(t, r.Of(of(published...), 20220101, Sources{}), "examination_request"); s.Due != 20220317 {
		t.Errorf("examination, by the earliest priority: %+v", s)
	}
	if l := r.Of(of(published...), 20230101, Sources{}); !noted(l, "limit_passed") || l.State != "published" {
		t.Errorf("the limit has passed: %s, %+v", l.State, l.Notes)
	}
	examined := append(published, notice(20220301, record.Event{Code: "CN:SE01", Office: "CN"}))
	if l := r.Of(of(examined...), 20230101, Sources{}); l.State != "substantive_exam" || noted(l, "limit_passed") {
		t.Errorf("in examination: %s, %+v", l.State, l.Notes)
	}
	for _, c := range []struct {
		name    string
		granted int
		due     date.Date
	}{
		{"four years after the filing", 20240315, 20240617},
		{"the day before", 20240314, 0},
		{"before compensation was law", 20240119, 0},
	} {
		got := date.Date(0)
		for _, s := range r.Of(of(patent(record.Invention, 20200315, "B", c.granted)...), 20240401, Sources{}).Next {
			if s.ID == "compensation_request" {
				got = s.Due
			}
		}
		if got != c.due {
			t.Errorf("compensation, granted %s: %s, want %s", c.name, got, c.due)
		}
	}
}

func TestTheOppositionPeriodDependsOnTheDayOfApproval(t *testing.T) {
	r := rules(t)
	for _, c := range []struct{ approved, due date.Date }{{20261231, 20270331}, {20270101, 20270301}} {
		v := of(&record.Document{Office: "CN", Kind: record.Trademark, Number: "1", Published: c.approved, Days: []record.Day{{Name: record.DayApproved, Date: c.approved}}})
		if s := step(t, r.Of(v, 20270201, Sources{}), "opposition"); s.Nominal != c.due || s.Then != "registered" {
			t.Errorf("approved %s: %+v", c.approved, s)
		}
	}
}

func TestInternationalPhases(t *testing.T) {
	r := rules(t)
	pct := &record.Document{
		Office: "WO", Kind: record.PCT, Number: "2023012807", Code: "A1", Published: 20230209, Application: record.Application{Number: "PCT/CN2022/100001", Filed: 20220803},
		Filings: []record.Filing{{Relation: record.RelPriority, Office: "CN", Number: "202110900001.1", Date: 20210806}},
	}
	s := step(t, r.Of(of(pct), 20230601, Sources{}), "national_entry")
	if s.Nominal != 20240206 || s.Grace != 20240407 || s.Then != "closed" || s.Law.Article != "120" {
		t.Errorf("thirty months, and two more: %+v", s)
	}
	pct.Filings = nil
	if s := step(t, r.Of(of(pct), 20230601, Sources{}), "national_entry"); s.Nominal != 20250203 {
		t.Errorf("without a priority, from the filing: %+v", s)
	}
	if l := r.Of(of(pct), 20260101, Sources{}); l.State != "published" || !noted(l, "limit_passed") {
		t.Errorf("after the limit: %s, %+v", l.State, l.Notes)
	}
	pct.Days = []record.Day{{Name: record.DayNational, Date: 20240101}}
	if l := r.Of(of(pct), 20260101, Sources{}); l.State != "national_phase" || len(l.Next) != 0 || noted(l, "limit_passed") {
		t.Errorf("entered: %s, %+v", l.State, l.Next)
	}
	madrid := &record.Document{Office: "WO", Kind: record.Madrid, Number: "1234567", Published: 20220507, Days: []record.Day{{Name: record.DayInternational, Date: 20220507}}}
	l := r.Of(of(madrid), 20260101, Sources{})
	if s := step(t, l, "renewal"); s.Due != 20320507 || s.Grace != 20321107 || s.Opens != 20311107 || s.Provisional || !noted(l, "no_calendar") {
		t.Errorf("Madrid renewal: %+v", s)
	}
	if s := step(t, l, "dependency"); s.Due != 20270507 {
		t.Errorf("dependency: %+v", s)
	}
}

func TestTermsWhoseLengthNoRegisterTells(t *testing.T) {
	r := rules(t)
	variety := func(granted date.Date) *record.Document {
		return &record.Document{Office: "CN", Kind: record.PlantVariety, Number: "CNA1", Days: []record.Day{{Name: record.DayRegistered, Date: granted}}}
	}
	for _, c := range []struct {
		name  string
		on    date.Date
		state string
		note  bool
	}{
		{"within fifteen years", 20150101, "in_force", false},
		{"perhaps a tree", 20170101, "in_force", true},
		{"not even a tree", 20200102, "expired", false},
	} {
		l := r.Of(of(variety(20000101)), c.on, Sources{})
		if l.State != c.state || noted(l, "limit_passed") != c.note {
			t.Errorf("%s: %s, %+v", c.name, l.State, l.Notes)
		}
	}
	work := &record.Document{Office: "CN", Kind: record.Work, Number: "1", Days: []record.Day{{Name: record.DayCreated, Date: 19600501}, {Name: record.DayRegistered, Date: 20200101}}}
	if l := r.Of(of(work), 20260101, Sources{}); l.State != "registered" || endOf(l) != 20101231 || !noted(l, "limit_passed") {
		t.Errorf("a work whose author may be alive: %s, %+v", l.State, l.Notes)
	}
	customs := &record.Document{Office: "CN", Kind: record.Customs, Number: "T1", Days: []record.Day{{Name: record.DayRegistered, Date: 20180601}}}
	if s := step(t, r.Of(of(customs), 20260101, Sources{}), "renewal"); s.Nominal != 20280601 || s.Opens != 20271201 || s.Then != "expired" {
		t.Errorf("a customs recordal: %+v", s)
	}
}
