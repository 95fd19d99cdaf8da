package publish

import (
	"embed"
	"html/template"
	"io"
	"strings"

	"onewindow/internal/chart"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/paper"
)

//go:embed assets
var assets embed.FS

// page is the template of the page; funcs are bound for each document.
var page = template.Must(template.New("paper.html").Funcs(pageFuncs(nil, nil)).ParseFS(assets, "assets/paper.html"))

// pageView is what the template of the page shows.
type pageView struct {
	*paper.Document
	Edition *Edition
	Style   template.CSS // of the page and of its pictures
	Parts   []figuresOf
}

// figuresOf is a definition with the figures that the document states of it.
type figuresOf struct {
	paper.Definition
	Figures []figureRow
}

type figureRow struct {
	N                         int
	Name, Period, Text, Where string
	Origin                    string
	Query                     string
	Inputs                    []string
}

// writeHTML writes the edition as one page that needs nothing else.
func writeHTML(e *Edition, d *paper.Document, w io.Writer) error {
	style, err := assets.ReadFile("assets/paper.css")
	if err != nil {
		return err
	}
	t, err := page.Clone()
	if err != nil {
		return err
	}
	return t.Funcs(pageFuncs(e, d)).Execute(w, &pageView{d, e, template.CSS(string(style) + chart.CSS()), e.figures(d)})
}

// figures lists the figures of a document under their definitions.
func (e *Edition) figures(d *paper.Document) []figuresOf {
	m := e.Makers[d.Lang]
	index := map[string]int{}
	out := make([]figuresOf, len(d.Definitions))
	for i, x := range d.Definitions {
		index[x.ID], out[i].Definition = i, x
	}
	for i, f := range d.Figures {
		at, ok := index[f.Ref.Indicator]
		if !ok {
			continue
		}
		row := figureRow{N: i + 1, Name: d.Names[i], Period: f.Ref.Period.String(), Text: m.Text(f), Origin: m.Origin(f), Query: f.Query, Inputs: m.Inputs(f)}
		if f.Value == nil {
			row.Origin = m.Why(f.Absent)
		}
		out[at].Figures = append(out[at].Figures, row)
	}
	return out
}

func pageFuncs(e *Edition, d *paper.Document) template.FuncMap {
	t := func(key string, pairs ...any) string {
		args := ierr.Args{}
		for i := 0; i+1 < len(pairs); i += 2 {
			args[pairs[i].(string)] = pairs[i+1]
		}
		return e.say(d).T(key, args)
	}
	return template.FuncMap{
		"T":       t,
		"number":  func(r indicator.Ref) int { return d.NumberOf(r) },
		"plain":   paper.Plain,
		"add":     func(a, b int) int { return a + b },
		"picture": func(c *paper.Chart) template.HTML { return e.picture(d, c) },
		"grid":    func(c *paper.Chart) *paper.Table { return c.Grid(e.say(d)) },
		"isSpan":  func(s paper.Span, kind string) bool { return spanKinds[s.Kind] == kind },
		"isBlock": func(b paper.Block, kind string) bool { return blockKinds[b.Kind] == kind },
		"dots":    func(s string) string { return strings.ReplaceAll(s, ".", "-") },
	}
}

var spanKinds = map[paper.SpanKind]string{paper.Words: "words", paper.Number: "number", paper.See: "see", paper.Link: "link", paper.Mark: "mark"}

var blockKinds = map[paper.BlockKind]string{paper.Heading: "heading", paper.Paragraph: "paragraph", paper.List: "list", paper.TableBlock: "table", paper.ChartBlock: "chart"}
