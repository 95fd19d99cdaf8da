package publish

import (
	"strings"

	"onewindow/internal/indicator"
	"onewindow/internal/paper"
)

// statRow is a figure as open data states it.
type statRow struct {
	figure                                 *indicator.Figure
	name, region, unit, value, why, origin string
	part                                   string // dimension=code, "_T" for the whole
	view                                   string // "LEVEL" for the value itself
}

// Codes of SDMX for what has none: the whole of a dimension, and the level.
const (
	codeTotal = "_T"
	codeLevel = "LEVEL"
)

// statRows lists the figures of a document in the order in which they stand.
func (e *Edition) statRows(d *paper.Document) []statRow {
	m := e.Makers[d.Lang]
	var out []statRow
	for i, f := range d.Figures {
		r := statRow{figure: f, name: d.Names[i], region: m.Place(f.Ref.Region, d.Lang), part: codeTotal, view: codeLevel, origin: string(f.Origin)}
		if u := m.Set.Units[f.Unit]; u != nil {
			r.unit = indicator.InLang(u.Names, d.Lang)
		}
		if f.Ref.Parts != "" {
			r.part = string(f.Ref.Parts)
		}
		if f.Ref.View != indicator.Level {
			r.view = strings.ToUpper(strings.ReplaceAll(string(f.Ref.View), "-", "_"))
		}
		if n, ok := f.Published(); ok {
			r.value = n.Text(f.Places)
		} else {
			r.why = m.Why(f.Absent)
		}
		out = append(out, r)
	}
	return out
}

// obsStatus is the status of an observation by SDMX's codelist CL_OBS_STATUS: normal,
// missing, or an estimate where the number is a bound.
func (r *statRow) obsStatus() string {
	switch {
	case r.value == "":
		return "M"
	case r.figure.Qualifier != indicator.Exact:
		return "E"
	}
	return "A"
}

// sampleMark is what rows that rest on invented records are marked with.
func (r *statRow) sampleMark() string {
	if r.figure.Sample {
		return "SAMPLE"
	}
	return ""
}
