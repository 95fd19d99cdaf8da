package supply_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/date"
	"onewindow/internal/source"
	"onewindow/internal/source/tabular"
	"onewindow/internal/supply"
)

func formats(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, f := range source.Formats() {
		out = append(out, f.ID)
	}
	set, err := tabular.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range set.Mappings {
		out = append(out, m.ID)
	}
	return out
}

func ready(t testing.TB) *supply.Sources {
	t.Helper()
	s, err := supply.Load(defs.FS, formats(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestEveryFormatHasASource: what can be read is delivered by somebody.
func TestEveryFormatHasASource(t *testing.T) {
	all := ready(t)
	names := map[string]string{"cnipa-gazette-csv": "2019-07-09_design_granted.csv", "gi-uk": "register.json", "gi-uk-food": "food-and-agri-pdo.csv", "gi-uk-spirits": "protected-names-spirits.csv"}
	for _, f := range formats(t) {
		if all.Of("/in/"+names[f], f) == nil {
			t.Errorf("a file of %s belongs to no source", f)
		}
	}
}

func TestOf(t *testing.T) {
	all := ready(t)
	for _, row := range []struct{ file, format, want string }{
		{"/in/2019-07-09_design_granted.csv", "cnipa-gazette-csv", "cn-gazette"},
		{"/in/some.csv", "cnipa-gazette-csv", ""},
		{"/in/sample-jiangsu-xml.zip", "cnipa-xml", "sample"},
		{"/in/other.zip", "cnipa-xml", "cn-patent-xml"},
		{"/in/marks.csv", "trademarks-0123abcd", "cn-trademarks"},
		{"/in/x", "", ""},
	} {
		got := ""
		if s := all.Of(row.file, row.format); s != nil {
			got = s.ID
		}
		if got != row.want {
			t.Errorf("%s of %s belongs to %q, want %q", row.file, row.format, got, row.want)
		}
	}
}

func TestFaultsAreNamedWithTheirLines(t *testing.T) {
	good := "id: x\nnames: {en: X, zh: 某}\noffices: [CN]\nkinds: [invention]\nlicence: free\nformats: [f]\n"
	for _, row := range []struct{ text, want string }{
		{strings.Replace(good, "zh: 某", "", 1), "sources/x.yaml:2: names"},
		{strings.Replace(good, "invention", "machine", 1), `sources/x.yaml:4: kinds: "machine"`},
		{strings.Replace(good, "[f]", "[g]", 1), `sources/x.yaml:6: formats: there is no format or mapping "g"`},
		{good + "issues: {on: [today]}\n", `sources/x.yaml:7: issues.on: "today"`},
		{good + "expect:\n  file:\n    entries: {min: 5, max: 4}\n", "sources/x.yaml:9: expect.file.entries: the least number is above the greatest"},
		{good + "expect: {delivery: {rejects: 1.5}}\n", "expect.delivery.rejects: a share from 0 to 1"},
		{good + "expect: {file: {change: 0.5}}\n", "only a delivery is held against the one before"},
		{good + "surprise: 1\n", `sources/x.yaml:7: unknown field "surprise"`},
		{good + "files: [\"[\"]\n", "sources/x.yaml:7: files"},
	} {
		_, err := supply.Load(fstest.MapFS{"sources/x.yaml": {Data: []byte(row.text)}}, []string{"f"})
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("got %v, want %q in it", err, row.want)
		}
	}
	two := fstest.MapFS{"sources/x.yaml": {Data: []byte(good)}, "sources/y.yaml": {Data: []byte(strings.Replace(good, "id: x", "id: y", 1))}}
	if _, err := supply.Load(two, []string{"f"}); err == nil || !strings.Contains(err.Error(), "would belong to x as well") {
		t.Errorf("two sources of the same files: %v", err)
	}
}

func TestMissingIssues(t *testing.T) {
	weekly := ready(t).Get("cn-gazette").Issues
	days := func(missing []date.Date) string {
		var out []string
		for _, d := range missing {
			out = append(out, d.String())
		}
		return strings.Join(out, " ")
	}
	for _, row := range []struct {
		rhythm supply.Rhythm
		have   []date.Date
		upTo   date.Date
		want   string
	}{
		{weekly, []date.Date{20190716, 20190709}, 20190720, "2019-07-12 2019-07-19"},
		{weekly, []date.Date{20190709}, 20190709, ""},
		{weekly, nil, 20190720, ""},
		{supply.Rhythm{Months: 3, Since: 20200101}, []date.Date{20200215, 20201101}, 20201231, "2020-04-01 2020-07-01"},
		{supply.Rhythm{Months: 1}, []date.Date{20200131}, 20200301, "2020-02-01"},
		{supply.Rhythm{}, []date.Date{20200131}, 20200301, ""},
	} {
		got, n := row.rhythm.Missing(row.have, row.upTo)
		if days(got) != row.want || n != len(got) {
			t.Errorf("of %v up to %s: missing %q (%d), want %q", row.have, row.upTo, days(got), n, row.want)
		}
	}
	if got, n := weekly.Missing([]date.Date{20000104}, 20200101); len(got) != supply.MaxMissing || n < 2000 {
		t.Errorf("of twenty years %d issues are named and %d counted", len(got), n)
	}
}

func TestCheck(t *testing.T) {
	bound := func(n int64) *int64 { return &n }
	share := func(f float64) *float64 { return &f }
	e := supply.Expectation{Entries: supply.Range{Min: bound(10), Max: bound(20)}, Documents: supply.Range{Min: bound(5)}, Rejects: share(0.1), Flags: share(0.5), Change: share(0.5)}
	before := &supply.Met{Entries: 30, Documents: 30, Issues: []date.Date{1, 2}}
	for _, row := range []struct {
		met  supply.Met
		want string
	}{
		{supply.Met{Entries: 10, Documents: 10, Rejected: 1, Flagged: 5}, ""},
		{supply.Met{Entries: 9, Documents: 9}, "entries"},
		{supply.Met{Entries: 21, Documents: 21}, "entries"},
		{supply.Met{Entries: 20, Documents: 15, Rejected: 3}, "rejects"},
		{supply.Met{Entries: 19, Documents: 15, Rejected: 3}, ""}, // too few for shares
		{supply.Met{Entries: 20, Documents: 20, Flagged: 11}, "flags"},
		{supply.Met{}, "entries documents change"},
		{supply.Met{Entries: 20, Documents: 44, Issues: []date.Date{1, 2}}, ""},
		{supply.Met{Entries: 20, Documents: 46}, "change"},
	} {
		var breaches []string
		for _, f := range e.Check(row.met, before) {
			if f.Breach() {
				breaches = append(breaches, f.What)
			}
		}
		if got := strings.Join(breaches, " "); got != row.want {
			t.Errorf("%+v: breaches %q, want %q", row.met, got, row.want)
		}
	}
	if n := len(e.Check(supply.Met{}, nil)); n != 2 {
		t.Errorf("without entries and a delivery before, %d expectations are held, want 2", n)
	}
}
