package indicator_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"onewindow/defs"
	"onewindow/internal/date"
	"onewindow/internal/decimal"
	"onewindow/internal/indicator"
	"onewindow/internal/region"
	"onewindow/internal/returns"
)

// reported are returns that count.
type reported struct{ book *indicator.Book }

func (r reported) Reported(ref indicator.Ref) (*indicator.Observation, int64, string) {
	return r.book.Get(ref), 1, "test"
}

func (reported) Approval() int64 { return 7 }

// counted stands for a register whose counts are those of the printed tables: rows by
// indicator's query and year.
type counted struct {
	rows map[string][]indicator.TallyRow
	gap  *indicator.Reason
}

func (counted) State() int64 { return 42 }

func (c counted) Tally(_ context.Context, query string, on date.Date, _ bool, _ []string) (indicator.Tally, error) {
	what, _, _ := strings.Cut(query, " and force=")
	what, _, _ = strings.Cut(what, " and pd ")
	rows, ok := c.rows[what+" "+strconv.Itoa(on.Year())]
	if !ok {
		return indicator.Tally{State: 42, Gap: &indicator.Reason{Code: "coverage"}}, nil
	}
	return indicator.Tally{State: 42, Rows: rows, Gap: c.gap}, nil
}

func evaluator(t testing.TB) (*indicator.Evaluator, *indicator.Edition) {
	t.Helper()
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Load(defs.FS, pack)
	if err != nil {
		t.Fatal(err)
	}
	e, err := indicator.LoadEdition(defs.FS, "jiangsu-2020")
	if err != nil {
		t.Fatal(err)
	}
	forms, err := returns.Load(defs.FS, set)
	if err != nil {
		t.Fatal(err)
	}
	all, err := returns.Transcribed(defs.FS, "jiangsu-2020", indicator.Year(2020), forms)
	if err != nil {
		t.Fatal(err)
	}
	var observations []indicator.Observation
	for i := range all {
		observations = append(observations, all[i].Book(set)...)
	}
	c := counted{rows: map[string][]indicator.TallyRow{}}
	for _, o := range e.Book.Observations() {
		d := set.Definition(o.Ref.Indicator)
		sc := set.Schemes[d.Rows]
		if d.Count == nil || o.Ref.View != indicator.Level || !o.Table || sc.Groups[o.Ref.Region] != nil || o.Ref.Region == sc.Whole {
			continue
		}
		codes := []string{o.Ref.Region}
		if len(d.Count.By) > 0 {
			if o.Ref.Parts == "" {
				continue
			}
			for _, code := range o.Ref.Parts.All {
				codes = append(codes, code)
			}
		}
		key := d.Count.Query + " " + o.Ref.Period.String()
		c.rows[key] = append(c.rows[key], indicator.TallyRow{Codes: codes, N: whole(t, o.Value)})
	}
	out := indicator.NewEvaluator(set, pack)
	out.Counter, out.Reporter, out.Sample = c, reported{indicator.NewBook(observations)}, true
	return out, e
}

func whole(t testing.TB, n decimal.Number) int64 {
	t.Helper()
	v, err := strconv.ParseInt(n.Text(0), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Every number of the printed edition comes out of what is counted and reported.
func TestPrintedFiguresComeOut(t *testing.T) {
	e, edition := evaluator(t)
	for _, o := range edition.Book.Observations() {
		f, err := e.Figure(context.Background(), o.Ref)
		if err != nil {
			t.Fatal(err)
		}
		n, ok := f.Published()
		switch {
		case !ok:
			t.Errorf("%s is printed as %s and absent: %+v", o.Ref, o.Value.Text(o.Places), f.Absent)
		case !n.Equal(o.Value):
			t.Errorf("%s comes out as %s, printed is %s", o.Ref, n, o.Value.Text(o.Places))
		case f.Qualifier != o.Qualifier:
			t.Errorf("%s is %q, printed as %q", o.Ref, f.Qualifier, o.Qualifier)
		}
	}
}

func TestAFigureSaysWhatItRestsOn(t *testing.T) {
	e, _ := evaluator(t)
	get := func(name string) *indicator.Figure {
		t.Helper()
		r, err := indicator.ParseRef(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := e.Figure(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	ratio := get("patent.valid_invention_per_10k@320100/2020")
	if n, _ := ratio.Published(); n.String() != "82.86" || len(ratio.Inputs) != 2 || ratio.Vintage != 20191231 || ratio.State != 42 || ratio.Approval != 7 || !ratio.Sample {
		t.Errorf("the ratio of Nanjing: %+v", ratio)
	}
	if top := ratio.Inputs[0]; top.Query != "kind=invention and office=CN and force=2020-12-31 and region=320100" || top.Origin != indicator.FromRegister {
		t.Errorf("its numerator: %+v", top)
	}
	if bottom := ratio.Inputs[1]; bottom.Origin != indicator.FromPack || bottom.Source == "" {
		t.Errorf("its denominator: %+v", bottom)
	}
	if f := get("copyright.works_registered@320500/2020"); f.Query != `kind=work and office=CN and pd within "2020-01-01 2020-12-31" and region=320500 and not region=320583` {
		t.Errorf("works of Suzhou are counted by %s", f.Query)
	}
	if f := get("tm.applications@320000/2020#growth"); !f.Reported || f.Origin != indicator.FromReturn {
		t.Errorf("growth without a base: %+v", f)
	}
	if f := get("copyright.works_registered@320000/2020#growth"); f.Reported || f.Origin != indicator.Derived {
		t.Errorf("growth with a base: %+v", f)
	}
	for name, code := range map[string]string{
		"tm.applications@320500/2020": "definition", "patent.grants{type=invention}@320000/2015": "definition",
		"court.accepted@320000/2018": "not_reported", "tm.applications@320000/2019#growth": "input",
		"police.amount_involved@320000/2020#change": "bound", "no.such@320000/2020": "unknown", "patent.grants{type=plant}@320000/2020": "unknown",
		"tm.valid@320000/2020#share": "whole", "patent.high_value_per_10k@320000/2020": "input",
	} {
		if f := get(name); f.Value != nil || f.Absent == nil || f.Absent.Code != code {
			t.Errorf("%s: %v %+v, want absent: %s", name, f.Value, f.Absent, code)
		}
	}
}

func TestACountThatIsNotCompleteIsNoFigure(t *testing.T) {
	e, _ := evaluator(t)
	c := e.Counter.(counted)
	c.gap = &indicator.Reason{Code: "coverage"}
	e.Counter = c
	r, _ := indicator.ParseRef("patent.valid_invention_per_10k@320000/2020")
	f, err := e.Figure(context.Background(), r)
	if err != nil || f.Value != nil || f.Absent.Code != "input" {
		t.Errorf("%+v, %v", f, err)
	}
}
