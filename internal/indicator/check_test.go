package indicator

import (
	"encoding/csv"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/decimal"
	"onewindow/internal/region"
)

func jiangsu(t testing.TB) (*Set, *Edition, *Book) {
	t.Helper()
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	set, err := Load(defs.FS, pack)
	if err != nil {
		t.Fatal(err)
	}
	e, err := LoadEdition(defs.FS, "jiangsu-2020")
	if err != nil {
		t.Fatal(err)
	}
	return set, e, set.Residents(pack, e.Book)
}

func TestEveryPackHasDefinitions(t *testing.T) {
	packs, err := region.List(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packs {
		pack, err := region.Load(defs.FS, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Load(defs.FS, pack); err != nil {
			t.Errorf("%s: %v", p.ID, err)
		}
	}
}

// TestEveryDefinitionHasATest: what is run stands beside the definition.
func TestEveryDefinitionHasATest(t *testing.T) {
	set, _, _ := jiangsu(t)
	for _, d := range set.Definitions {
		if _, err := fs.Stat(defs.FS, Folder+"/"+d.ID+".test"); err != nil {
			t.Errorf("%s has no test", d.ID)
		}
	}
}

// What the printed edition has that does not simply add up: the vintage of the
// population aside, this is all.
func TestPrintedEditionAddsUpButForWhatIsExplained(t *testing.T) {
	set, e, sources := jiangsu(t)
	var got []string
	vintages := 0
	for _, r := range set.Check(e.Book, sources, e.Notes) {
		switch {
		case r.Status == Passed:
		case r.Status == Explained && r.Rule == RuleVintage:
			vintages++
		default:
			got = append(got, string(r.Status)+" "+string(r.Rule)+" "+r.Of.String()+" "+r.Difference().String())
		}
	}
	want := []string{
		"explained allocated copyright.works_registered@320000/2019 14962", // three counties beside their cities
		"explained allocated copyright.works_registered@320000/2020 15874",
		"explained allocated patent.valid_invention@320000/2020 14", // of no city
		"explained allocated patent.valid_invention{holder=enterprise}@320000/2020 13",
		"explained allocated patent.valid_invention{holder=individual}@320000/2020 1",
		"explained parts award.china_patent_award@320000/2020 96",
		"explained parts copyright.agreements@320000/2020 214", // the mismatch
		"explained unit patent.applications{applicant=enterprise}@320000/2020#share-change 2.13",
		"explained unit patent.grants{applicant=enterprise}@320000/2020#share-change 4.75",
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("what does not pass is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if vintages != 36 {
		t.Errorf("%d denominators are of another day than their period's end, want 36", vintages)
	}
}

func TestWithoutNotesTheMismatchIsOpen(t *testing.T) {
	set, e, sources := jiangsu(t)
	var open []string
	for _, r := range set.Check(e.Book, sources, nil) {
		if r.Status == Open {
			open = append(open, r.Of.String())
		}
	}
	want := []string{
		"award.china_patent_award@320000/2020", "copyright.agreements@320000/2020",
		"patent.applications{applicant=enterprise}@320000/2020#share-change", "patent.grants{applicant=enterprise}@320000/2020#share-change",
	}
	slices.Sort(open)
	if !slices.Equal(open, want) {
		t.Errorf("open without notes: %v, want %v", open, want)
	}
}

// The recomputations of the edition that were made by hand are among the checks.
func TestChecksOfTheEditionByHand(t *testing.T) {
	f, err := os.Open("../../../shared/domain/whitepaper_checks.csv")
	if err != nil {
		t.Skip("../shared/domain is not there: ", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	byHand := map[string]int{}
	for _, row := range rows[1:] {
		for _, prefix := range []string{"T1-ratio-", "T1-region-", "T2-row-", "T2-col-", "T2-rank-", "T3-growth-", "P-app-share", "P-grant-share", "P-valid-share", "B-sum-", "B-"} {
			if strings.HasPrefix(row[0], prefix) {
				byHand[prefix]++
				break
			}
		}
	}
	set, e, sources := jiangsu(t)
	made := map[Rule]int{}
	for _, r := range set.Check(e.Book, sources, e.Notes) {
		made[r.Rule]++
	}
	for _, c := range []struct {
		rule Rule
		hand int
	}{
		{RuleRatio, byHand["T1-ratio-"]},
		{RuleGroups, byHand["T1-region-"]},
		{RuleSum, byHand["T2-row-"] + 1}, // and the two titles of enterprises
		{RuleRank, byHand["T2-rank-"]},
		{RuleGrowth, byHand["T3-growth-"]},
		{RuleShare, byHand["P-app-share"] + byHand["P-grant-share"] + byHand["P-valid-share"]},
		{RuleBase, byHand["B-"]},
		{RuleBases, byHand["B-sum-"]},
	} {
		if c.hand == 0 || made[c.rule] < c.hand {
			t.Errorf("%s: %d checks, %d were made by hand", c.rule, made[c.rule], c.hand)
		}
	}
}

func TestQualifiersAreBounds(t *testing.T) {
	set, _, _ := jiangsu(t)
	whole, _ := ParseRef("court.accepted@320000/2020")
	book := func(total int64, q Qualifier) *Book {
		all := []Observation{{Ref: whole, Value: decimal.Of(total)}}
		for _, code := range []string{"civil", "criminal", "administrative"} {
			all = append(all, Observation{Ref: whole.Of(MakeParts("kind", code)), Value: decimal.Of(10)})
		}
		all[1].Qualifier = q
		return NewBook(all)
	}
	for _, c := range []struct {
		total int64
		q     Qualifier
		want  Status
	}{{30, Exact, Passed}, {31, Exact, Open}, {31, MoreThan, Passed}, {29, MoreThan, Open}, {29, Nearly, Passed}, {31, Nearly, Open}} {
		for _, r := range set.Check(book(c.total, c.q), nil, nil) {
			if r.Rule == RuleParts && r.Status != c.want {
				t.Errorf("%d of three tens, one %q: %s, want %s", c.total, c.q, r.Status, c.want)
			}
		}
	}
}

func TestFaultyDefinitionsNameFileLineAndRemedy(t *testing.T) {
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	lists, _ := defs.FS.ReadFile(listsFile)
	rows, _ := defs.FS.ReadFile(rowsFolder + "/jiangsu.yaml")
	for _, c := range []struct{ name, text, want string }{
		{"an unknown unit", "id: a.b\nnames: {en: x}\nunit: furlong\nkind: flow\n", "indicators/a.b.yaml:3: \"furlong\" is no unit; take one of"},
		{"another id", "id: a.c\nnames: {en: x}\nunit: piece\nkind: flow\n", "indicators/a.b.yaml:1: the id is \"a.c\"; name the file a.c.yaml"},
		{"an unknown field", "id: a.b\nnames: {en: x}\nunits: piece\n", "indicators/a.b.yaml:3:"},
		{"a sum of nothing", "id: a.b\nnames: {en: x}\nunit: piece\nkind: flow\nsum: [x.y]\n", "indicators/a.b.yaml:1: there is no indicator \"x.y\"; add indicators/x.y.yaml"},
		{"a ratio of nothing", "id: a.b\nnames: {en: x}\nunit: piece\nkind: ratio\n", "a ratio, and nothing else, says what it is of"},
		{"parts without a cover", "id: a.b\nnames: {en: x}\nunit: piece\nkind: flow\ndimensions:\n  - {id: type, codelist: patent_type}\n", "indicators/a.b.yaml:5: the parts of type are \"\"; write exhaustive"},
	} {
		fsys := fstest.MapFS{
			"indicators/a.b.yaml": {Data: []byte(c.text)}, listsFile: {Data: lists}, rowsFolder + "/jiangsu.yaml": {Data: rows},
		}
		if _, err := Load(fsys, pack); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q in it", c.name, err, c.want)
		}
	}
}

func TestNamesOfFigures(t *testing.T) {
	for _, s := range []string{"a.b", "a.b@320000", "a.b{x=1;y=2}@320500/2020#growth", "a.b/2020-Q3", "a.b/2020-M07#share"} {
		r, err := ParseRef(s)
		if err != nil || r.String() != s {
			t.Errorf("%q reads as %q, %v", s, r, err)
		}
	}
	if r, err := ParseRef("a.b{y=2;x=1}/2020-07"); err != nil || r.String() != "a.b{x=1;y=2}/2020-M07" {
		t.Errorf("another order and spelling reads as %q, %v", r, err)
	}
	for _, s := range []string{"", "@1", "a{", "a{x}", "a{x=1;x=2}", "a/20", "a/2020-Q5", "a/2020-13", "a/2020-S11", strings.Repeat("a", 301)} {
		if r, err := ParseRef(s); err == nil {
			t.Errorf("%q reads as %q, want an error", s, r)
		}
	}
}

func FuzzParseRef(f *testing.F) {
	f.Add("patent.grants{type=invention}@320500/2020-Q1#growth")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ParseRef(s)
		if err != nil {
			return
		}
		again, err := ParseRef(r.String())
		if err != nil || again != r {
			t.Errorf("%q reads as %q, which reads as %q, %v", s, r, again, err)
		}
	})
}
