package indicator

import (
	"onewindow/internal/decimal"
)

var (
	hundred = decimal.Of(100)
	one     = decimal.Of(1)
)

// observation checks what one observation says of itself.
func (c *checking) observation(o *Observation) {
	d := c.set.byID[o.Ref.Indicator]
	if d == nil {
		c.add(Result{Rule: RuleDefinition, Of: o.Ref, Says: "no_definition", Text: o.Ref.Indicator}, false)
		return
	}
	if what := c.set.Unknown(o.Ref); what != "" {
		c.add(Result{Rule: RuleDefinition, Of: o.Ref, Says: "unknown_part", Text: what}, false)
	}
	if o.Unit != "" {
		c.add(Result{Rule: RuleUnit, Of: o.Ref, Says: "unit", Text: o.Unit, Stated: o.Value}, o.Unit == d.UnitOf(o.Ref.View))
	}
	if o.Basis != "" {
		c.add(Result{Rule: RuleBasis, Of: o.Ref, Says: "basis", Text: o.Basis, Stated: o.Value}, o.Basis == d.Basis)
	}
	c.vintage(d, o)
	c.add(Result{Rule: RuleDomain, Of: o.Ref, Says: "domain", Stated: o.Value, Where: o.Where}, c.possible(d, o))
	c.source(o)
	if first := c.book.Get(o.Ref); first != o {
		c.add(Result{Rule: RuleSame, Of: o.Ref, With: []Ref{o.Ref}, Says: "same", Stated: o.Value, Follow: first.Value, Text: first.Where},
			first.Value.Equal(o.Value) && first.Qualifier == o.Qualifier)
	}
}

// vintage checks the day of a denominator. One that is not the period's end is
// explained by the definition that names it.
func (c *checking) vintage(d *Definition, o *Observation) {
	if o.Vintage == 0 {
		return
	}
	if d.Of != nil {
		d = c.set.byID[d.Of.Denominator]
	}
	day := d.VintageOf(o.Ref.Period)
	c.add(Result{Rule: RuleVintage, Of: o.Ref, Says: "vintage", Text: o.Vintage.String(), Stated: o.Value, Where: o.Where}, o.Vintage == day)
	if last := &c.results[len(c.results)-1]; last.Status == Passed && day != o.Ref.Period.Last() {
		last.Status = Explained
	}
}

// source compares an observation with what the source of record says, rounded as
// the observation is.
func (c *checking) source(o *Observation) {
	if c.sources == nil {
		return
	}
	if s := c.sources.Get(o.Ref); s != nil {
		c.add(Result{Rule: RuleSource, Of: o.Ref, Says: "source", Stated: o.Value, Follow: s.Value, Text: s.Where, Where: o.Where},
			o.Value.Equal(s.Value) || o.Value.Equal(s.Value.Round(o.Places)))
	}
}

// possible tells whether a number can be one of its unit and view.
func (c *checking) possible(d *Definition, o *Observation) bool {
	v := o.Value
	switch o.Ref.View {
	case Growth:
		return v.Cmp(hundred.Neg()) >= 0
	case Share:
		return v.Sign() >= 0 && v.Cmp(hundred) <= 0
	case ShareChange:
		return v.Cmp(hundred.Neg()) >= 0 && v.Cmp(hundred) <= 0
	case Rank, NationalRank:
		return v.Whole() && v.Sign() > 0
	case Change:
		return !c.set.Units[d.Unit].Whole || v.Whole()
	}
	u := c.set.Units[d.Unit]
	return (u.Sign || v.Sign() >= 0) && (!u.Whole || v.Whole())
}

// level checks what a level is tied to besides its parts and rows.
func (c *checking) level(d *Definition, r Ref) {
	if d.Of != nil {
		c.ratio(d, r)
	}
	if len(d.Sum) > 0 {
		refs := make([]Ref, 0, len(d.Sum))
		for _, id := range d.Sum {
			refs = append(refs, Ref{Indicator: id, Region: r.Region, Period: r.Period})
		}
		if total, there, missing := c.sum(refs); r.Parts == "" && len(missing) == 0 {
			c.equal(RuleSum, r, there, total)
		} else if r.Parts == "" && len(there) > 0 {
			c.add(Result{Rule: RuleMissing, Of: missing[0], With: []Ref{r}, Says: "missing"}, false)
		}
	}
	for _, id := range d.AtMost {
		most := Ref{Indicator: id, Parts: r.Parts, Region: r.Region, Period: r.Period}
		if !c.book.Has(most) {
			most.Parts = ""
		}
		if m := c.book.Get(most); m != nil {
			c.add(Result{Rule: RuleBound, Of: r, With: []Ref{most}, Follow: m.Value, Says: "bound"}, c.book.Get(r).Value.Cmp(m.Value) <= 0)
		}
	}
}

// ratio checks a ratio against what it is of.
func (c *checking) ratio(d *Definition, r Ref) {
	n := Ref{Indicator: d.Of.Numerator, Parts: r.Parts, Region: r.Region, Period: r.Period}
	m := Ref{Indicator: d.Of.Denominator, Region: r.Region, Period: r.Period}
	top, bottom := c.book.Get(n), c.book.Get(m)
	if top == nil || bottom == nil {
		return
	}
	q, ok := top.Value.Mul(decimal.Of(d.Of.Times)).Quo(bottom.Value)
	if !ok {
		c.add(Result{Rule: RuleRatio, Of: r, With: []Ref{n, m}, Says: "zero"}, false)
		return
	}
	c.equal(RuleRatio, r, []Ref{n, m}, q.Round(d.Places))
}

// view checks a derived number against the levels that it follows from.
func (c *checking) view(d *Definition, r Ref) {
	level := r.Seen(Level)
	prior := level.In(r.Period.Prior())
	now, before := c.book.Get(level), c.book.Get(prior)
	o := c.book.Get(r)
	switch r.View {
	case Growth:
		if now != nil && before != nil {
			if q, ok := now.Value.Quo(before.Value); ok {
				c.equal(RuleGrowth, r, []Ref{level, prior}, q.Sub(one).Mul(hundred).Round(o.Places))
			}
		} else if now != nil && before == nil {
			c.impliedWhole(d, r, now)
		}
	case Change:
		if now != nil && before != nil {
			c.equal(RuleGrowth, r, []Ref{level, prior}, now.Value.Sub(before.Value))
		}
	case Share:
		c.share(d, r, o)
	case Rank:
		c.rank(d, r)
	}
}

// share checks the share of a part in its whole.
func (c *checking) share(d *Definition, r Ref, o *Observation) {
	for i := range d.Dimensions {
		m := &d.Dimensions[i]
		if r.Parts.Get(m.ID) == "" {
			continue
		}
		part, whole := r.Seen(Level), r.Seen(Level).Of(r.Parts.Without(m.ID))
		x, y := c.book.Get(part), c.book.Get(whole)
		if x == nil || y == nil {
			continue
		}
		if q, ok := x.Value.Quo(y.Value); ok {
			c.equal(RuleShare, r, []Ref{part, whole}, q.Mul(hundred).Round(o.Places))
		}
		if w := whole.Seen(Share); m.Parts == Exhaustive && !c.once[w] {
			c.once[w] = true
			c.shares(m, r)
		}
	}
}

// shares checks that the shares of all parts make a hundred, but for rounding.
func (c *checking) shares(m *Dimension, r Ref) {
	var refs []Ref
	for _, code := range c.set.Codelists[m.Codelist].Codes {
		refs = append(refs, r.Of(r.Parts.With(m.ID, code.ID)))
	}
	total, there, missing := c.sum(refs)
	if len(missing) > 0 {
		c.add(Result{Rule: RuleMissing, Of: missing[0], With: there, Says: "missing"}, len(there) < 2)
		return
	}
	var slack decimal.Number
	for _, x := range there {
		slack = slack.Add(decimal.Half(c.book.Get(x).Places))
	}
	off := total.Sub(hundred)
	if off.Sign() < 0 {
		off = off.Neg()
	}
	c.add(Result{Rule: RuleShares, Of: there[0], With: there[1:], Stated: total, Follow: hundred, Slack: slack, Says: "shares"}, off.Cmp(slack) <= 0)
}

// rank checks a rank among the reporting units: one more than how many have more.
func (c *checking) rank(d *Definition, r Ref) {
	sc := c.set.Schemes[d.Rows]
	own := c.book.Get(r.Seen(Level))
	if sc == nil || own == nil {
		return
	}
	rank, with := int64(1), []Ref{own.Ref}
	for _, code := range sc.Rows {
		if x := c.book.Get(r.Seen(Level).At(code)); x != nil && code != r.Region {
			with = append(with, x.Ref)
			if x.Value.Cmp(own.Value) > 0 {
				rank++
			}
		}
	}
	c.equal(RuleRank, r, with, decimal.Of(rank))
}
