package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
	"onewindow/internal/web"
)

// almanac holds the figures of one invented indicator for two cities, a whole and a
// group. It answers with what it was asked for.
type almanac struct{}

// told are texts by language.
func told(lang, en, zh string) string {
	if lang == "zh" {
		return zh
	}
	return en
}

func (almanac) indicator(lang string) v1.Indicator {
	return v1.Indicator{
		ID: "lamps.lit", Name: told(lang, "Lamps lit", "点亮灯数"), Subject: v1.Class{Code: "light", Label: told(lang, "Light", "照明")},
		About: told(lang, "Lamps that were lit at the end of the period.", "期末点亮的灯。"), Unit: v1.Class{Code: "piece", Label: told(lang, "pieces", "盏")},
		Kind: v1.Class{Code: "stock", Label: told(lang, "at the period's end", "期末")}, Basis: told(lang, "first-named holder's address", "按第一权利人地址"),
		Units: told(lang, "cities", "设区市"), Counted: true, Query: "kind=invention", Hash: "0123456789abcdef",
		Dimensions: []v1.IndicatorDimension{{ID: "colour", Label: told(lang, "colour", "颜色"), Parts: "exhaustive", Codes: []v1.Class{{Code: "red", Label: told(lang, "red", "红")}, {Code: "green", Label: told(lang, "green", "绿")}}}},
		UsedBy:     []v1.Class{{Code: "lamps.per_head", Label: told(lang, "Lamps per head", "人均灯数")}},
		Absent:     []string{told(lang, "2019: the lamps were not counted", "2019：未统计")},
	}
}

func (a almanac) figure(lang, region, view, value, absent string) v1.Figure {
	f := v1.Figure{
		Sample: true, Figure: "lamps.lit@" + region + "/2020", Indicator: "lamps.lit", Name: told(lang, "Lamps lit", "点亮灯数"), Region: v1.Class{Code: region, Label: labels[region][lang]},
		Period: "2020", View: view, Value: value, Absent: absent, Unit: a.indicator(lang).Unit, State: 131, Approval: 4,
	}
	if view == "growth" {
		f.Unit = v1.Class{Code: "percent", Label: "%"}
	}
	if value != "" {
		f.Origin, f.Status = v1.Class{Code: "register", Label: told(lang, "counted from records", "按记录统计")}, v1.Class{Code: "final", Label: told(lang, "final", "最终")}
		f.Exact, f.Query, f.Records, f.On = value, "kind=invention and region="+region, value, "2020-12-31"
	}
	return f
}

func (a almanac) Catalogue(_ context.Context, lang, word string) (*v1.FigureCatalogue, error) {
	out := &v1.FigureCatalogue{Mark: v1.Mark{Sample: true, State: 131}, Approval: 4, Total: 2}
	if i := a.indicator(lang); strings.Contains(i.Name, word) {
		without := i
		without.ID, without.Name = "lamps.per_head", told(lang, "Lamps per head", "人均灯数")
		lacks := a.figure(lang, "linhe", "", "", told(lang, "it rests on residents, which are not there", "所依据的常住人口没有数据"))
		out.Subjects = []v1.FigureSubject{{Class: i.Subject, Items: []v1.FigureItem{{Indicator: i, Figure: a.figure(lang, "linhe", "", "12345", "")}, {Indicator: without, Figure: lacks}}}}
	}
	return out, nil
}

func (a almanac) Headlines(_ context.Context, lang string) ([]v1.Figure, error) {
	return []v1.Figure{a.figure(lang, "linhe", "", "12345", "")}, nil
}

func (a almanac) Figure(_ context.Context, lang string, ask web.FigureAsk) (*web.FigureSheet, error) {
	switch ask.Indicator {
	case "lamps.lit", "1":
	default:
		return nil, ierr.New(ierr.NotFound, "indicator.unknown", ierr.Args{"id": ask.Indicator})
	}
	if ask.Period == "" {
		ask.Period = "2020"
	}
	reason := told(lang, "no approved return reports it", "没有经批准的报表填报")
	out := &web.FigureSheet{Indicator: a.indicator(lang), Figure: a.figure(lang, "linhe", "", "12345", ""), Ask: ask}
	if ask.Period == "2019" {
		out.Figure, out.Fitting = a.figure(lang, "linhe", "", "", reason), 7
		out.Figure.Query = "kind=invention"
		out.Figure.Period = "2019"
	} else {
		beside := a.figure(lang, "linhe", "", "12340", "")
		beside.Origin, beside.Query, beside.Records = v1.Class{Code: "return", Label: told(lang, "reported", "填报")}, "", ""
		beside.Return, beside.Difference, beside.Signed = 3, "5", &v1.Signed{
			Form: v1.Class{Code: "lamps", Label: told(lang, "Lamps", "灯")}, Revision: 2, Reason: "<b>", CutOff: "2020-12-31", PreparedBy: "Li Sample", ApprovedBy: "Wang Sample", ApprovedAt: loaded, Hash: "feed",
		}
		out.Figure.Beside = &beside
		out.Figure.Inputs = []v1.Figure{a.figure(lang, "donggang", "", "12000", ""), a.figure(lang, "xishan", "", "345", "")}
	}
	out.Beside = []v1.Figure{a.figure(lang, "linhe", "growth", "-2.50", "")}
	group := web.ChoiceGroup{Label: told(lang, "cities", "设区市")}
	for _, city := range []string{"donggang", "xishan"} {
		group.Choices = append(group.Choices, web.Choice{Value: city, Label: labels[city][lang]})
	}
	out.Regions = []web.ChoiceGroup{{Choices: []web.Choice{{Value: "linhe", Label: "Linhe"}}}, group}
	out.Periods = []web.Choice{{Value: "2020", Label: "2020"}, {Value: "2019", Label: "2019"}}
	out.Parts = []web.ListChoice{{Choice: web.Choice{Value: "colour", Label: told(lang, "colour", "颜色")}, Groups: []web.ChoiceGroup{{Choices: []web.Choice{{Value: "red", Label: told(lang, "red", "红")}}}}}}
	out.Views = []web.Choice{{Label: told(lang, "value", "数值")}}
	out.Axes = []web.Choice{{Value: "region", Label: told(lang, "region", "地区")}}
	out.Across = []web.Choice{{Value: "view", Label: told(lang, "view", "呈现方式")}, {Value: "colour", Label: told(lang, "colour", "颜色")}}
	out.Table = a.table(lang, reason)
	return out, nil
}

func (a almanac) table(lang, reason string) *v1.FigureTable {
	revised := a.figure(lang, "xishan", "", "345", "")
	revised.Status = v1.Class{Code: "revised", Label: told(lang, "revised", "已修订")}
	revised.Qualifier = "more-than"
	bare := a.figure(lang, "linhe", "growth", "", "")
	return &v1.FigureTable{
		Mark: v1.Mark{Sample: true, State: 131}, Approval: 4, Title: told(lang, "Lamps lit, by region, 2020", "点亮灯数（按地区，2020）"), About: []v1.Indicator{a.indicator(lang)},
		Rows: v1.FigureAxis{ID: "region", Label: told(lang, "region", "地区")}, Columns: v1.FigureAxis{ID: "view", Label: told(lang, "view", "呈现方式")},
		Heads: []v1.FigureColumn{{Label: told(lang, "value", "数值"), Unit: a.indicator(lang).Unit}, {ID: "growth", Label: told(lang, "growth", "增长"), Unit: v1.Class{Code: "percent", Label: "%"}}},
		Body: []v1.FigureRow{
			{ID: "donggang", Label: labels["donggang"][lang], Kind: "part", Figures: []v1.Figure{a.figure(lang, "donggang", "", "12000", ""), a.figure(lang, "donggang", "growth", "0.10", "")}},
			{ID: "xishan", Label: labels["xishan"][lang], Kind: "part", Figures: []v1.Figure{revised, a.figure(lang, "xishan", "growth", "", reason)}},
			{ID: "linhe", Label: "Linhe", Kind: "whole", Figures: []v1.Figure{a.figure(lang, "linhe", "", "12345", ""), bare}},
		},
		Lacking: []string{told(lang, "rank: only reporting units have a rank", "位次：只对填报单位排名")},
	}
}

func (almanac) WriteFigures(w io.Writer, _, form string, t *v1.FigureTable) error {
	if form != "json" {
		_, err := fmt.Fprintln(w, form, t.Title)
		return err
	}
	return json.NewEncoder(w).Encode(t)
}

func TestAFigureThatIsNotThereIsNeverZero(t *testing.T) {
	h, _ := newHandler(t)
	body := get(h, "/en/figures/lamps.lit?period=2019").Body.String()
	for _, want := range []string{
		`<strong class="lacks">–</strong>`, "no approved return reports it", "Records that fit what would be counted: 7; their number is no figure.",
		`<td class="n lacks"></td>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(body, ">0<") {
		t.Error("the page shows a zero")
	}
}

func TestEveryNumberLeadsToItsOwnPage(t *testing.T) {
	h, _ := newHandler(t)
	body := get(h, "/en/figures/lamps.lit").Body.String()
	for _, want := range []string{
		`<a href="/en/figures/lamps.lit?period=2020&amp;region=donggang">12,000</a>`,
		`<a href="/en/figures/lamps.lit?period=2020&amp;region=xishan">more than 345</a><sup>a</sup>`,
		`<a href="/en/figures/lamps.lit?period=2020&amp;region=linhe&amp;view=growth">−2.50</a>`,
		`<sup>a</sup> revised`,
		`href="/en/search?q=kind%3Dinvention&#43;and&#43;region%3Dlinhe">12,345 records`,
		`/en/figures/lamps.lit?approval=4&amp;period=2020&amp;state=131`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestPartsComeFromTheFormAndFromLinks(t *testing.T) {
	h, _ := newHandler(t)
	for query, want := range map[string]int{
		"?part.colour=red": 200, "?part=colour%3Dred": 200, "?part.colour=": 200, "?state=x": 422, "?state=-1": 422, "?part=" + strings.Repeat("x", 300): 422,
	} {
		if got := get(h, "/en/figures/lamps.lit"+query).Code; got != want {
			t.Errorf("%s answers %d, want %d", query, got, want)
		}
	}
	if body := get(h, "/en/figures/lamps.lit?part.colour=red").Body.String(); !strings.Contains(body, "part=colour%3Dred") {
		t.Error("the part of the form does not stand in the permanent link")
	}
	if got := get(h, "/en/figures/lamps.none").Code; got != 404 {
		t.Errorf("an indicator that there is not answers %d", got)
	}
}

func TestFilesOfFiguresSayThatTheyAreSamples(t *testing.T) {
	h, _ := newHandler(t)
	for form, kind := range map[string]string{"csv": "text/csv", "csv-metadata.json": "application/csvm+json", "xlsx": "application/vnd", "json": "application/json"} {
		w := get(h, "/en/figures/lamps.lit/table."+form)
		if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) || w.Header().Get("Content-Disposition") != `attachment; filename="sample-lamps.lit.`+form+`"` {
			t.Errorf("%s answers %d %v", form, w.Code, w.Header())
		}
	}
}

func (a almanac) Compare(_ context.Context, lang string, ask web.CompareAsk) (*web.Comparison, error) {
	if len(ask.Indicators) > 0 && ask.Indicators[0] != "lamps.lit" {
		return nil, ierr.New(ierr.NotFound, "indicator.unknown", ierr.Args{"id": ask.Indicators[0]})
	}
	ask.Indicators, ask.Period = []string{"lamps.lit"}, "2020"
	group := web.ChoiceGroup{Label: told(lang, "cities", "设区市")}
	for _, city := range []string{"donggang", "xishan"} {
		group.Choices = append(group.Choices, web.Choice{Value: city, Label: labels[city][lang]})
	}
	i := a.indicator(lang)
	return &web.Comparison{
		Ask: ask, Table: a.table(lang, told(lang, "no approved return reports it", "没有经批准的报表填报")), Regions: []web.ChoiceGroup{{Choices: []web.Choice{{Value: "linhe", Label: "Linhe"}}}, group},
		Choices: []web.ChoiceGroup{{Label: i.Subject.Label, Choices: []web.Choice{{Value: i.ID, Label: i.Name}}}}, Periods: []web.Choice{{Value: "2020", Label: "2020"}},
	}, nil
}

func (almanac) Explore(_ context.Context, lang string, ask web.ExploreAsk) (*web.Exploration, error) {
	out := &web.Exploration{Ask: ask, Title: told(lang, "Rights by region and kind", "权利（按地区和类型）")}
	for _, d := range [][3]string{{"region", "Region", "地区"}, {"kind", "Kind", "类型"}} {
		out.Dimensions = append(out.Dimensions, web.Choice{Value: d[0], Label: told(lang, d[1], d[2])})
	}
	if strings.Contains(ask.Query, "titel") {
		return out, ierr.New(ierr.Invalid, "query.field", ierr.Args{"name": "titel", "pos": 0, "end": 5})
	}
	out.Count = &v1.Count{
		Mark: v1.Mark{Sample: true, State: 131, Behind: 2}, Query: "region=donggang", Unit: string(ask.Unit), Total: 43, Notes: []string{told(lang, "a note", "注")},
		Coverage: v1.Coverage{Text: told(lang, "Incomplete: no figure.", "不完整：不能作为统计数据。"), Reasons: []string{told(lang, "Nobody declares it.", "无人声明。")}},
	}
	for _, d := range out.Dimensions {
		out.Count.Dimensions = append(out.Count.Dimensions, v1.Dimension{Name: d.Value, Label: d.Label})
	}
	out.By = out.Dimensions[:1]
	out.Heads = []web.CountHead{{Code: "invention", Label: labels["invention"][lang], Sum: 42}, {Code: "design", Label: labels["design"][lang], Sum: 1}}
	out.Rows = []web.CountRow{
		{Codes: []string{"donggang"}, Labels: []string{labels["donggang"][lang]}, Sum: 31, Cells: []web.CountCell{{N: 30, Query: "region=donggang and kind=invention"}, {N: 1, Query: "region=donggang and kind=design"}}},
		{Codes: []string{"xishan"}, Labels: []string{labels["xishan"][lang]}, Sum: 12, Cells: []web.CountCell{{N: 12}, {}}},
	}
	return out, nil
}

func (almanac) WriteCounts(w io.Writer, _, form string, x *web.Exploration) error {
	_, err := fmt.Fprintln(w, form, x.Title)
	return err
}

func TestCountsLeadToTheirRecordsAndSayThatTheyAreNoFigure(t *testing.T) {
	h, _ := newHandler(t)
	body := get(h, "/en/explore?by=region&by=kind&unit=right").Body.String()
	for _, want := range []string{
		`<a href="/en/search?q=region%3Ddonggang&#43;and&#43;kind%3Dinvention">30</a>`, `<td class="n">12</td>`, "Incomplete: no figure. Nobody declares it.",
		`href="/en/explore/table.csv?by=region&amp;by=kind&amp;unit=right"`, `<th scope="row" colspan="1">Total</th><td class="n">42</td><td class="n">1</td><td class="n">43</td>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for path, want := range map[string]int{
		"/en/explore?q=titel%3Dx": 422, "/en/explore?unit=lamp": 422, "/en/explore?by=a&by=b&by=c&by=d": 422, "/en/explore?q=titel%3Dx&by=": 422,
		"/en/compare?i=none": 404, "/en/compare?i=a&i=b&i=c&i=d": 422, "/en/compare?i=" + strings.Repeat("x", 200): 422, "/en/compare/table.csv?i=lamps.lit": 200, "/zh/explore/table.xlsx": 200,
	} {
		if got := get(h, path).Code; got != want {
			t.Errorf("%s answers %d, want %d", path, got, want)
		}
	}
}

func TestAComparisonHasAPermanentLink(t *testing.T) {
	h, _ := newHandler(t)
	body := get(h, "/en/compare?i=lamps.lit&r=donggang").Body.String()
	for _, want := range []string{`<a href="/en/compare?i=lamps.lit&amp;period=2020&amp;r=donggang">Permanent link</a>`, `name="r" value="donggang" checked>`, `name="r" value="xishan">`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
