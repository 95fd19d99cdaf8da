package find

import (
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// abroad makes a right of another office, of a family, with what it cites.
func abroad(office, number, code, application string, day date.Date, family string, cited ...string) *record.Document {
	d := &record.Document{
		Office: office, Number: number, Code: code, Kind: record.Invention, Published: day, Issued: day,
		Application: record.Application{Number: application}, Titles: []record.Text{{Lang: "en", Text: office + number}}, Cited: cited,
	}
	if family != "" {
		d.Facts = []record.Fact{{Name: record.FactFamily, Text: family}}
	}
	return d
}

func TestFamiliesCitationsAndNumbersOfOtherOffices(t *testing.T) {
	european := abroad("EP", "9000001", "A1", "99203729", 20000517, "19768124", "US4313443A,1982.02,Sample et al. *", "Sample, On cells, 1999")
	european.Filings = []record.Filing{{Relation: record.RelFamily, Office: "US", Number: "9993011"}, {Relation: record.RelPriority, Office: "NL", Number: "1010536", Date: 19981112}}
	american := abroad("US", "9993011", "A", "09439123", 20000725, "19768124", "EP9000001A1")
	published := abroad("US", "20180000016", "A1", "15919370", 20180104, "")
	granted := abroad("US", "9999999", "B2", "15919370", 20200107, "", "CN199000001A,2018.05.04")
	design := abroad("US", "D656301", "S1", "29400001", 20120327, "")
	design.Kind = record.Design
	h := open(t)
	h.load(european, american, published, granted, design, four(t)[0])
	h.sync()
	for query, want := range map[string]string{
		"pn=EP9000001": "EP9000001", "pn=EP9000001A1": "EP9000001", "pn=us9993011a": "US9993011", "EP9000001A1": "EP9000001",
		"pn=US20180000016A1": "US9999999", "ap=15/919370": "US9999999", "ap=US15919370": "US9999999", "ap=EP99203729": "EP9000001",
		"USD656301S1": "USD656301", "pn=EP9000001B1": "",
		"fam=19768124": "US9993011 | EP9000001", "fam=EP9000001": "EP9000001", "fam=EP9000001A1": "EP9000001", "fam=US9993011": "US9993011 | EP9000001",
		"fam=NL1010536": "", `pn="EP 9000001"`: "EP9000001", "fam=US9999999": "",
		"ct=US4313443": "EP9000001", "ct=US4313443A": "EP9000001", "ct=US4313443B": "", "ct=CN199000001": "US9999999", "ct=EP9000001": "US9993011", "ct=EP9000001A1": "US9993011",
		"ct=US*": "EP9000001",
	} {
		if got, _ := h.titles(Request{Query: query}); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	// Publications of other offices are listed under their own numbers, each for itself.
	for query, want := range map[string]string{
		"pd=2018": "CN199000001A | US20180000016A1", "pn=US9999999": "US9999999B2", "pn=US20180000016A1": "US20180000016A1",
		"kind=design": "USD656301S1", "fam=19768124": "US9993011A | EP9000001A1", "ap=15/919370": "US9999999B2 | US20180000016A1",
	} {
		if got, _ := h.titles(Request{Query: query, Unit: Publication}); got != want {
			t.Errorf("publications of %s: %q, want %q", query, got, want)
		}
	}
}
