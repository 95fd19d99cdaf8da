package paper

import (
	"slices"

	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
)

// place is one place along an axis: a name, what it is, and how it changes a figure.
type place struct {
	name   string
	kind   RowKind
	code   string
	change func(indicator.Ref) indicator.Ref
}

// along lists the places of an axis for a figure.
func (w *making) along(a Axis, of indicator.Ref) []place {
	lang := w.Say.Lang()
	d := w.Set.Definition(of.Indicator)
	at := func(code string, kind RowKind) place {
		return place{w.Place(code, lang), kind, code, func(r indicator.Ref) indicator.Ref { return r.At(code) }}
	}
	var out []place
	switch {
	case a.Set != "":
		for _, x := range w.units(a.Set, d) {
			out = append(out, at(x.code, x.kind))
		}
	case a.Codes != "":
		for _, c := range w.codes(a.Codes, d) {
			out = append(out, place{indicator.InLang(c.Names, lang), RowUnit, c.ID, func(r indicator.Ref) indicator.Ref { return r.Of(r.Parts.With(a.Codes, c.ID)) }})
		}
	case len(a.Periods) > 0:
		for _, p := range a.Periods {
			out = append(out, place{p.String(), RowUnit, p.String(), func(r indicator.Ref) indicator.Ref { return r.In(p) }})
		}
	case len(a.Views) > 0:
		for _, v := range a.Views {
			out = append(out, place{w.ViewName(v), RowUnit, string(v), func(r indicator.Ref) indicator.Ref { return r.Seen(v) }})
		}
	case a.Figure != "":
		own, _ := indicator.ParseRef(a.Figure)
		out = append(out, place{w.Set.Name(own, w.Say, w.Place), RowUnit, a.Figure, func(r indicator.Ref) indicator.Ref {
			r.Indicator, r.Parts = own.Indicator, own.Parts
			if own.Region != "" {
				r.Region = own.Region
			}
			if own.View != indicator.Level && r.View == indicator.Level {
				r.View = own.View
			}
			return r
		}})
	case a.Region != "":
		out = append(out, at(a.Region, w.kind(a.Region, d)))
	}
	if a.Heads[lang] != "" && len(out) == 1 {
		out[0].name = a.Heads[lang]
	}
	return out
}

// kind tells what a region is to the reporting units of a definition.
func (w *making) kind(code string, d *indicator.Definition) RowKind {
	if code == w.Set.Whole() {
		return RowWhole
	}
	if d != nil && w.Set.Schemes[d.Rows] != nil {
		switch sc := w.Set.Schemes[d.Rows]; {
		case code == sc.Other:
			return RowOther
		case sc.Groups[code] != nil:
			return RowGroup
		}
	}
	return RowUnit
}

type unitOf struct {
	code string
	kind RowKind
}

// units lists the regions of a set, as the scheme of a definition has them.
func (w *making) units(set string, d *indicator.Definition) []unitOf {
	if set == "whole" {
		return []unitOf{{w.Set.Whole(), RowWhole}}
	}
	if d == nil {
		return nil
	}
	sc := w.Set.Schemes[d.Rows]
	if sc == nil {
		return nil
	}
	var out []unitOf
	switch set {
	case "units":
		for _, code := range sc.Rows {
			out = append(out, unitOf{code, RowUnit})
		}
	case "groups":
		for code := range sc.Groups {
			out = append(out, unitOf{code, RowGroup})
		}
		slices.SortFunc(out, func(a, b unitOf) int { return slices.Compare(sc.Groups[a.code], sc.Groups[b.code]) })
	case "other":
		if sc.Other != "" {
			out = append(out, unitOf{sc.Other, RowOther})
		}
	}
	return out
}

func (w *making) codes(dimension string, d *indicator.Definition) []indicator.Code {
	if d == nil {
		return nil
	}
	m := d.Dimension(dimension)
	if m == nil {
		return nil
	}
	return w.Set.Codelists[m.Codelist].Codes
}

// column is a column that is worked out.
type column struct {
	head string
	ref  indicator.Ref
}

// columns works out the columns of a table.
func (w *making) columns(t *TableSpec) []column {
	var out []column
	for _, c := range t.Columns {
		r, _ := indicator.ParseRef(c.Figure)
		if c.View != "" {
			r.View = c.View
		}
		if c.Period != (indicator.Period{}) {
			r.Period = c.Period
		}
		head := c.Heads[w.Say.Lang()]
		if c.Codes != "" {
			for _, x := range w.codes(c.Codes, w.Set.Definition(r.Indicator)) {
				out = append(out, column{indicator.InLang(x.Names, w.Say.Lang()), r.Of(r.Parts.With(c.Codes, x.ID))})
			}
			continue
		}
		if head == "" {
			switch {
			case c.Period != (indicator.Period{}) && c.View == "":
				head = c.Period.String()
			case r.Indicator == "":
				head = w.ViewName(r.View)
			default:
				head = w.Set.Name(r, w.Say, w.Place)
			}
		}
		out = append(out, column{head, r})
	}
	return out
}

// table makes a table with its figures.
func (w *making) table(spec *TableSpec) *Table {
	t := &Table{ID: spec.ID, N: len(w.doc.Tables) + 1, Title: w.spans(spec.titles[w.Say.Lang()])}
	w.doc.Tables = append(w.doc.Tables, t)
	columns := w.columns(spec)
	units := make([]string, len(columns))
	for _, a := range spec.Rows {
		for _, p := range w.along(a, columns[0].ref) {
			if t.Stub == "" {
				t.Stub = w.stub(a)
			}
			row := Row{Kind: p.kind, Name: p.name}
			for i, c := range columns {
				f := w.figure(p.change(c.ref))
				units[i] = unitIn(units[i], f.Unit)
				row.Cells = append(row.Cells, Cell{Figure: f, Text: w.cell(f)})
			}
			t.Rows = append(t.Rows, row)
		}
	}
	t.Unit = w.shared(units)
	for i, c := range columns {
		head := ColumnHead{Head: c.head}
		if t.Unit == "" && units[i] != mixedUnits {
			head.Unit = w.unit(units[i])
		}
		t.Columns = append(t.Columns, head)
	}
	if s := spec.Notes[w.Say.Lang()]; s != "" {
		t.Notes = append(t.Notes, s)
	}
	w.reasons(t)
	return t
}

// mixedUnits is the unit of a column whose figures have several.
const mixedUnits = "*"

// unitIn is the unit of a column that has had one so far, and another now.
func unitIn(so, now string) string {
	switch {
	case now == "" || so == now:
		return so
	case so == "":
		return now
	}
	return mixedUnits
}

// shared names the unit that all columns have, empty where they have not.
func (w *making) shared(units []string) string {
	for _, u := range units {
		if u != units[0] || u == mixedUnits {
			return ""
		}
	}
	return w.unit(units[0])
}

// stub is the head of the first column.
func (w *making) stub(a Axis) string {
	switch {
	case a.Set != "" || a.Region != "":
		return w.Say.T("paper.stub.region", nil)
	case len(a.Periods) > 0:
		return w.Say.T("paper.stub.period", nil)
	}
	return w.Say.T("paper.stub.item", nil)
}

// pointless are the reasons why a figure cannot be, which need no note: a whole has no
// share in itself, and what is no reporting unit has no place among them.
var pointless = map[string]bool{"whole": true, "unranked": true, "rows": true}

// emptyText stands where there can be no number.
const emptyText = "–"

// reasons adds a note for each reason why a figure is not there, and its letter to
// the cells.
func (w *making) reasons(t *Table) {
	letters := map[string]string{}
	for i := range t.Rows {
		for j := range t.Rows[i].Cells {
			c := &t.Rows[i].Cells[j]
			if c.Figure.Absent == nil {
				continue
			}
			if pointless[c.Figure.Absent.Code] {
				c.Text = emptyText
				continue
			}
			why := w.Why(c.Figure.Absent)
			if letters[why] == "" {
				letters[why] = string(rune('a' + min(len(letters), 25)))
				t.Notes = append(t.Notes, w.Say.T("paper.absent", ierr.Args{"letter": letters[why], "reason": why}))
			}
			c.Note = letters[why]
		}
	}
}

// Why says why a figure is not there.
func (m *Maker) Why(a *indicator.Reason) string {
	if s := indicator.InLang(a.Text, m.Say.Lang()); s != "" {
		return s
	}
	return m.Say.T("figure.absent."+a.Code, a.Args)
}
