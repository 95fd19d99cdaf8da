package publish

import (
	"html/template"

	"onewindow/internal/chart"
	"onewindow/internal/paper"
)

// drawing returns the chart that a document's picture is.
func (e *Edition) drawing(d *paper.Document, c *paper.Chart) chart.Chart {
	about := chart.About{Title: paper.Plain(c.Title), Subtitle: c.Subtitle, Sample: c.Sample, Bare: true}
	places := 0
	for _, s := range c.Series {
		for _, p := range s.Points {
			places = max(places, p.Figure.Places)
		}
	}
	switch c.Kind {
	case paper.Stack:
		out := chart.Shares{About: about, Places: 1}
		for _, s := range c.Series {
			out.Parts = append(out.Parts, s.Name)
		}
		for i, p := range c.Series[0].Points {
			w := chart.Whole{Label: p.Label}
			for _, s := range c.Series {
				w.Parts = append(w.Parts, e.value(d, s.Points[i]))
			}
			out.Wholes = append(out.Wholes, w)
		}
		return out
	case paper.Lines:
		return chart.Lines{About: about, Places: places, Periods: labels(c), Series: e.runs(d, c)}
	case paper.Multiples:
		return chart.Multiples{About: about, Places: places, Periods: labels(c), Runs: e.runs(d, c)}
	case paper.Map:
		out := chart.Map{About: about, Places: places, Outlines: e.Outlines}
		for _, p := range c.Series[0].Points {
			out.Regions = append(out.Regions, chart.Region{Code: p.Code, Label: p.Label, Value: e.value(d, p)})
		}
		return out
	}
	out := chart.Bars{About: about, Places: places}
	for _, p := range c.Series[0].Points {
		out.Bars = append(out.Bars, chart.Bar{Label: p.Label, Value: e.value(d, p)})
	}
	if r := c.Reference; r != nil {
		out.Reference = &chart.Bar{Label: r.Label, Value: e.value(d, *r)}
	}
	return out
}

func labels(c *paper.Chart) []string {
	var out []string
	for _, p := range c.Series[0].Points {
		out = append(out, p.Label)
	}
	return out
}

func (e *Edition) runs(d *paper.Document, c *paper.Chart) []chart.Run {
	var out []chart.Run
	for _, s := range c.Series {
		r := chart.Run{Name: s.Name}
		for _, p := range s.Points {
			r.Values = append(r.Values, e.value(d, p))
		}
		out = append(out, r)
	}
	return out
}

// value is a point's number as it is published, or that there is none.
func (e *Edition) value(d *paper.Document, p paper.Point) chart.Value {
	n, ok := p.Figure.Published()
	if !ok {
		return chart.Absent(e.say(d).T("paper.not_there", nil))
	}
	return chart.Number(n)
}

// picture draws a chart for a page, wide and narrow.
func (e *Edition) picture(d *paper.Document, c *paper.Chart) template.HTML {
	return chart.HTML(e.drawing(d, c), chart.In(e.Printers[d.Lang]), c.ID)
}
