package usfield

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

func TestParentsAndEarlierPublications(t *testing.T) {
	var d record.Document
	var r Notes
	AddGrant(&d, record.Filing{Relation: "x", Number: "08999902", Date: 20140101})
	AddGrant(&d, record.Filing{Relation: "x", Office: "US", Number: "D586528", Code: "S1"})
	AddGrant(&d, record.Filing{Relation: "x", Office: "EP", Number: "1000001", Code: "B1"})
	r.AddEarlier(&d, "US", "0000002", "A1", 20040108, "a")
	r.AddEarlier(&d, "", "7000001", "B2", 20040108, "b")
	r.AddEarlier(&d, "US", "none", "A1", 0, "c")
	want := []record.Filing{
		{Relation: "x", Office: "US", Number: "8999902", Code: "B", Date: 20140101},
		{Relation: "x", Office: "US", Number: "D586528", Code: "S1"},
		{Relation: "x", Office: "EP", Number: "1000001", Code: "B1"},
		{Relation: record.RelEarlier, Office: "US", Number: "20040000002", Code: "A1", Date: 20040108},
		{Relation: record.RelEarlier, Office: "US", Number: "7000001", Code: "B2", Date: 20040108},
		{Relation: record.RelEarlier, Office: "US", Number: "none", Code: "A1"},
	}
	if diff := cmp.Diff(want, d.Filings); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(r.List) != 1 || r.List[0].Code != "number.year_added" || r.List[0].Field != "a" {
		t.Errorf("flags %v", r.List)
	}
}

func TestIdentify(t *testing.T) {
	for _, c := range []struct{ office, number, code, reject string }{
		{"US", "07521043", "B2", ""}, {"", "D0586076", "S1", ""},
		{"US", "", "B2", "number.missing"}, {"CN", "7521043", "B2", "uspto.number"}, {"US", "none", "B2", "uspto.number"}, {"US", "7521043", "B2X", "uspto.number"},
	} {
		var d record.Document
		reject := Identify(&d, c.office, c.number, c.code, "n")
		if got := reject; (got == nil) != (c.reject == "") || got != nil && got.Code != c.reject {
			t.Errorf("%+v is told as %v", c, got)
		}
	}
	for _, c := range []struct {
		kind, number string
		want         record.Kind
	}{{"design", "RE39000", record.Design}, {"", "D452599", record.Design}, {"plant", "PP18398", record.Invention}, {"sir", "H2208", record.Invention}} {
		if got := KindOf(c.kind, c.number); got != c.want {
			t.Errorf("%s of type %s is %s", c.number, c.kind, got)
		}
	}
}

func TestDaysFactsAndClasses(t *testing.T) {
	var d record.Document
	var r Notes
	for _, day := range []date.Date{20200102, 20190102, 20210102} {
		DayNamed(&d, record.DayFirstUse, 0)
		DayNamed(&d, record.DayFirstUse, day)
	}
	FactNamed(&d, "a", "en", "")
	FactNamed(&d, "a", "en", "b")
	r.DesignCode(&d, "050102", "x")
	r.DesignCode(&d, "05.01.02", "x")
	r.DesignCode(&d, "", "x")
	r.DesignCode(&d, "0501", "x")
	d.Events = []record.Event{{Date: 20190101}}
	d.Status = &record.Status{Date: 20200303}
	IssuedLast(&d)
	want := record.Document{
		Issued:  20200303,
		Days:    []record.Day{{Name: record.DayFirstUse, Date: 20190102}},
		Facts:   []record.Fact{{Name: "a", Lang: "en", Text: "b"}},
		Classes: []record.Class{{Scheme: record.Vienna, Symbol: "5.1.2", Version: "US"}},
		Events:  d.Events, Status: d.Status,
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if r.Country("CHX", "c") != "" || r.Country("", "d") != "" || r.Country("CN", "d") != "CN" {
		t.Error("countries")
	}
	if diff := cmp.Diff([]record.Flag{{Code: "class.unreadable", Field: "x", Raw: "0501"}, {Code: "country.unreadable", Field: "c", Raw: "CHX"}}, r.List); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestTextsAndDays(t *testing.T) {
	n, reject := xmlrec.Parse([]byte(`<a><p>One &odd;.</p><p/><p>Two<t>table</t>.</p><d>20200102</d><d>20200200</d><d>00000000</d><d>unknown</d></a>`), nil, entry.DefaultLimits())
	if reject != nil {
		t.Fatal(reject)
	}
	var r Notes
	text := r.Paragraphs(n.All("p"), func(name string) bool { return name == "t" })
	if text != "One &odd;.\nTwo." {
		t.Errorf("%q", text)
	}
	var days []string
	for _, d := range n.All("d") {
		days = append(days, r.Day(d).String())
	}
	if diff := cmp.Diff([]string{"2020-01-02", "", "", ""}, days); diff != "" || r.Day(nil) != 0 {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(r.List) != 2 {
		t.Errorf("flags %v", r.List)
	}
}
