package register_test

import (
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// mark is an invented trademark as one file of a register states it.
func mark(issued date.Date, status string, since date.Date, holder string) *record.Document {
	return &record.Document{
		Office: "CN", Number: "47123456", Kind: record.Trademark, Published: 20200121, Issued: issued,
		Application: record.Application{Number: "47123456", Filed: 20190102},
		Status:      &record.Status{Code: status, Date: since},
		Parties:     []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: holder}}}},
		Days:        []record.Day{{Name: record.DayExpires, Date: 20300120}},
		Mark:        &record.Mark{Form: "word", Words: []record.Text{{Lang: "zh", Text: "样本"}}},
		Goods:       []record.Goods{{Class: "09", Texts: []record.Text{{Lang: "zh", Text: "电池"}}}},
	}
}

func TestAMarkIsFoundByItsNumberAndShowsItsLatestState(t *testing.T) {
	r := open(t)
	load(t, r, file("new", mark(20240101, "cancelled", 20230601, "样本乙公司")),
		file("old", mark(20210101, "registered", 20200121, "样本甲公司")))
	transfer := &record.Document{
		Office: "CN", Number: "47123456", Kind: record.Trademark, Notice: true, Published: 20220301, Issued: 20220301,
		Parties: []record.Party{{Role: record.Former, Names: []record.Text{{Lang: "zh", Text: "样本甲公司"}}}},
		Events:  []record.Event{{Date: 20220301, Code: record.EventTransfer}},
	}
	load(t, r, file("transfers", transfer))
	for _, number := range []string{"47123456", "tm:47123456", "tm:CN47123456", "第47123456号"} {
		v, err := r.ByNumber(t.Context(), number, register.AsOf{})
		if err != nil {
			t.Fatalf("%s: %v", number, err)
		}
		if v.Kind != record.Trademark || v.Status.Code != "cancelled" || v.Day(record.DayExpires) != 20300120 || v.Mark == nil || len(v.Goods) != 1 {
			t.Errorf("%s: %+v", number, v)
		}
		if len(v.Documents) != 1 {
			t.Errorf("a notice counts as a publication: %+v", v.Documents)
		}
		if v.First(record.Former) == nil || v.Principal().Name() != "样本乙公司" {
			t.Errorf("parties %+v", v.Parties)
		}
	}
	v, err := r.ByNumber(t.Context(), "47123456", register.AsOf{On: 20210101})
	if err != nil {
		t.Fatal(err)
	}
	if v.Status.Code != "registered" || v.First(record.Former) != nil {
		t.Errorf("before it happened: %+v, %+v", v.Status, v.Parties)
	}
	for _, e := range v.Events {
		if e.Date > 20210101 {
			t.Errorf("the future is known: %+v", e)
		}
	}
}
