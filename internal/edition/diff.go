package edition

import (
	"slices"
	"strings"

	"onewindow/internal/indicator"
)

// Why says why a figure differs between two editions.
type Why string

// The reasons.
const (
	Added      Why = "added"      // the earlier edition does not state it
	Removed    Why = "removed"    // the later one does not
	Definition Why = "definition" // another definition
	Return     Why = "return"     // another return, or a revision
	Records    Why = "records"    // other records: new ones, or late events
	Pack       Why = "pack"       // other data of the region itself
	Source     Why = "source"     // another source of record
	Inputs     Why = "inputs"     // it was computed from figures that differ
)

// Change is a figure that differs between two editions.
type Change struct {
	Ref           indicator.Ref
	Before, After *indicator.Figure // nil where it is not stated
	Why           []Why
	By            []string // of computed ones: the figures that differ
}

// Diff returns the figures in which two editions of a paper differ, by name.
func Diff(before, after *Edition) []Change {
	old, young := index(before), index(after)
	var out []Change
	for ref, a := range old {
		b := young[ref]
		switch {
		case b == nil:
			out = append(out, Change{Ref: ref, Before: a, Why: []Why{Removed}})
		case differ(a, b):
			c := Change{Ref: ref, Before: a, After: b}
			c.why()
			out = append(out, c)
		}
	}
	for ref, b := range young {
		if old[ref] == nil {
			out = append(out, Change{Ref: ref, After: b, Why: []Why{Added}})
		}
	}
	slices.SortFunc(out, func(a, b Change) int { return strings.Compare(a.Ref.String(), b.Ref.String()) })
	return out
}

func index(e *Edition) map[indicator.Ref]*indicator.Figure {
	out := make(map[indicator.Ref]*indicator.Figure, len(e.Figures))
	for _, f := range e.Figures {
		out[f.Ref] = f
	}
	return out
}

// differ tells whether two figures are published differently, or mean another thing.
func differ(a, b *indicator.Figure) bool {
	x, isX := a.Published()
	y, isY := b.Published()
	return isX != isY || isX && !x.Equal(y) || a.Qualifier != b.Qualifier || a.Definition != b.Definition || a.Unit != b.Unit
}

// why finds out what made a figure differ.
func (c *Change) why() {
	a, b := c.Before, c.After
	add := func(w Why) {
		if !slices.Contains(c.Why, w) {
			c.Why = append(c.Why, w)
		}
	}
	if a.Definition != b.Definition {
		add(Definition)
	}
	switch {
	case a.Origin != b.Origin:
		add(Source)
	case a.Origin == indicator.FromReturn:
		add(Return)
	case a.Origin == indicator.FromRegister:
		add(Records)
	case a.Origin == indicator.FromPack:
		add(Pack)
	case a.Origin == indicator.Derived:
		for _, x := range a.Inputs {
			i := slices.IndexFunc(b.Inputs, func(y *indicator.Figure) bool { return y.Ref == x.Ref })
			if i < 0 || !differ(x, b.Inputs[i]) {
				continue
			}
			inner := Change{Ref: x.Ref, Before: x, After: b.Inputs[i]}
			inner.why()
			add(Inputs)
			for _, w := range inner.Why {
				add(w)
			}
			c.By = append(c.By, x.Ref.String())
		}
	}
}
