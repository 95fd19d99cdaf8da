package coverage

import (
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/query"
	"onewindow/internal/record"
)

// Span is a stretch of days, both ends included; a zero end is open.
type Span struct{ From, To date.Date }

// Box is the part of the world that a count is about. It may be wider than what the
// count looks at, and is never narrower: a box that is covered leaves no gap in the
// count.
type Box struct {
	Kinds   []record.Kind
	Regions []string // codes, each with all below it; nil: everywhere, places that are not known included
	Filed   Span     // days of filing
	// Published are stretches of which each alone holds a publication of every right
	// counted. A right has many publications, so that two stretches have no common part
	// that would have to hold one.
	Published []Span
	// Force is when rights are in force of which the count is about; zero where it asks
	// for nothing of that kind. Whatever ended rights up to its end has to be known.
	Force Span
	// Granted tells that every right counted was granted or registered in the stretches
	// of Published: grants alone answer for these.
	Granted bool
}

// The fields that a box is drawn by.
const (
	fieldKind   = "kind"
	fieldRegion = "region"
	fieldFiled  = "fd"
	fieldDay    = "pd"
	fieldLatest = "latest"
	fieldFirst  = "first"
	fieldForce  = "force"
	fieldGrant  = "granted"
)

// maxSpans bounds the stretches that a box remembers.
const maxSpans = 8

// BoxOf draws the box of a query as it stands on a day.
func BoxOf(root query.Node, on date.Date) Box {
	b := boxOf(root)
	until := Span{To: on}
	if b.Filed, _ = meet(b.Filed, until); b.Kinds == nil {
		b.Kinds = []record.Kind{}
	}
	for i, s := range b.Published {
		b.Published[i], _ = meet(s, until)
	}
	if len(b.Published) == 0 {
		b.Published = []Span{until}
	}
	return b
}

func everything() Box { return Box{Kinds: record.Kinds} }

func boxOf(n query.Node) Box {
	b := everything()
	switch n := n.(type) {
	case query.And:
		for _, part := range n.Nodes {
			b = both(b, boxOf(part))
		}
	case query.Or:
		b = boxOf(n.Nodes[0])
		for _, part := range n.Nodes[1:] {
			b = either(b, boxOf(part))
		}
	case query.Not:
		if is, ok := n.Node.(query.Is); ok && is.Field == fieldKind {
			b.Kinds = slices.DeleteFunc(slices.Clone(record.Kinds), func(k record.Kind) bool { return k == record.Kind(is.Value) })
		}
	case query.Is:
		switch n.Field {
		case fieldKind:
			b.Kinds = []record.Kind{record.Kind(n.Value)}
		case fieldRegion:
			b.Regions = []string{n.Value}
		}
	case query.Between:
		span := Span{n.From, n.To}
		switch n.Field {
		case fieldFiled:
			b.Filed = span
		case fieldDay:
			b.Published = []Span{span}
		case fieldLatest: // a later publication that is not loaded would move it
			b.Published = []Span{{From: n.From}}
		case fieldForce:
			b.Force, b.Granted = span, true
			b.Published = []Span{{To: n.To}}
		case fieldGrant: // grants take effect by their publication
			b.Published, b.Granted = []Span{span}, true
		case fieldFirst: // and an earlier one here
			b.Published = []Span{{To: n.To}}
		}
	}
	return b
}

// both draws the box of what lies in two boxes.
func both(a, b Box) Box {
	out := Box{Regions: a.Regions, Published: slices.Concat(a.Published, b.Published)}
	out.Published = out.Published[:min(len(out.Published), maxSpans)]
	for _, k := range a.Kinds {
		if slices.Contains(b.Kinds, k) {
			out.Kinds = append(out.Kinds, k)
		}
	}
	if out.Regions == nil { // else those of a alone: wider than what both hold, and as good
		out.Regions = b.Regions
	}
	out.Force, out.Granted = a.Force, a.Granted || b.Granted
	if b.Force.To > a.Force.To {
		out.Force = b.Force
	}
	if met, ok := meet(a.Filed, b.Filed); ok {
		out.Filed = met
	} else {
		out.Filed = a.Filed
	}
	return out
}

// either draws a box around two boxes.
func either(a, b Box) Box {
	out := Box{Kinds: slices.Clone(a.Kinds), Filed: around(a.Filed, b.Filed), Force: b.Force, Granted: a.Granted && b.Granted}
	if a.Force.To > b.Force.To {
		out.Force = a.Force
	}
	for _, k := range b.Kinds {
		if !slices.Contains(out.Kinds, k) {
			out.Kinds = append(out.Kinds, k)
		}
	}
	if a.Regions != nil && b.Regions != nil {
		out.Regions = slices.Concat(a.Regions, b.Regions)
	}
	if len(a.Published) > 0 && len(b.Published) > 0 {
		out.Published = []Span{around(a.Published[0], b.Published[0])}
	}
	return out
}

// meet returns the days that lie in two stretches; ok is false when there is none.
func meet(a, b Span) (_ Span, ok bool) {
	out := Span{From: max(a.From, b.From), To: a.To}
	if a.To == 0 || b.To != 0 && b.To < a.To {
		out.To = b.To
	}
	if out.To != 0 && out.From > out.To {
		return a, false
	}
	return out, true
}

// around returns the shortest stretch that holds two.
func around(a, b Span) Span {
	out := Span{From: min(a.From, b.From), To: max(a.To, b.To)}
	if a.To == 0 || b.To == 0 {
		out.To = 0
	}
	return out
}
