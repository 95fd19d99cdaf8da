package indicator_test

import (
	"math"
	"testing"

	"onewindow/internal/decimal"
	"onewindow/internal/indicator"
)

func TestViewsWithMoreInTheirNames(t *testing.T) {
	for v, known := range map[indicator.View]bool{
		"": true, "growth": true, "share-change": true, "national-rank": true, "lq": true, "cagr-2015": true, "hhi-type": true, "hhi-rows": true, "cr4-rows": true, "cr50-rows": true,
		"cagr": false, "cagr-": false, "cagr-2015-Q1": false, "cagr-15": false, "hhi": false, "hhi-": false, "cr-rows": false, "cr0-rows": false, "cr04-rows": false,
		"cr51-rows": false, "crx-rows": false, "cr4": false, "lq-type": false, "colour": false,
	} {
		if v.Known() != known {
			t.Errorf("%q is known: %v", v, !known)
		}
	}
}

// views evaluates figures of the printed edition, whose inventions in force are counted
// by city and type of holder, and of returns of ten years.
func TestConcentrationQuotientAndCompoundGrowth(t *testing.T) {
	e, edition := evaluator(t)
	var book []indicator.Observation
	for name, value := range map[string]string{
		"court.accepted/2010": "1000", "court.accepted/2015": "1610.51", "court.accepted/2020": "2593.7424601", "court.accepted/2012": "0",
		"court.accepted{kind=civil}/2015": "900", "court.accepted{kind=criminal}/2015": "90", "court.accepted{kind=administrative}/2015": "10", "court.accepted{kind=civil}/2016": "900",
	} {
		r := ref(t, name)
		r.Region = e.Set.Whole()
		book = append(book, indicator.Observation{Ref: r, Value: decimal.Must(value)})
	}
	returns := e.Reporter
	for name, want := range map[string]string{
		"court.accepted@320000/2020#cagr-2010": "10.00", "court.accepted@320000/2020#cagr-2015": "10.00", "court.accepted@320000/2015#cagr-2010": "10.00",
		"court.accepted@320000/2012#cagr-2010": "-100.00",
		"court.accepted@320000/2020#cagr-2012": "zero", "court.accepted@320000/2020#cagr-2020": "since", "court.accepted@320000/2020#cagr-2021": "since", "court.accepted@320000/2020#cagr-2014": "input",
		"court.accepted@320000/2015#hhi-kind": "8182", "court.accepted@320000/2015#cr1-kind": "90.00", "court.accepted@320000/2015#cr2-kind": "99.00", "court.accepted@320000/2015#cr9-kind": "100.00",
		"court.accepted@320000/2016#hhi-kind": "input", "court.accepted@320000/2015#hhi-rows": "rows", "court.accepted@320000/2015#hhi-colour": "unknown",
		"court.accepted@320000/2015#lq": "whole", "copyright.agreements@320000/2020#hhi-kind": "parts", "court.accepted{kind=civil}@320000/2015#hhi-kind": "parts",
	} {
		e := *e
		e.Reporter = reported{indicator.NewBook(book)}
		answers(t, &e, name, want)
	}
	e.Reporter = returns

	// By hand from the printed table.
	cities, sum := map[string]float64{}, 0.0
	for _, o := range edition.Book.Observations() {
		if o.Ref.Indicator == "patent.valid_invention" && o.Ref.Parts == "" && o.Ref.View == indicator.Level && o.Ref.Region != "320000" && o.Ref.Region[4:] == "00" && o.Ref.Region[:2] == "32" {
			cities[o.Ref.Region] = o.Value.Float()
		}
	}
	if len(cities) != 13 {
		t.Fatalf("cities: %v", cities)
	}
	for _, n := range cities {
		sum += n
	}
	hhi := 0.0
	for _, n := range cities {
		hhi += math.Pow(n/sum*100, 2)
	}
	answers(t, e, "patent.valid_invention@320000/2020#hhi-rows", decimal.Of(int64(math.Round(hhi))).String())
	answers(t, e, "patent.valid_invention@320100/2020#hhi-rows", "unparted")
	answers(t, e, "patent.valid_invention_per_10k@320000/2020#hhi-rows", "rows")
	get := func(name string) float64 {
		f, err := e.Figure(t.Context(), ref(t, name))
		if err != nil || f.Value == nil {
			t.Fatal(name, err)
		}
		return f.Value.Float()
	}
	lq := get("patent.valid_invention{holder=university}@320100/2020") / get("patent.valid_invention@320100/2020") /
		(get("patent.valid_invention{holder=university}@320000/2020") / get("patent.valid_invention@320000/2020"))
	if got := get("patent.valid_invention{holder=university}@320100/2020#lq"); math.Abs(got-lq) > 1e-9 || lq < 1.5 {
		t.Errorf("the quotient of the universities of Nanjing is %v, by hand %v", got, lq)
	}
	answers(t, e, "patent.valid_invention@320100/2020#lq", "whole")
}

func ref(t *testing.T, name string) indicator.Ref {
	t.Helper()
	r, err := indicator.ParseRef(name)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// answers holds a figure to its published number, or to the code of the reason why
// there is none.
func answers(t *testing.T, e *indicator.Evaluator, name, want string) {
	t.Helper()
	f, err := e.Figure(t.Context(), ref(t, name))
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	if n, ok := f.Published(); ok {
		got = n.Text(f.Places)
	} else {
		got = f.Absent.Code
	}
	if got != want {
		t.Errorf("%s is %s, want %s", name, got, want)
	}
}
