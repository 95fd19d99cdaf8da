package server

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/folder"
	"onewindow/internal/ierr"
	"onewindow/internal/web"
)

func figuresOf(s *Server) figurePages { return figurePages{pages{s}, api.NewFigures(s.backend)} }

// figureSheet evaluates a figure's page.
func figureSheet(t *testing.T, p figurePages, ask web.FigureAsk) *web.FigureSheet {
	t.Helper()
	out, err := p.Figure(context.Background(), "en", ask)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func about(indicator string) web.FigureAsk {
	return web.FigureAsk{FigureParams: v1.FigureParams{Indicator: indicator}}
}

func TestTheCatalogueHoldsEveryIndicatorWithANumberOrAReason(t *testing.T) {
	p := figuresOf(shared.server)
	for _, lang := range []string{"en", "zh"} {
		c, err := p.Catalogue(context.Background(), lang, "")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, s := range c.Subjects {
			for _, i := range s.Items {
				if seen[i.Indicator.ID] || s.Label == "" {
					t.Errorf("%s stands twice, or its subject %q has no name", i.Indicator.ID, s.Code)
				}
				seen[i.Indicator.ID] = true
				if (i.Figure.Value == "") == (i.Figure.Absent == "") || i.Indicator.Name == "" || !i.Figure.Sample {
					t.Errorf("%s has value %q, reason %q, sample %v", i.Indicator.ID, i.Figure.Value, i.Figure.Absent, i.Figure.Sample)
				}
			}
		}
		if len(seen) != len(p.indicators.Definitions) || c.Total != len(seen) {
			t.Errorf("%d of %d indicators", len(seen), len(p.indicators.Definitions))
		}
	}
	c, err := p.Catalogue(context.Background(), "zh", "法院")
	if err != nil || len(c.Subjects) == 0 {
		t.Fatalf("a word of Chinese finds nothing: %v", err)
	}
	for _, s := range c.Subjects {
		for _, i := range s.Items {
			if !strings.Contains(i.Indicator.Name+i.Indicator.About+i.Indicator.Subject.Label, "法院") {
				t.Errorf("%s does not hold the word", i.Indicator.Name)
			}
		}
	}
}

// Every number of a table is that of its own page, whatever the rows and columns.
func TestATableHoldsWhatThePagesOfItsFiguresSay(t *testing.T) {
	p := figuresOf(shared.server)
	for _, ask := range []web.FigureAsk{
		{FigureParams: v1.FigureParams{Indicator: "court.accepted", Period: "2020"}, Rows: "kind"},
		{FigureParams: v1.FigureParams{Indicator: "population.resident", Period: "2020"}, Rows: "region"},
		{FigureParams: v1.FigureParams{Indicator: "patent.grants", Period: "2020"}, Rows: "type", Columns: "applicant"},
		{FigureParams: v1.FigureParams{Indicator: "population.resident"}, Rows: "period"},
	} {
		out := figureSheet(t, p, ask)
		if len(out.Table.Heads) == 0 || len(out.Table.Body) == 0 || out.Table.Title == "" {
			t.Fatalf("%s by %s has no table", ask.Indicator, ask.Rows)
		}
		for _, r := range out.Table.Body {
			if len(r.Figures) != len(out.Table.Heads) {
				t.Fatalf("%s has %d figures below %d heads", r.Label, len(r.Figures), len(out.Table.Heads))
			}
			for _, f := range r.Figures {
				own := figureSheet(t, p, web.FigureAsk{FigureParams: v1.FigureParams{Indicator: f.Indicator, Region: f.Region.Code, Period: f.Period, Parts: f.Parts, View: f.View}})
				if own.Figure.Figure != f.Figure || own.Figure.Value != f.Value || own.Figure.Status != f.Status {
					t.Errorf("the table says %q (%s) of %s, its page %q (%s)", f.Value, f.Status.Code, f.Figure, own.Figure.Value, own.Figure.Status.Code)
				}
			}
		}
	}
}

func TestAReportedFigureSaysWhoSignedIt(t *testing.T) {
	out := figureSheet(t, figuresOf(shared.server), about("court.accepted"))
	f := out.Figure
	if f.Value != "24869" || f.Period != "2020" || f.Status.Code != "final" || f.Signed == nil || f.Signed.Form.Label == "" || f.Signed.Revision != 1 || f.Signed.Hash == "" {
		t.Errorf("got %+v, signed %+v", f, f.Signed)
	}
	if out.Ask.Rows != "kind" || out.Table.Body[len(out.Table.Body)-1].Kind != wholeItem || len(out.Drawings) == 0 {
		t.Errorf("the table is by %s, with %d drawings", out.Ask.Rows, len(out.Drawings))
	}
}

func TestARatioHasNoShareAndShowsItsNumeratorAndDenominator(t *testing.T) {
	out := figureSheet(t, figuresOf(shared.server), about("patent.valid_invention_per_10k"))
	if slices.ContainsFunc(out.Views, func(c web.Choice) bool { return c.Value == "share" || c.Value == "share-change" }) {
		t.Errorf("views %v", out.Views)
	}
	if out.Indicator.Numerator.Code != "patent.valid_invention" || out.Indicator.Denominator.Code != "population.resident" {
		t.Errorf("of %v and %v", out.Indicator.Numerator, out.Indicator.Denominator)
	}
}

func TestWhatThereIsNotIsRefused(t *testing.T) {
	p := figuresOf(shared.server)
	for _, row := range []struct {
		ask  v1.FigureParams
		kind ierr.Kind
	}{
		{v1.FigureParams{Indicator: "patent.nothing"}, ierr.NotFound},
		{v1.FigureParams{Indicator: "patent.grants", Parts: "type=steam"}, ierr.Invalid},
		{v1.FigureParams{Indicator: "patent.grants", Parts: "colour=red"}, ierr.Invalid},
		{v1.FigureParams{Indicator: "patent.grants", Period: "later"}, ierr.Invalid},
		{v1.FigureParams{Indicator: "patent.grants", View: "sideways"}, ierr.Invalid},
		{v1.FigureParams{Indicator: "patent.grants", Approval: 9999}, ierr.NotFound},
	} {
		if _, err := p.Figure(context.Background(), "en", web.FigureAsk{FigureParams: row.ask}); ierr.KindOf(err) != row.kind {
			t.Errorf("%+v: %v", row.ask, err)
		}
	}
}

func TestAFileOfFiguresHoldsOneARowWithAllThatItCarries(t *testing.T) {
	p := figuresOf(shared.server)
	out := figureSheet(t, p, about("court.accepted"))
	var b bytes.Buffer
	if err := p.WriteFigures(&b, "en", "csv", out.Table); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := len(out.Table.Body)*len(out.Table.Heads) + 1; len(rows) != want {
		t.Errorf("%d rows, want %d", len(rows), want)
	}
	at := func(row []string, column string) string { return row[slices.Index(rows[0], column)] }
	for _, row := range rows[1:] {
		if (at(row, "value") == "") == (at(row, "origin") != "") || at(row, "sample") == "" || at(row, "definition") == "" || at(row, "approval") == "" {
			t.Errorf("the row %v lacks something", row)
		}
	}
	var table v1.FigureTable
	b.Reset()
	if err := p.WriteFigures(&b, "zh", "json", out.Table); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b.Bytes(), &table); err != nil || !table.Sample || len(table.Body) != len(out.Table.Body) || len(table.About) != 1 {
		t.Errorf("the JSON holds %+v, %v", table, err)
	}
}

func TestRegionsAreComparedTheGreatestFirst(t *testing.T) {
	p := figuresOf(shared.server)
	c, err := p.Compare(context.Background(), "en", web.CompareAsk{Indicators: []string{"population.resident"}, Period: "2020"})
	if err != nil {
		t.Fatal(err)
	}
	first, last := c.Table.Body[0], c.Table.Body[len(c.Table.Body)-1]
	if len(c.Table.Body) != 14 || first.Label != "Suzhou" || first.Figures[1].Value != "1" || last.Kind != wholeItem || len(c.Drawings) != 1 {
		t.Errorf("%d rows from %s (%+v) to %s", len(c.Table.Body), first.Label, first.Figures, last.Label)
	}
	c, err = p.Compare(context.Background(), "en", web.CompareAsk{Indicators: []string{"population.resident"}, Regions: []string{"320100", "320200"}, Period: "2020"})
	if err != nil || len(c.Table.Body) != 2 || c.Table.Body[0].Figures[1].Value == "1" {
		t.Errorf("two regions have %d rows, or are ranked among themselves: %v", len(c.Table.Body), err)
	}
	if _, err := p.Compare(context.Background(), "en", web.CompareAsk{Indicators: []string{"court.accepted"}}); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("an indicator without reporting units is compared: %v", err)
	}
	if _, err := p.Compare(context.Background(), "en", web.CompareAsk{Indicators: []string{"population.resident"}, Regions: []string{"110000"}}); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("a region elsewhere is compared: %v", err)
	}
}

// What stands in a cell is what its query finds.
func TestCountsLeadToWhatTheyCount(t *testing.T) {
	p, ctx := figuresOf(shared.server), context.Background()
	for _, ask := range []web.ExploreAsk{
		{Unit: web.Rights, By: []string{"region", "kind"}},
		{Unit: web.Rights, By: []string{"year"}, Query: "kind=invention or kind=design", Region: "320500"},
		{Unit: web.Publications, By: []string{"year", "kind"}, From: "2019", To: "2020-06"},
		{Unit: web.Rights, By: []string{"kind", "holder-type", "region"}},
	} {
		x, err := p.Explore(ctx, "en", ask)
		if err != nil {
			t.Fatal(err)
		}
		var total, across int64
		asked := 0
		for _, r := range x.Rows {
			var sum int64
			for _, c := range r.Cells {
				sum += c.N
				if c.Query == "" || c.N == 0 || asked > 40 {
					continue
				}
				asked++
				found, err := p.Search(ctx, "en", web.Question{Query: c.Query, Page: 1, Size: 1, Sort: web.ByNewest, Unit: ask.Unit})
				if err != nil || found.Total != c.N {
					t.Errorf("%s finds %d, the cell says %d (%v)", c.Query, found.Total, c.N, err)
				}
			}
			if sum != r.Sum {
				t.Errorf("the row %v adds up to %d, not to %d", r.Labels, sum, r.Sum)
			}
			total += r.Sum
		}
		for _, h := range x.Heads {
			across += h.Sum
		}
		if total != x.Count.Total || len(x.Heads) > 0 && across != total || total == 0 {
			t.Errorf("%v: rows make %d, columns %d, in all there are %d", ask.By, total, across, x.Count.Total)
		}
	}
}

func TestACountThatIsNoFigureSaysSoInEveryForm(t *testing.T) {
	s, _ := open(t, config(filepath.Join(t.TempDir(), "data"), folder.Real))
	p, ctx := figuresOf(s), context.Background()
	x, err := p.Explore(ctx, "en", web.ExploreAsk{Unit: web.Rights, By: []string{"kind"}})
	if err != nil {
		t.Fatal(err)
	}
	if x.Count.Coverage.Figure || x.Count.Coverage.Text == "" {
		t.Fatalf("coverage %+v", x.Count.Coverage)
	}
	x.Count.Rows = []v1.CountRow{{Codes: []string{"invention"}, Labels: []string{"Invention"}, Count: 3}}
	for form, want := range map[string]string{"csv": "3,false,", "meta": x.Count.Coverage.Text, "json": `"figure": false`} {
		var b bytes.Buffer
		if err := p.WriteCounts(&b, "en", form, x); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("%s does not say %q: %v", form, want, err)
		}
	}
	if _, err := p.Explore(ctx, "en", web.ExploreAsk{Unit: web.Rights, Query: "titel=x"}); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("a faulty query is counted: %v", err)
	}
}
