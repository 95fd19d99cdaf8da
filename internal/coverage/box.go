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
	Offices []string // whose rights they are, ST.3; nil: of every office
	Filed   Span     // days of filing
	// Published are stretches of which each alone holds a publication of every right
	// counted. A right has many publications, so that two stretches have no common part
	// that would have to hold one.
	Published []Span
	// Granted are stretches in each of which every right counted was granted or
	// registered. Whoever knows the grants of one of them knows all these rights;
	// filings and other publications tell of no grant.
	Granted []Span
	// Grants are stretches whose grants have to be known besides, since the count asks
	// for rights that were not granted in them.
	Grants []Span
	// Force are stretches of which the count asks whether rights are in force. Whatever
	// ended or restored rights up to the end of each has to be known.
	Force []Span
}

// The fields that a box is drawn by.
const (
	fieldKind   = "kind"
	fieldRegion = "region"
	fieldOffice = "office"
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
	for _, spans := range [][]Span{b.Published, b.Granted, b.Grants} {
		for i, s := range spans {
			spans[i], _ = meet(s, until)
		}
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
		not := boxOf(n.Node)
		b.Grants, b.Force = concat(not.Granted, not.Grants), not.Force
		if is, ok := n.Node.(query.Is); ok && is.Field == fieldKind {
			b.Kinds = slices.DeleteFunc(slices.Clone(record.Kinds), func(k record.Kind) bool { return k == record.Kind(is.Value) })
		}
	case query.Is:
		switch n.Field {
		case fieldKind:
			b.Kinds = []record.Kind{record.Kind(n.Value)}
		case fieldRegion:
			b.Regions = []string{n.Value}
		case fieldOffice:
			b.Offices = []string{n.Value}
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
			b.Force, b.Granted = []Span{span}, []Span{{To: n.To}}
		case fieldGrant: // grants take effect by their publication
			b.Granted = []Span{span}
		case fieldFirst: // and an earlier one here
			b.Published = []Span{{To: n.To}}
		}
	}
	return b
}

// both draws the box of what lies in two boxes.
func both(a, b Box) Box {
	out := Box{
		Regions: a.Regions, Offices: a.Offices,
		Published: some(a.Published, b.Published), Granted: some(a.Granted, b.Granted),
		Grants: concat(a.Grants, b.Grants), Force: concat(a.Force, b.Force),
	}
	for _, k := range a.Kinds {
		if slices.Contains(b.Kinds, k) {
			out.Kinds = append(out.Kinds, k)
		}
	}
	if out.Regions == nil { // else those of a alone: wider than what both hold, and as good
		out.Regions = b.Regions
	}
	if out.Offices == nil {
		out.Offices = b.Offices
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
	out := Box{
		Kinds: slices.Clone(a.Kinds), Filed: around(a.Filed, b.Filed),
		Grants: concat(a.Grants, b.Grants), Force: concat(a.Force, b.Force),
	}
	for _, k := range b.Kinds {
		if !slices.Contains(out.Kinds, k) {
			out.Kinds = append(out.Kinds, k)
		}
	}
	if a.Regions != nil && b.Regions != nil {
		out.Regions = slices.Concat(a.Regions, b.Regions)
	}
	if a.Offices != nil && b.Offices != nil {
		out.Offices = slices.Concat(a.Offices, b.Offices)
	}
	if len(a.Published) > 0 && len(b.Published) > 0 {
		out.Published = []Span{around(a.Published[0], b.Published[0])}
	}
	if len(a.Granted) > 0 && len(b.Granted) > 0 {
		out.Granted = []Span{around(a.Granted[0], b.Granted[0])}
	} else {
		out.Grants = concat(out.Grants, concat(a.Granted, b.Granted))
	}
	return out
}

// some puts stretches together of which each holds what is counted: no more than are
// worth remembering.
func some(a, b []Span) []Span {
	out := slices.Concat(a, b)
	return out[:min(len(out), maxSpans)]
}

// concat puts stretches together of which none can be left out: where they are too
// many, one around them all stands for them.
func concat(a, b []Span) []Span {
	out := slices.Concat(a, b)
	if len(out) <= maxSpans {
		return out
	}
	one := out[0]
	for _, s := range out[1:] {
		one = around(one, s)
	}
	return []Span{one}
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
