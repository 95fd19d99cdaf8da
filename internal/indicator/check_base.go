package indicator

import (
	"onewindow/internal/decimal"
)

// interval is a span of numbers, both ends included.
type interval struct{ low, high decimal.Number }

func (a interval) plus(b interval) interval { return interval{a.low.Add(b.low), a.high.Add(b.high)} }

func (a interval) meets(b interval) bool { return a.low.Cmp(b.high) <= 0 && b.low.Cmp(a.high) <= 0 }

// implied returns the span in which the level of the year before must lie, given a
// level and its rounded growth; ok is false where the growth is minus a hundred.
func implied(level, growth *Observation) (interval, bool) {
	half := decimal.Half(growth.Places)
	high, ok1 := level.Value.Quo(one.Add(growth.Value.Sub(half).Mul(percent)))
	low, ok2 := level.Value.Quo(one.Add(growth.Value.Add(half).Mul(percent)))
	if !ok1 || !ok2 || high.Cmp(low) < 0 {
		return interval{}, false
	}
	return interval{low, high}, true
}

var percent = decimal.Must("0.01")

// impliedWhole checks that a growth without a printed base leaves room for one: a
// whole number where the unit has only these.
func (c *checking) impliedWhole(d *Definition, growth Ref, now *Observation) {
	span, ok := implied(now, c.book.Get(growth))
	if !ok {
		c.add(Result{Rule: RuleBase, Of: growth, With: []Ref{now.Ref}, Says: "base_none"}, false)
		return
	}
	holds := true
	if c.set.Units[d.Unit].Whole {
		holds = span.high.Floor().Cmp(span.low) >= 0
	}
	c.add(Result{Rule: RuleBase, Of: growth, With: []Ref{now.Ref}, Says: "base_whole", Follow: span.low, Slack: span.high.Sub(span.low)}, holds)
}

// impliedParts checks that the bases that the growth of parts implies add up to one
// that the growth of the whole implies.
func (c *checking) impliedParts(whole Ref, parts []Ref) {
	level, growth := c.book.Get(whole), c.book.Get(whole.Seen(Growth))
	if level == nil || growth == nil || c.book.Has(whole.In(whole.Period.Prior())) {
		return
	}
	of, ok := implied(level, growth)
	if !ok {
		return
	}
	var total interval
	var with []Ref
	for _, p := range parts {
		x, g := c.book.Get(p), c.book.Get(p.Seen(Growth))
		if x == nil || g == nil {
			return
		}
		span, ok := implied(x, g)
		if !ok {
			return
		}
		total = total.plus(span)
		with = append(with, p, g.Ref)
	}
	c.add(Result{Rule: RuleBases, Of: growth.Ref, With: append(with, whole), Says: "base_parts", Follow: total.low, Slack: total.high.Sub(total.low)}, of.meets(total))
}
