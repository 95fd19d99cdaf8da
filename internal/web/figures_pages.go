package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// maxWord is how many characters a word that is looked for among indicators may have.
const maxWord = 100

// figureForms lists the forms in which tables of figures can be had. The one that
// describes the CSV file has the name that CSV on the Web looks for.
var figureForms = []file{
	{"csv", "csv", "CSV", "text/csv; charset=utf-8"},
	{"meta", "csv-metadata.json", "CSVW", "application/csvm+json; charset=utf-8"},
	{"xlsx", "xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{"json", "json", "JSON", "application/json; charset=utf-8"},
}

// figureRoutes are the pages of figures.
func figureRoutes(page func(string, func(*visit) error) Route) []Route {
	routes := []Route{
		page("/{lang}/figures", withFigures(serveFigures)),
		page("/{lang}/figures/{id}", withFigures(serveFigure)),
		page("/{lang}/compare", withFigures(serveCompare)),
		page("/{lang}/explore", withFigures(serveExplore)),
	}
	for _, f := range figureForms {
		routes = append(routes, page("/{lang}/figures/{id}/table."+f.ending, withFigures(serveFigureFile(f))),
			page("/{lang}/compare/table."+f.ending, withFigures(serveCompareFile(f))), page("/{lang}/explore/table."+f.ending, withFigures(serveExploreFile(f))))
	}
	return routes
}

// withFigures answers with NotFound where there are no figures.
func withFigures(serve func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		if v.site.Figures == nil {
			return ierr.New(ierr.NotFound, "web.page", nil)
		}
		return serve(v)
	}
}

// figuresPage is the body of the catalogue.
type figuresPage struct {
	*v1.FigureCatalogue
	Word  string
	Shown int
}

func serveFigures(v *visit) error {
	word, err := v.text("word", maxWord)
	if err != nil {
		return err
	}
	body := figuresPage{Word: word}
	if body.FigureCatalogue, err = v.site.Figures.Catalogue(v.ctx(), v.lang, word); err != nil {
		return err
	}
	for _, s := range body.Subjects {
		body.Shown += len(s.Items)
	}
	return v.render(http.StatusOK, "figures", page{Section: "figures", Title: v.print.T("web.figures.title", nil), Quick: true, NoIndex: word != "", Body: body})
}

// figureAsk reads which figure is asked for. A part is given as part.<dimension>=code,
// as the form does, or in one parameter, as links do.
func (v *visit) figureAsk() (ask FigureAsk, err error) {
	ask.Indicator = v.r.PathValue("id")
	for name, to := range map[string]*string{"region": &ask.Region, "period": &ask.Period, "part": &ask.Parts, "view": &ask.View, "rows": &ask.Rows, "columns": &ask.Columns} {
		if *to, err = v.text(name, maxWord*2); err != nil {
			return ask, err
		}
	}
	for name, to := range map[string]*int64{"state": &ask.State, "approval": &ask.Approval} {
		if *to, err = v.whole(name); err != nil {
			return ask, err
		}
	}
	var parts []string
	if ask.Parts != "" {
		parts = strings.Split(ask.Parts, ";")
	}
	for name := range v.r.URL.Query() {
		dimension, ok := strings.CutPrefix(name, "part.")
		if !ok {
			continue
		}
		code, err := v.text(name, MaxNumber)
		if err != nil {
			return ask, err
		}
		parts = slices.DeleteFunc(parts, func(p string) bool { return strings.HasPrefix(p, dimension+"=") })
		if code != "" {
			parts = append(parts, dimension+"="+code)
		}
	}
	slices.Sort(parts)
	ask.Parts = strings.Join(parts, ";")
	return ask, nil
}

// figureURL is the address of the page of a figure.
func figureURL(lang string, f v1.Figure) string {
	return figureAddress(lang, "", FigureAsk{FigureParams: v1.FigureParams{Indicator: f.Indicator, Region: f.Region.Code, Period: f.Period, Parts: f.Parts, View: f.View}})
}

// figureAddress is the address of what is asked for; rest stands behind the
// indicator.
func figureAddress(lang, rest string, ask FigureAsk) string {
	q := url.Values{}
	for name, value := range map[string]string{
		"region": ask.Region, "period": ask.Period, "part": ask.Parts, "view": ask.View, "rows": ask.Rows, "columns": ask.Columns, "state": nonZero(ask.State), "approval": nonZero(ask.Approval),
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	address := "/" + lang + "/figures/" + url.PathEscape(ask.Indicator) + rest
	if s := q.Encode(); s != "" {
		address += "?" + s
	}
	return address
}

// figurePage is the body of the page of one figure.
type figurePage struct {
	*FigureSheet
	Chosen    map[string]string // code by dimension
	Permalink string            // with the state that the figure rests on
	Files     []option
	Grid      figureGrid
}

func serveFigure(v *visit) error {
	ask, err := v.figureAsk()
	if err != nil {
		return err
	}
	sheet, err := v.site.Figures.Figure(v.ctx(), v.lang, ask)
	if err != nil {
		return err
	}
	body := figurePage{FigureSheet: sheet, Chosen: map[string]string{}}
	for _, p := range strings.Split(sheet.Figure.Parts, ";") {
		dimension, code, _ := strings.Cut(p, "=")
		body.Chosen[dimension] = code
	}
	pinned := sheet.Ask
	pinned.State, pinned.Approval = sheet.Figure.State, sheet.Figure.Approval
	body.Permalink = figureAddress(v.lang, "", pinned)
	for _, f := range figureForms {
		body.Files = append(body.Files, option{Label: f.label, URL: figureAddress(v.lang, "/table."+f.ending, pinned)})
	}
	body.Grid = gridOf(v.print, v.lang, sheet.Table)
	return v.render(http.StatusOK, "figure", page{
		Section: "figures", Title: sheet.Figure.Name + ", " + sheet.Figure.Period, Quick: true, Sample: sheet.Figure.Sample, NoIndex: len(v.r.URL.RawQuery) > 0, Body: body,
	})
}

// serveFigureFile answers with the table of a page as a file.
func serveFigureFile(form file) func(*visit) error {
	return func(v *visit) error {
		ask, err := v.figureAsk()
		if err != nil {
			return err
		}
		sheet, err := v.site.Figures.Figure(v.ctx(), v.lang, ask)
		if err != nil {
			return err
		}
		return v.figureFile(form, sheet.Indicator.ID, sheet.Table)
	}
}

// figureFile answers with a table of figures as a file. The name of one with invented
// data says so.
func (v *visit) figureFile(form file, name string, t *v1.FigureTable) error {
	if t.Sample {
		name = "sample-" + name
	}
	d := &download{visit: v, form: form, name: name}
	if v.r.Method == http.MethodHead {
		d.head()
		return nil
	}
	return v.site.Figures.WriteFigures(d, v.lang, form.format, t)
}

// figureText writes a figure's number with what is meant by it: "more than 12,300";
// "–" where there is none.
func figureText(p *i18n.Printer, f v1.Figure) string {
	if f.Value == "" {
		return "–"
	}
	text := decimalText(p, f.Value)
	if f.View == "growth" || f.View == "change" || f.View == "share-change" {
		if !strings.HasPrefix(f.Value, "-") && strings.Trim(f.Value, "0.") != "" {
			text = "+" + text
		}
	}
	if f.Qualifier != "" {
		text = p.T("figure.qualifier."+f.Qualifier, nil) + " " + text
	}
	return text
}

// decimalText writes a decimal number with a true minus.
func decimalText(p *i18n.Printer, n string) string {
	if rest, minus := strings.CutPrefix(n, "-"); minus {
		return "−" + p.Decimal(rest)
	}
	return p.Decimal(n)
}

// nonZero writes a number, nothing for zero.
func nonZero(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
