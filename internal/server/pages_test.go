package server

import (
	"context"
	"testing"

	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/web"
)

func TestHomeAddsUpAndItsExamplesFindSomething(t *testing.T) {
	p, ctx := pages{shared.server}, context.Background()
	seen := map[string]bool{}
	for _, lang := range []string{"en", "zh"} {
		o, err := p.Overview(ctx, lang)
		if err != nil {
			t.Fatal(err)
		}
		sum := func(lists ...[]web.Tally) (n int64) {
			for _, list := range lists {
				for _, tally := range list {
					n += tally.N
				}
			}
			return n
		}
		var years, kinds int64
		for _, y := range o.Years {
			years += y.N
			for _, n := range y.Kinds {
				kinds += n
			}
		}
		if o.Rights == 0 || sum(o.Kinds) != o.Rights || sum(o.Cities, o.Others) != o.Rights || years != o.Rights || kinds != o.Rights {
			t.Errorf("%d rights; kinds %d, cities %d, years %d, kinds of years %d", o.Rights, sum(o.Kinds), sum(o.Cities, o.Others), years, kinds)
		}
		if len(o.Examples) < 4 {
			t.Errorf("only %d examples in %s", len(o.Examples), lang)
		}
		for _, e := range o.Examples {
			found, err := p.Search(ctx, lang, web.Question{Query: e.Query, Page: 1, Size: 1, Sort: web.ByRank, Unit: web.Rights})
			if err != nil || found.Total == 0 || e.Meaning == "" {
				t.Errorf("the example %s finds %d, %v", e.Query, found.Total, err)
			}
			seen[e.Query] = true
		}
	}
	if len(seen) < 7 {
		t.Errorf("both languages type the same: %v", seen)
	}
}

func TestCountiesAreOfferedWithinOneCityAlone(t *testing.T) {
	p, ctx := pages{shared.server}, context.Background()
	for query, want := range map[string]bool{"": false, "region=320500": true, "region=320500 or region=320100": false} {
		found, err := p.Search(ctx, "en", web.Question{Query: query, Page: 1, Size: 1, Sort: web.ByRank, Unit: web.Rights})
		if err != nil {
			t.Fatal(err)
		}
		offered := false
		for _, f := range found.Facets {
			offered = offered || f.ID == "county"
		}
		if offered != want {
			t.Errorf("%q: counties offered: %v", query, offered)
		}
		if !found.Unranked || found.Sort != web.ByNewest {
			t.Errorf("%q has no words and is sorted by %s", query, found.Sort)
		}
	}
}

func TestOnlyDoubtsOfIdentityMarkAResult(t *testing.T) {
	for code, want := range map[string]bool{"kind.not_of_file": true, "application_number.check_digit": true, "number.disagrees": true, "placeholder.zero": false, "application_number.damaged": false} {
		v := &register.View{Flags: []register.Flag{{Flag: record.Flag{Code: code}}}}
		if doubtful(v) != want {
			t.Errorf("%s: doubtful is %v", code, !want)
		}
	}
	for code := range repairs {
		if identity[code] {
			t.Errorf("%s is both repaired and in doubt", code)
		}
	}
}
