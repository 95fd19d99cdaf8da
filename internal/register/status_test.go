package register

import (
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// TestALaterStateIsNoDispute: what a source states of two days is what happened, not a
// disagreement, however its entries are arranged; of one day it is one.
func TestALaterStateIsNoDispute(t *testing.T) {
	state := func(hash byte, code string, day date.Date) Statement {
		return Statement{ID: int64(hash), Hash: Hash{hash}, File: &File{SHA256: "f"}, Position: Position{Ordinal: int64(hash)}, Issued: date.Of(2022, 1, 1), Doc: &record.Document{
			Office: "CN", Number: "9900001", Kind: record.Trademark, Published: date.Of(2018, 1, 1), Status: &record.Status{Code: code, Date: day},
		}}
	}
	early, late := date.Of(2019, 5, 1), date.Of(2021, 5, 1)
	for _, c := range []struct {
		a, b     Statement
		on       date.Date
		want     string
		disputed bool
	}{
		{state(1, "registered", early), state(2, "cancelled", late), 0, "cancelled", false},
		{state(2, "registered", early), state(1, "cancelled", late), 0, "cancelled", false},
		{state(1, "registered", early), state(2, "cancelled", late), date.Of(2020, 1, 1), "registered", false},
		{state(2, "registered", early), state(1, "cancelled", late), date.Of(2020, 1, 1), "registered", false},
		{state(1, "registered", early), state(2, "cancelled", early), 0, "registered", true},
		{state(2, "registered", early), state(1, "cancelled", early), 0, "cancelled", true},
	} {
		v := Merge(1, []Statement{c.a, c.b}, c.on)
		if v.Status.Code != c.want || v.IsDisputed(FieldStatus) != c.disputed {
			t.Errorf("%+v and %+v on %s: %s, disputed %v", *c.a.Doc.Status, *c.b.Doc.Status, c.on, v.Status.Code, v.IsDisputed(FieldStatus))
		}
	}
}
