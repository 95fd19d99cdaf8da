package indicator

import (
	"fmt"
	"strings"
)

// View says how a figure looks at its indicator.
type View string

// The views. All but Level and NationalRank are derived from levels where these are
// there.
const (
	Level        View = ""              // the value itself
	Growth       View = "growth"        // on the same period of the year before, in percent
	Share        View = "share"         // of a part in its whole, in percent
	ShareChange  View = "share-change"  // on the year before, in percentage points
	Change       View = "change"        // on the year before, in the unit of the level
	Rank         View = "rank"          // among the reporting units, the highest is 1 (competition ranking)
	NationalRank View = "national-rank" // among the provinces: reported, never computed here
)

// Views are all views whose names say nothing more; CAGR, HHI, CR and Quotient are the
// others.
var Views = []View{Level, Growth, Share, ShareChange, Change, Rank, NationalRank}

// Ref names a figure: which indicator, for which region and period, which part of
// it, and how it is looked at. Refs can be compared with ==.
//
//	patent.grants{type=invention}@320500/2020#growth
type Ref struct {
	Indicator string
	Parts     Parts
	Region    string // code of a unit, a group or the province
	Period    Period
	View      View
}

// String writes the figure's name as ParseRef reads it.
func (r Ref) String() string {
	var b strings.Builder
	b.WriteString(r.Indicator)
	if r.Parts != "" {
		b.WriteString("{" + string(r.Parts) + "}")
	}
	if r.Region != "" {
		b.WriteString("@" + r.Region)
	}
	if r.Period != (Period{}) {
		b.WriteString("/" + r.Period.String())
	}
	if r.View != Level {
		b.WriteString("#" + string(r.View))
	}
	return b.String()
}

// MarshalText writes the figure's name.
func (r Ref) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads a figure's name.
func (r *Ref) UnmarshalText(b []byte) (err error) {
	*r, err = ParseRef(string(b))
	return err
}

// ParseRef reads a figure's name. Region, period and view may be left out. It says
// nothing of whether there is such a figure.
func ParseRef(s string) (Ref, error) {
	const most = 300
	if len(s) > most {
		return Ref{}, fmt.Errorf("the name of a figure has at most %d characters", most)
	}
	var r Ref
	rest, view, _ := strings.Cut(s, "#")
	r.View = View(view)
	rest, period, dated := strings.Cut(rest, "/")
	if dated {
		var err error
		if r.Period, err = ParsePeriod(period); err != nil {
			return r, err
		}
	}
	rest, r.Region, _ = strings.Cut(rest, "@")
	id, parts, open := strings.Cut(rest, "{")
	if open {
		body, closed := strings.CutSuffix(parts, "}")
		if !closed {
			return r, fmt.Errorf("%q opens { and does not close it", s)
		}
		var err error
		if r.Parts, err = ParseParts(body); err != nil {
			return r, err
		}
	}
	if id == "" {
		return r, fmt.Errorf("%q names no indicator", s)
	}
	r.Indicator = id
	return r, nil
}

// At returns the figure of the same indicator and part elsewhere.
func (r Ref) At(region string) Ref { r.Region = region; return r }

// In returns the figure for another period.
func (r Ref) In(p Period) Ref { r.Period = p; return r }

// Seen returns the figure in another view.
func (r Ref) Seen(v View) Ref { r.View = v; return r }

// Of returns the figure of another part.
func (r Ref) Of(p Parts) Ref { r.Parts = p; return r }

// For returns the figure of another indicator as a whole.
func (r Ref) For(indicator string) Ref { r.Indicator, r.Parts = indicator, ""; return r }

// Parts says which part of an indicator is meant: dimension=code, sorted by
// dimension, with semicolons between them; empty for the whole.
type Parts string

// MakeParts writes parts given as dimension and code in turn.
func MakeParts(pairs ...string) Parts {
	p := Parts("")
	for i := 0; i+1 < len(pairs); i += 2 {
		p = p.With(pairs[i], pairs[i+1])
	}
	return p
}

// ParseParts reads parts in any order.
func ParseParts(s string) (Parts, error) {
	p := Parts("")
	if s == "" {
		return p, nil
	}
	for pair := range strings.SplitSeq(s, ";") {
		d, code, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if !ok || d == "" || code == "" || strings.ContainsAny(d+code, "{}@/#=;") {
			return "", fmt.Errorf("%q is no part; write dimension=code", pair)
		}
		if p.Get(d) != "" {
			return "", fmt.Errorf("%q stands twice", d)
		}
		p = p.With(d, code)
	}
	return p, nil
}

// All calls yield with each dimension and its code.
func (p Parts) All(yield func(dimension, code string) bool) {
	if p == "" {
		return
	}
	for pair := range strings.SplitSeq(string(p), ";") {
		d, code, _ := strings.Cut(pair, "=")
		if !yield(d, code) {
			return
		}
	}
}

// Get returns the code of a dimension, empty for its whole.
func (p Parts) Get(dimension string) string {
	for d, code := range p.All {
		if d == dimension {
			return code
		}
	}
	return ""
}

// With returns p with another code of a dimension; an empty code means its whole.
func (p Parts) With(dimension, code string) Parts {
	var out []string
	placed := code == ""
	for d, c := range p.All {
		if d == dimension {
			continue
		}
		if !placed && d > dimension {
			out, placed = append(out, dimension+"="+code), true
		}
		out = append(out, d+"="+c)
	}
	if !placed {
		out = append(out, dimension+"="+code)
	}
	return Parts(strings.Join(out, ";"))
}

// Without returns p with the whole of a dimension.
func (p Parts) Without(dimension string) Parts { return p.With(dimension, "") }
