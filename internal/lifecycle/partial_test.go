package lifecycle

import (
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// lying returns the overlays by name and the day on which they begin.
func lying(l Life) map[string]date.Date {
	out := map[string]date.Date{}
	for _, o := range l.Overlays {
		out[o.Name] = o.Since
	}
	return out
}

func TestWhatIsInvalidatedInPartLivesOn(t *testing.T) {
	r := rules(t)
	told := func(e record.Event) *record.Document { e.Code = record.EventInvalidated; return notice(20230601, e) }
	detail := []record.Fact{{Name: record.FactDescription, Text: "宣告专利权部分无效，在权利要求2-5的基础上维持有效"}}
	for _, c := range []struct {
		name   string
		kind   record.Kind
		grant  string
		last   *record.Document
		state  string
		part   bool
		noMore bool // nothing falls due any more
	}{
		{"in the words of the event", record.Invention, "B", told(record.Event{Text: "专利权部分无效"}), "in_force", true, false},
		{"in a detail", record.Invention, "B", told(record.Event{Text: "专利权的无效宣告", Facts: detail}), "in_force", true, false},
		{"in English", record.UtilityModel, "U", told(record.Event{Text: "Declared invalid in part"}), "in_force", true, false},
		{"partially", record.Design, "S", told(record.Event{Text: "PARTIAL INVALIDATION"}), "in_force", true, false},
		{"wholly", record.Invention, "B", told(record.Event{Text: "专利权全部无效"}), "invalidated", false, true},
		{"with no word of a part", record.Design, "S", told(record.Event{}), "invalidated", false, true},
		{"a word that only begins so", record.Invention, "B", told(record.Event{Text: "Invalid, in particular claims 1 to 9; impartial expert heard"}), "invalidated", false, true},
		{"as INPADOC has it, in part", record.Invention, "B", notice(20230601, record.Event{Code: "CN:IP01", Office: "CN"}), "in_force", true, false},
		{"as INPADOC has it, wholly", record.UtilityModel, "U", notice(20230601, record.Event{Code: "CN:IW01", Office: "CN"}), "invalidated", false, true},
	} {
		l := r.Of(of(append(patent(c.kind, 20200315, c.grant, 20220610), c.last)...), 20240101, Sources{})
		since, part := lying(l)["partly_invalidated"]
		if l.State != c.state || part != c.part || part && since != 20230601 || (len(l.Next) == 0) != c.noMore {
			t.Errorf("%s: %s, overlays %+v, next %+v", c.name, l.State, l.Overlays, l.Next)
		}
	}
}

func TestATextAfterAPartialInvalidationBringsNothingBack(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		name  string
		docs  []*record.Document
		on    date.Date
		state string
		since date.Date
		part  date.Date
	}{
		{"an invention", patent(record.Invention, 20120315, "B", 20150610, "C1", 20180301), 20190101, "in_force", 20150610, 20180301},
		{"a utility model", patent(record.UtilityModel, 20120315, "U", 20130610, "Y1", 20180301), 20190101, "in_force", 20130610, 20180301},
		{"a design", patent(record.Design, 20150315, "S", 20160610, "S1", 20180301), 20190101, "in_force", 20160610, 20180301},
		{"a correction is no part", patent(record.Design, 20150315, "S", 20160610, "S8", 20180301), 20190101, "in_force", 20160610, 0},
		{"the day before", patent(record.Invention, 20120315, "B", 20150610, "C1", 20180301), 20180228, "in_force", 20150610, 0},
		{"a grant of the time when C was its code", patent(record.Invention, 20000315, "A", 20011001, "C", 20050601), 20080101, "in_force", 20050601, 0},
		{"a utility model of that time", patent(record.UtilityModel, 20030315, "Y", 20050601), 20080101, "in_force", 20050601, 0},
		{"a design of that time", patent(record.Design, 20030315, "D", 20050601), 20080101, "in_force", 20050601, 0},
		{"lapsed before the text came", append(patent(record.Invention, 20120315, "B", 20150610, "C1", 20180301), notice(20170315, record.Event{Code: record.EventLapse})), 20190101, "lapsed", 20170315, 20180301},
		{"known by that text alone", patent(record.Invention, 20120315, "C1", 20180301), 20190101, "in_force", 20180301, 20180301},
	} {
		l := r.Of(of(c.docs...), c.on, Sources{})
		if l.State != c.state || l.From != c.since || lying(l)["partly_invalidated"] != c.part {
			t.Errorf("%s: %s since %s, overlays %+v", c.name, l.State, l.From, l.Overlays)
		}
	}
}

func TestAMarkCancelledForSomeGoodsLivesOn(t *testing.T) {
	r := rules(t)
	mark := func(e record.Event) Life {
		e.Date = 20240301
		return r.Of(of(&record.Document{
			Office: "CN", Kind: record.Trademark, Number: "1", Published: 20200121,
			Days: []record.Day{{Name: record.DayRegistered, Date: 20200121}}, Events: []record.Event{e},
		}), 20240601, Sources{})
	}
	for _, c := range []struct {
		e     record.Event
		state string
		lies  string
	}{
		{record.Event{Code: record.EventCancelled, Text: "撤销部分商品"}, "registered", "partly_cancelled"},
		{record.Event{Code: record.EventInvalidated, Text: "部分无效宣告"}, "registered", "partly_invalidated"},
		{record.Event{Code: record.EventCancelled, Text: "连续三年停止使用注册商标撤销"}, "cancelled", ""},
		{record.Event{Code: record.EventInvalidated}, "invalidated", ""},
	} {
		l := mark(c.e)
		if l.State != c.state || len(lying(l)) > 1 || c.lies != "" && lying(l)[c.lies] != 20240301 {
			t.Errorf("%s %s: %s, %+v", c.e.Code, c.e.Text, l.State, l.Overlays)
		}
		if c.lies == "" {
			if s := step(t, l, "bar"); s.Due != 20250303 || s.Nominal != 20250301 {
				t.Errorf("the bar to the same mark: %+v", s)
			}
		} else if s := step(t, l, "renewal"); s.Nominal != 20300120 {
			t.Errorf("its renewal: %+v", s)
		}
	}
}

func TestAStateWithoutADayHoldsAsOfItsSource(t *testing.T) {
	r := rules(t)
	listed := func(issued, day date.Date, code string) *record.Document {
		return &record.Document{
			Office: "CN", Number: "100000001", Kind: record.Invention, Notice: true, Published: issued, Issued: issued,
			Application: record.Application{Number: "202010000001.1"}, Status: &record.Status{Code: code, Text: code, Date: day},
		}
	}
	grant := patent(record.Invention, 20200315, "B", 20220610)
	for _, c := range []struct {
		name  string
		docs  []*record.Document
		on    date.Date
		state string
		since date.Date
	}{
		{"listed after the grant", append(grant, listed(20240101, 0, "lapsed")), 20240601, "lapsed", 0},
		{"not yet listed", append(grant, listed(20240101, 0, "lapsed")), 20231231, "in_force", 20220610},
		{"a later event counts", append(grant, listed(20240101, 0, "lapsed"), notice(20240301, record.Event{Code: record.EventRestored})), 20240601, "in_force", 20240301},
		{"the same state keeps its beginning", append(grant, listed(20240101, 0, "in_force")), 20240601, "in_force", 20220610},
		{"a state of no document", append(grant, listed(20240101, 0, "formality_exam")), 20240601, "formality_exam", 0},
		{"its own day before that of its source", append(grant, listed(20240101, 20230315, "lapsed")), 20230401, "lapsed", 20230315},
		{"the later list without a day", append(grant, listed(20240101, 20230315, "lapsed"), listed(20250101, 0, "in_force")), 20250601, "in_force", 20220610},
		{"the earlier list without a day", append(grant, listed(20250101, 20240615, "lapsed"), listed(20240101, 0, "in_force")), 20250601, "lapsed", 20240615},
	} {
		if l := r.Of(of(c.docs...), c.on, Sources{}); l.State != c.state || l.From != c.since {
			t.Errorf("%s: %s since %s, want %s since %s", c.name, l.State, l.From, c.state, c.since)
		}
	}
}
