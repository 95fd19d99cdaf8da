package paper

import (
	"strings"

	"onewindow/internal/decimal"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
)

// Say writes in one language.
type Say interface {
	T(key string, args ierr.Args) string
	Lang() string
	Decimal(n string) string // a decimal number with the language's separators
	Ordinal(n int64) string  // 1st
}

// absentText stands for a number that is not there.
const absentText = "…"

// write writes a figure as the options say, with what is meant by it.
func (m *Maker) write(f *indicator.Figure, o Options) string {
	n, ok := f.Published()
	if !ok {
		return absentText
	}
	places := f.Places
	if o.Places >= 0 {
		places = o.Places
	}
	sign := n.Sign()
	if (o.Abs || o.Move != "") && sign < 0 {
		n = n.Neg()
	}
	if o.Ordinal && n.Whole() {
		return m.Say.Ordinal(int64(n.Float()))
	}
	s := m.scaled(n, places, o)
	switch {
	case f.Unit == unitPercent:
		s = m.Say.T("paper.percent", ierr.Args{"n": s})
	case f.Ref.View == indicator.ShareChange:
		s = m.Say.T("paper.points", ierr.Args{"n": s})
	case o.Unit:
		s = m.Say.T("paper.with_unit", ierr.Args{"n": s, "unit": m.unit(f.Unit)})
	}
	if f.Qualifier != indicator.Exact {
		s = m.Say.T("paper.qualifier."+string(f.Qualifier), ierr.Args{"n": s})
	}
	if o.Move != "" {
		s = m.Say.T("paper.move."+o.Move+"."+direction(sign), ierr.Args{"n": s})
	}
	return s
}

const unitPercent = "percent"

func direction(sign int) string {
	switch {
	case sign > 0:
		return "more"
	case sign < 0:
		return "less"
	}
	return "same"
}

// scaled writes a number in thousands, millions and so on, with as many places as it
// needs unless these are said.
func (m *Maker) scaled(n decimal.Number, places int, o Options) string {
	if o.Scale == "" {
		return m.signed(n.Text(places))
	}
	q, _ := n.Quo(decimal.Of(scales[o.Scale]))
	text := q.String()
	if o.Places >= 0 {
		text = q.Text(o.Places)
	}
	return m.Say.T("paper.scale."+o.Scale, ierr.Args{"n": m.signed(text)})
}

// signed writes a minus as such.
func (m *Maker) signed(text string) string {
	if rest, minus := strings.CutPrefix(text, "-"); minus {
		return "−" + m.Say.Decimal(rest)
	}
	return m.Say.Decimal(text)
}

// cell writes a figure in a table, whose head says the unit. A bound keeps its sign.
func (m *Maker) cell(f *indicator.Figure) string {
	n, ok := f.Published()
	if !ok {
		return absentText
	}
	s := m.signed(n.Text(f.Places))
	switch f.Qualifier {
	case indicator.MoreThan:
		s = ">" + s
	case indicator.Nearly, indicator.About:
		s = "~" + s
	}
	return s
}

// unit names a unit.
func (m *Maker) unit(id string) string {
	if u := m.Set.Units[id]; u != nil {
		return indicator.InLang(u.Names, m.Say.Lang())
	}
	return ""
}

// Text writes a figure as it is printed by itself: with its qualifier, and with a sign
// for percentages.
func (m *Maker) Text(f *indicator.Figure) string { return m.write(f, Options{Places: -1}) }
