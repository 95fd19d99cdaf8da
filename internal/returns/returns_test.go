package returns

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"onewindow/defs"
	"onewindow/internal/audit"
	"onewindow/internal/decimal"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/region"
)

var year = indicator.Year(2020)

func load(t testing.TB, id string) (*indicator.Set, []*Form) {
	t.Helper()
	pack, err := region.Load(defs.FS, id)
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Load(defs.FS, pack)
	if err != nil {
		t.Fatal(err)
	}
	forms, err := Load(defs.FS, set)
	if err != nil {
		t.Fatal(err)
	}
	return set, forms
}

func says(t testing.TB) []indicator.Say {
	t.Helper()
	c, err := i18n.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return []indicator.Say{c.Printer("en"), c.Printer("zh")}
}

// kept is a store in memory, which fails on demand.
type kept struct {
	rows   []Return
	leaves []audit.Leaf
	fail   error
}

func (k *kept) Returns(_ context.Context, fn func(Return) error) error {
	for _, r := range k.rows {
		if err := fn(r); err != nil {
			return err
		}
	}
	return nil
}

func (k *kept) PutReturn(_ context.Context, r Return, leaf audit.Leaf) (int64, error) {
	if k.fail != nil {
		return 0, k.fail
	}
	k.leaves = append(k.leaves, leaf)
	if r.ID == 0 {
		r.ID = int64(len(k.rows) + 1)
		k.rows = append(k.rows, r)
	} else {
		k.rows[r.ID-1] = r
	}
	return r.ID, nil
}

func open(t testing.TB, store Store, at string) *Desk {
	t.Helper()
	set, forms := load(t, "jiangsu")
	now, err := time.Parse("2006-01-02", at)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Open(context.Background(), store, set, forms, func() time.Time { return now }, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// courts returns what the printed edition says of courts, as a return.
func courts(t testing.TB, d *Desk) Return {
	t.Helper()
	all, err := Transcribed(defs.FS, "jiangsu-2020", year, d.forms)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(r Return) bool { return r.Form == "courts" })
	return all[i]
}

func TestFormsOfEveryPack(t *testing.T) {
	for _, id := range []string{"jiangsu", "zhejiang"} {
		if _, forms := load(t, id); len(forms) < 15 {
			t.Errorf("%s has %d forms", id, len(forms))
		}
	}
}

func TestTranscribedReturnsPassTheChecksOnEntry(t *testing.T) {
	set, forms := load(t, "jiangsu")
	all, err := Transcribed(defs.FS, "jiangsu-2020", year, forms)
	if err != nil {
		t.Fatal(err)
	}
	numbers := 0
	for _, r := range all {
		f := forms[slices.IndexFunc(forms, func(f *Form) bool { return f.ID == r.Form })]
		r.Revision = 1
		for _, p := range Check(set, f, &r, nil) {
			t.Errorf("%s: %s: %s %v", r.Form, p.Ref, p.Code, p.Args)
		}
		numbers += len(r.Values)
	}
	if len(all) != len(forms) || numbers != 174 {
		t.Errorf("%d returns of %d forms with %d numbers, want one of each and 174", len(all), len(forms), numbers)
	}
}

func TestEntryFindsWhatIsWrong(t *testing.T) {
	d := open(t, &kept{}, "2021-02-10")
	f, _ := d.Form("courts")
	for _, c := range []struct {
		name string
		make func(*Return)
		want string
	}{
		{"a part changed", func(r *Return) { r.Values[3].Value = decimal.Of(835) }, "check.parts"},
		{"a negative count", func(r *Return) { r.Values[10].Value = decimal.Of(-50) }, "check.domain"},
		{"half a case", func(r *Return) { r.Values[10].Value = decimal.Must("50.5") }, "check.domain"},
		{"a figure left out", func(r *Return) { r.Values = slices.Delete(r.Values, 10, 11) }, "lacks"},
		{"a figure twice", func(r *Return) { r.Values = append(r.Values, r.Values[10]) }, "twice"},
		{"a figure of another body", func(r *Return) { r.Values[10].Ref.Indicator = "police.cases_solved" }, "not_asked"},
		{"another period", func(r *Return) { r.Period = indicator.Period{Year: 2020, Part: 'Q', N: 1} }, "period"},
		{"an early cut-off", func(r *Return) { r.CutOff = 20201130 }, "cut_off"},
		{"a revision without a reason", func(r *Return) { r.Revision = 2 }, "revision_reason"},
		{"a long note", func(r *Return) { r.Values[0].Note = strings.Repeat("x", maxText+1) }, "text"},
		{"growth below minus a hundred", func(r *Return) { r.Values[1].Value = decimal.Of(-101) }, "check.domain"},
	} {
		r := courts(t, d)
		r.Revision, r.Values = 1, slices.Clone(r.Values)
		c.make(&r)
		got := Check(d.set, f, &r, nil)
		if !slices.ContainsFunc(got, func(p Problem) bool { return p.Code == c.want }) {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

func TestLargeChangesNeedAReason(t *testing.T) {
	d := open(t, &kept{}, "2021-02-10")
	f, _ := d.Form("courts")
	r := courts(t, d)
	r.Revision = 1
	before := []Value{{Ref: r.Values[11].Ref.In(indicator.Year(2019)), Value: decimal.Of(20_000_000)}}
	has := func() bool {
		return slices.ContainsFunc(Check(d.set, f, &r, before), func(p Problem) bool { return p.Code == "change" })
	}
	if !has() {
		t.Error("a change of 100 % passes without a reason")
	}
	r.Values[11].Reason = "one exceptional judgment"
	if has() {
		t.Error("a change with a reason is refused")
	}
}

func TestReturnsAreSignedByTwoAndRevisedNeverOverwritten(t *testing.T) {
	ctx := context.Background()
	store := &kept{}
	d := open(t, store, "2021-02-10")
	first, err := d.Prepare(ctx, courts(t, d), "Li (li)")
	if err != nil {
		t.Fatal(err)
	}
	if first.Status != Prepared || first.Revision != 1 || first.Prepared.Hash == "" || len(d.Standing(0)) != 0 {
		t.Fatalf("prepared: %+v, %d stand", first, len(d.Standing(0)))
	}
	if _, err := d.Prepare(ctx, courts(t, d), "Wang (wang)"); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("a second one beside one that waits: %v", err)
	}
	if _, err := d.Approve(ctx, first.ID, "Li (li)"); ierr.KindOf(err) != ierr.Forbidden {
		t.Errorf("approved by who prepared it: %v", err)
	}
	approved, err := d.Approve(ctx, first.ID, "Wang (wang)")
	if err != nil || approved.Approved.Hash != first.Prepared.Hash || approved.Number != 1 {
		t.Fatalf("approved: %+v, %v", approved, err)
	}
	changed := courts(t, d)
	changed.Values = slices.Clone(changed.Values)
	changed.Values[10].Value = decimal.Of(55)
	if _, err := d.Prepare(ctx, changed, "Li (li)"); err == nil {
		t.Error("a revision without a reason is taken")
	}
	changed.Reason = "five cases were reported late"
	second, err := d.Prepare(ctx, changed, "Li (li)")
	if err != nil || second.Revision != 2 {
		t.Fatalf("revision: %+v, %v", second, err)
	}
	ref := changed.Values[10].Ref
	if o, _, _ := d.Reports(0).Reported(ref); !o.Value.Equal(decimal.Of(50)) {
		t.Errorf("before its approval a revision counts: %v", o.Value)
	}
	if _, err := d.Approve(ctx, second.ID, "Wang (wang)"); err != nil {
		t.Fatal(err)
	}
	// Opened again, the same stands, and what stood before can be had.
	again := open(t, store, "2021-02-11")
	for number, want := range map[int64]int64{0: 55, 1: 50, 2: 55} {
		if o, _, _ := again.Reports(number).Reported(ref); !o.Value.Equal(decimal.Of(want)) {
			t.Errorf("as of approval %d: %v, want %d", number, o.Value, want)
		}
	}
	if len(again.Revisions("courts", year)) != 2 || len(store.leaves) != 4 {
		t.Errorf("%d revisions and %d leaves, want 2 and 4", len(again.Revisions("courts", year)), len(store.leaves))
	}
}

func TestNothingCountsThatIsNotStored(t *testing.T) {
	ctx := context.Background()
	store := &kept{}
	d := open(t, store, "2021-02-10")
	r, err := d.Prepare(ctx, courts(t, d), "Li (li)")
	if err != nil {
		t.Fatal(err)
	}
	store.fail = errors.New("disk full")
	if _, err := d.Approve(ctx, r.ID, "Wang (wang)"); err == nil || len(d.Standing(0)) != 0 || d.Number() != 0 {
		t.Errorf("an approval that failed counts: %v, number %d", err, d.Number())
	}
}

func TestWhoIsLate(t *testing.T) {
	ctx := context.Background()
	d := open(t, &kept{}, "2021-02-10")
	owed := d.Owed()
	if len(owed) != len(d.forms) || owed[0].Days != 10 || owed[0].Period != year {
		t.Fatalf("owed: %d forms, first %+v", len(owed), owed[0])
	}
	r, err := d.Prepare(ctx, courts(t, d), "Li (li)")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(d.Owed(), func(o Owed) bool { return o.Form.ID == "courts" })
	if d.Owed()[i].Waiting != r.ID {
		t.Error("a return that waits for approval is not shown as such")
	}
	if _, err := d.Approve(ctx, r.ID, "Wang (wang)"); err != nil {
		t.Fatal(err)
	}
	if len(d.Owed()) != len(d.forms)-1 {
		t.Error("an approved return is owed still")
	}
}

func TestFilesComeBackAsTheyWent(t *testing.T) {
	d := open(t, &kept{}, "2021-02-10")
	f, _ := d.Form("courts")
	r := courts(t, d)
	all := says(t)
	name := func(ref indicator.Ref) string {
		return d.set.Name(ref, all[1], func(code, _ string) string { return code })
	}
	var text, book bytes.Buffer
	if err := WriteCSV(&text, d.set, f, &r, all[1], name); err != nil {
		t.Fatal(err)
	}
	if err := WriteXLSX(&book, d.set, f, &r, all[0], name); err != nil {
		t.Fatal(err)
	}
	fromText, err := ReadCSV(&text, year, all)
	if err != nil {
		t.Fatal(err)
	}
	fromBook, err := ReadXLSX(bytes.NewReader(book.Bytes()), int64(book.Len()), year, all)
	if err != nil {
		t.Fatal(err)
	}
	for what, got := range map[string][]Value{"CSV": fromText, "XLSX": fromBook} {
		if !slices.EqualFunc(got, r.Values, func(a, b Value) bool {
			return a.Ref == b.Ref && a.Value.Equal(b.Value) && a.Qualifier == b.Qualifier && a.Note == b.Note
		}) {
			t.Errorf("%s: %d numbers came back, %d went", what, len(got), len(r.Values))
		}
	}
}

func TestDamagedFilesAreRefusedWholeWithRowAndColumn(t *testing.T) {
	for _, c := range []struct {
		name, text, code, column string
		row                      int
	}{
		{"no head", "", "empty", "", 1},
		{"no column", "figure,note\n", "no_column", "value", 1},
		{"no number", "figure,value\ncourt.accepted@320000,1\ncourt.concluded@320000,viele\n", "number", "value", 3},
		{"no figure", "figure,value\n,1\n", "figure", "figure", 2},
		{"no qualifier", "figure,value,qualifier\ncourt.accepted@320000,1,ungefähr\n", "qualifier", "qualifier", 2},
		{"quotes", "figure,value\n\"court,1\n", "damaged", "", 2},
	} {
		_, err := ReadCSV(strings.NewReader(c.text), year, says(t))
		var p Problems
		if !errors.As(err, &p) || p[0].Code != c.code || p[0].Column != c.column || p[0].Row != c.row {
			t.Errorf("%s: %v %+v, want %s in row %d, column %q", c.name, err, p, c.code, c.row, c.column)
		}
	}
	if _, err := ReadCSV(bytes.NewReader(make([]byte, MaxFile+1)), year, nil); ierr.KindOf(err) != ierr.TooLarge {
		t.Errorf("a file that is too large: %v", err)
	}
	if _, err := ReadXLSX(strings.NewReader("PK"), 2, year, nil); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("no workbook: %v", err)
	}
}

func TestFaultyFormsNameFileAndLine(t *testing.T) {
	set, _ := load(t, "jiangsu")
	head := "id: x\nnames: {en: x}\nbody: {en: b}\nevery: year\ndue_days: 31\nlines:\n"
	for _, c := range []struct{ text, want string }{
		{head + "  - {indicator: no.such}\n", `returns/x.yaml:7: there is no indicator "no.such"`},
		{head + "  - {indicator: court.accepted}\n  - {indicator: court.accepted}\n", "returns/x.yaml:8: court.accepted@320000 is asked for twice"},
		{head + "  - {indicator: court.accepted, views: [share]}\n", `returns/x.yaml:7: court.accepted is not reported as "share"`},
		{head + "  - {indicator: court.accepted, by: [size]}\n", `returns/x.yaml:7: court.accepted has no dimension "size"`},
		{strings.Replace(head, "year", "week", 1) + "  - {indicator: court.accepted}\n", `every is "week"; write year`},
	} {
		_, err := Load(fstest.MapFS{"returns/x.yaml": {Data: []byte(c.text)}}, set)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v; want %q in it", err, c.want)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("figure,value\ncourt.accepted@320000,1\n")
	f.Add("\xef\xbb\xbffigure;value\n")
	f.Fuzz(func(t *testing.T, s string) {
		values, err := ReadCSV(strings.NewReader(s), year, nil)
		if err == nil && len(values) > MaxCells {
			t.Errorf("%d values", len(values))
		}
	})
}
