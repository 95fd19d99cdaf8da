package indicator

import (
	"context"
	"slices"

	"onewindow/internal/decimal"
)

// derive computes a view from levels. Where one lacks, f says which.
func (e *Evaluator) derive(ctx context.Context, d *Definition, f *Figure) error {
	level := f.Ref.Seen(Level)
	prior := level.In(f.Ref.Period.Prior())
	switch f.Ref.View.Sort() {
	case Growth:
		n, err := e.need(ctx, f, level, prior)
		if err != nil || n == nil {
			return err
		}
		if q, ok := n[0].Quo(n[1]); ok {
			f.derived(q.Sub(one).Mul(hundred))
		} else {
			f.Absent = &Reason{Code: "zero", Args: map[string]any{"figure": prior.String()}}
		}
	case Change:
		n, err := e.need(ctx, f, level, prior)
		if err != nil || n == nil {
			return err
		}
		f.derived(n[0].Sub(n[1]))
	case Share:
		return e.share(ctx, d, f, f.Ref.Period)
	case ShareChange:
		return e.shareChange(ctx, f)
	case Rank:
		return e.rank(ctx, d, f)
	case CAGR:
		return e.compound(ctx, f)
	case HHI, CR:
		return e.concentration(ctx, d, f)
	case Quotient:
		return e.quotient(ctx, d, f)
	}
	return nil
}

// share computes the share of a part in its whole: along its one dimension, or, of a
// region, in the whole region.
func (e *Evaluator) share(ctx context.Context, d *Definition, f *Figure, p Period) error {
	part := f.Ref.Seen(Level).In(p)
	whole := part
	for i := range d.Dimensions {
		if id := d.Dimensions[i].ID; part.Parts.Get(id) != "" {
			whole = part.Of(part.Parts.Without(id))
		}
	}
	if whole == part {
		whole = part.At(e.Set.whole)
	}
	if whole == part {
		f.Absent = &Reason{Code: "whole"}
		return nil
	}
	n, err := e.need(ctx, f, part, whole)
	if err != nil || n == nil {
		return err
	}
	if q, ok := n[0].Quo(n[1]); ok {
		f.derived(q.Mul(hundred))
	} else {
		f.Absent = &Reason{Code: "zero", Args: map[string]any{"figure": whole.String()}}
	}
	return nil
}

func (e *Evaluator) shareChange(ctx context.Context, f *Figure) error {
	now := f.Ref.Seen(Share)
	n, err := e.need(ctx, f, now, now.In(f.Ref.Period.Prior()))
	if err != nil || n == nil {
		return err
	}
	f.derived(n[0].Sub(n[1]))
	return nil
}

// rank is one more than how many reporting units have more (competition ranking).
func (e *Evaluator) rank(ctx context.Context, d *Definition, f *Figure) error {
	sc := e.Set.Schemes[d.Rows]
	if sc == nil {
		f.Absent = &Reason{Code: "rows"}
		return nil
	}
	if !slices.Contains(sc.Rows, f.Ref.Region) {
		f.Absent = &Reason{Code: "unranked"}
		return nil
	}
	own := f.Ref.Seen(Level)
	n, err := e.need(ctx, f, append([]Ref{own}, own.atEach(sc.Rows)...)...)
	if err != nil || n == nil {
		return err
	}
	rank := int64(1)
	for _, x := range n[1:] {
		if x.Cmp(n[0]) > 0 {
			rank++
		}
	}
	f.derived(decimal.Of(rank))
	return nil
}
