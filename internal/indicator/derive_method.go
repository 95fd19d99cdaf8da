package indicator

import (
	"context"
	"slices"

	"onewindow/internal/decimal"
)

// leastExpected is how many a quotient has to expect in a region: of fewer, chance
// decides.
var leastExpected = decimal.Of(5)

// compound computes compound growth a year since an earlier one:
// (value / value then)^(1/years) − 1.
func (e *Evaluator) compound(ctx context.Context, f *Figure) error {
	level := f.Ref.Seen(Level)
	then := level.In(f.Ref.Period.InYear(f.Ref.View.Since()))
	years := int(f.Ref.Period.Year - then.Period.Year)
	if years < 1 {
		f.Absent = &Reason{Code: "since", Args: map[string]any{"period": then.Period.String()}}
		return nil
	}
	n, err := e.need(ctx, f, level, then)
	if err != nil || n == nil {
		return err
	}
	q, ok := n[0].Quo(n[1])
	if !ok {
		f.Absent = &Reason{Code: "zero", Args: map[string]any{"figure": then.String()}}
		return nil
	}
	root, ok := q.Root(years)
	if !ok { // one of the two is below zero
		f.Absent = &Reason{Code: "sign"}
		return nil
	}
	f.derived(root.Sub(one).Mul(hundred))
	return nil
}

// concentration computes the sum of the squared shares (in percent) of all parts, the
// Herfindahl–Hirschman index, or the sum of the greatest shares.
func (e *Evaluator) concentration(ctx context.Context, d *Definition, f *Figure) error {
	refs, why := e.partsOver(d, f.Ref)
	if why != nil {
		f.Absent = why
		return nil
	}
	n, err := e.need(ctx, f, refs...)
	if err != nil || n == nil {
		return err
	}
	var sum decimal.Number
	for _, x := range n {
		sum = sum.Add(x)
	}
	shares := make([]decimal.Number, 0, len(n))
	for _, x := range n {
		q, ok := x.Quo(sum)
		if !ok {
			f.Absent = &Reason{Code: "zero", Args: map[string]any{"figure": f.Ref.Seen(Level).String()}}
			return nil
		}
		shares = append(shares, q.Mul(hundred))
	}
	var out decimal.Number
	if k := f.Ref.View.Greatest(); k > 0 {
		slices.SortFunc(shares, func(a, b decimal.Number) int { return b.Cmp(a) })
		for _, s := range shares[:min(k, len(shares))] {
			out = out.Add(s)
		}
	} else {
		for _, s := range shares {
			out = out.Add(s.Mul(s))
		}
	}
	f.derived(out)
	return nil
}

// partsOver returns the figures that make up one without anything left over: the parts
// of a dimension, or the reporting units of the region or a group. What lies in no unit
// is none, so that it takes no share.
func (e *Evaluator) partsOver(d *Definition, r Ref) ([]Ref, *Reason) {
	level := r.Seen(Level)
	over := r.View.Over()
	if over == rowsDimension {
		sc := e.Set.Schemes[d.Rows]
		if sc == nil || d.Kind == Ratio || d.Sparse {
			return nil, &Reason{Code: "rows"}
		}
		codes := sc.Groups[r.Region]
		if r.Region == sc.Whole {
			codes = sc.Rows
		}
		if len(codes) == 0 {
			return nil, &Reason{Code: "unparted"}
		}
		return level.atEach(codes), nil
	}
	m := d.Dimension(over)
	if m.Parts != Exhaustive || level.Parts.Get(over) != "" || d.Kind == Ratio {
		return nil, &Reason{Code: "parts", Args: map[string]any{"dimension": over}}
	}
	var out []Ref
	for _, c := range e.Set.Codelists[m.Codelist].Codes {
		out = append(out, level.Of(level.Parts.With(over, c.ID)))
	}
	return out, nil
}

// quotient computes the location quotient: the share of a part in a region, over the
// share of the part in the whole region.
func (e *Evaluator) quotient(ctx context.Context, d *Definition, f *Figure) error {
	cell := f.Ref.Seen(Level)
	if cell.Region == e.Set.whole || d.Kind == Ratio {
		f.Absent = &Reason{Code: "whole"}
		return nil
	}
	whole := cell
	for i := range d.Dimensions {
		if id := d.Dimensions[i].ID; cell.Parts.Get(id) != "" {
			whole = cell.Of(cell.Parts.Without(id))
		}
	}
	if whole == cell {
		f.Absent = &Reason{Code: "whole"}
		return nil
	}
	n, err := e.need(ctx, f, cell, whole, cell.At(e.Set.whole), whole.At(e.Set.whole))
	if err != nil || n == nil {
		return err
	}
	expected, ok := n[1].Mul(n[2]).Quo(n[3])
	if !ok {
		f.Absent = &Reason{Code: "zero", Args: map[string]any{"figure": whole.At(e.Set.whole).String()}}
		return nil
	}
	if e.Set.Units[d.Unit].Whole && expected.Cmp(leastExpected) < 0 {
		f.Absent = &Reason{Code: "few", Args: map[string]any{"n": expected.Round(1).String(), "least": leastExpected.String()}}
		return nil
	}
	q, ok := n[0].Quo(expected)
	if !ok {
		f.Absent = &Reason{Code: "zero", Args: map[string]any{"figure": cell.At(e.Set.whole).String()}}
		return nil
	}
	f.derived(q)
	return nil
}
