package indicator

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"onewindow/internal/decimal"
)

// Rule is a sort of relation that observations must stand in.
type Rule string

// The rules.
const (
	RuleSame       Rule = "same"       // one figure, stated twice, is one number
	RuleSource     Rule = "source"     // a figure is what its source of record says
	RuleParts      Rule = "parts"      // parts add up to their whole
	RuleMissing    Rule = "missing"    // of parts that make up a whole none is left out
	RuleRows       Rule = "rows"       // reporting units add up to the region
	RuleGroups     Rule = "groups"     // units of a group add up to it
	RuleAllocated  Rule = "allocated"  // groups, and cities without what stands beside them, add up to the region
	RuleSum        Rule = "sum"        // an indicator that is a sum is that sum
	RuleRatio      Rule = "ratio"      // a ratio is its numerator over its denominator
	RuleGrowth     Rule = "growth"     // growth follows from two levels
	RuleShare      Rule = "share"      // a share follows from a part and its whole
	RuleShares     Rule = "shares"     // shares of all parts add up to 100 but for rounding
	RuleRank       Rule = "rank"       // ranks follow from levels
	RuleBase       Rule = "base"       // growth leaves room for a base, a whole one where the unit is whole
	RuleBases      Rule = "bases"      // bases that the growth of parts implies add up to that of the whole, but for rounding
	RuleBound      Rule = "bound"      // a part of something is not more than it
	RuleDomain     Rule = "domain"     // the number can be one of its unit and view
	RuleUnit       Rule = "unit"       // the unit is that of the definition
	RuleBasis      Rule = "basis"      // the basis is that of the definition
	RuleVintage    Rule = "vintage"    // the denominator's day is that of the definition
	RuleDefinition Rule = "definition" // there is a definition, and it has these parts, rows and views
)

// exact are the rules that leave no room: a change beyond rounding is seen.
var exact = map[Rule]bool{
	RuleSame: true, RuleSource: true, RuleParts: true, RuleRows: true, RuleGroups: true, RuleSum: true,
	RuleRatio: true, RuleGrowth: true, RuleShare: true, RuleRank: true, RuleBases: true,
}

// Exact tells whether the rule fixes a number by others, but for rounding.
func (r Rule) Exact() bool { return exact[r] }

// Status says how a check came out.
type Status string

// The outcomes.
const (
	Passed    Status = "passed"
	Explained Status = "explained" // it does not hold, and a declared note or the scheme of units says why
	Open      Status = "open"      // it does not hold, and nothing says why
)

// Result is one check that was made.
type Result struct {
	Rule   Rule           `json:"rule"`
	Of     Ref            `json:"figure"` // the figure that is checked
	With   []Ref          `json:"with"`   // the others that it was checked with
	Status Status         `json:"status"`
	Stated decimal.Number `json:"stated"`          // the number that stands there
	Follow decimal.Number `json:"follows"`         // the number that follows from the others, where one does
	Slack  decimal.Number `json:"slack"`           // how far the two may lie apart by rounding
	Says   string         `json:"finding"`         // what is found: check.found.<Says> in the catalogues
	Text   string         `json:"about,omitempty"` // a unit, basis or code that it is about
	Note   *Note          `json:"note,omitempty"`  // what explains it
	Where  string         `json:"where,omitempty"` // where the observation stands

	Leftover bool `json:"leftover,omitempty"` // the parts are examples, and the whole is more than they
}

// Difference returns what is stated less what follows.
func (r *Result) Difference() decimal.Number { return r.Stated.Sub(r.Follow) }

// Note is a declared explanation of something that does not add up. It explains one
// difference and no other: should the numbers change, it no longer fits.
type Note struct {
	ID         string            `yaml:"id" json:"id"`
	Rule       Rule              `yaml:"rule" json:"-"`
	Figure     string            `yaml:"figure" json:"-"`     // as ParseRef reads it; without parts, region or period it fits all
	Difference *decimal.Number   `yaml:"difference" json:"-"` // stated less what follows; nil where the rule has none
	Stated     string            `yaml:"stated" json:"-"`     // the unit, basis or day that stands there, where the rule is about one
	Text       map[string]string `yaml:"text" json:"text"`
}

// Check makes every check that the definitions declare over a book. Figures that the
// sources of record hold are compared with them; sources may be nil. Results come in
// the order of indicators and figures.
func (s *Set) Check(b, sources *Book, notes []*Note) []Result {
	c := &checking{set: s, book: b, sources: sources, notes: notes, once: map[Ref]bool{}}
	c.index()
	for i := range b.all {
		c.observation(&b.all[i])
	}
	for _, d := range s.Definitions {
		for _, r := range c.levels[d.ID] {
			c.level(d, r)
		}
		for _, r := range c.views[d.ID] {
			c.view(d, r)
		}
		c.wholes(d)
	}
	for i := range c.results {
		c.explain(&c.results[i])
	}
	return c.results
}

type checking struct {
	set     *Set
	book    *Book
	sources *Book
	notes   []*Note
	once    map[Ref]bool     // wholes whose shares are checked
	levels  map[string][]Ref // by indicator: figures in view Level, each once
	views   map[string][]Ref // and in other views
	results []Result
}

func (c *checking) index() {
	c.levels, c.views = map[string][]Ref{}, map[string][]Ref{}
	for r := range c.book.first {
		if r.View == Level {
			c.levels[r.Indicator] = append(c.levels[r.Indicator], r)
		} else {
			c.views[r.Indicator] = append(c.views[r.Indicator], r)
		}
	}
	for _, m := range []map[string][]Ref{c.levels, c.views} {
		for _, list := range m {
			slices.SortFunc(list, compareRefs)
		}
	}
}

func compareRefs(a, b Ref) int {
	return cmp.Or(
		strings.Compare(a.Indicator, b.Indicator), strings.Compare(a.Period.String(), b.Period.String()),
		strings.Compare(a.Region, b.Region), strings.Compare(string(a.Parts), string(b.Parts)), strings.Compare(string(a.View), string(b.View)),
	)
}

// add takes a result whose status follows from whether it holds.
func (c *checking) add(r Result, holds bool) {
	r.Status = Passed
	if !holds {
		r.Status = Open
	}
	if o := c.book.Get(r.Of); o != nil && r.Where == "" {
		r.Where = o.Where
	}
	c.results = append(c.results, r)
}

// equal adds the result of comparing what is stated with what follows from others.
func (c *checking) equal(rule Rule, of Ref, with []Ref, follows decimal.Number) {
	o := c.book.Get(of)
	holds := o.Value.Equal(follows) || c.qualified(of, with, follows)
	c.add(Result{Rule: rule, Of: of, With: with, Stated: o.Value, Follow: follows, Says: string(rule)}, holds)
}

// qualified tells whether a sum can hold where one of its numbers is a bound: parts
// of which one is more than its number leave the whole at least their sum.
func (c *checking) qualified(of Ref, with []Ref, follows decimal.Number) bool {
	up, down := false, false // what follows may be more, or less
	for _, r := range with {
		if o := c.book.Get(r); o != nil {
			up, down = up || o.Qualifier == MoreThan, down || o.Qualifier == Nearly
		}
	}
	o := c.book.Get(of)
	up, down = up || o.Qualifier == Nearly, down || o.Qualifier == MoreThan
	sign := o.Value.Cmp(follows)
	return sign > 0 && up || sign < 0 && down
}

// explain looks for a note that explains an open result.
func (c *checking) explain(r *Result) {
	if r.Status != Open {
		return
	}
	for _, n := range c.notes {
		if n.fits(r) {
			r.Status, r.Note = Explained, n
			return
		}
	}
}

// fits tells whether the note explains a result.
func (n *Note) fits(r *Result) bool {
	if n.Rule != r.Rule || n.Stated != r.Text || n.Difference != nil && !n.Difference.Equal(r.Difference()) {
		return false
	}
	of, err := ParseRef(n.Figure)
	return err == nil && of.covers(r.Of)
}

// covers tells whether x is the figure, or one of those that it leaves open.
func (r Ref) covers(x Ref) bool {
	return r.Indicator == x.Indicator && r.View == x.View &&
		(r.Parts == "" || r.Parts == x.Parts) && (r.Region == "" || r.Region == x.Region) && (r.Period == Period{} || r.Period == x.Period)
}

// sum returns the sum of the figures that are stated and those that are not.
func (c *checking) sum(refs []Ref) (total decimal.Number, there, missing []Ref) {
	for _, r := range refs {
		if o := c.book.Get(r); o != nil {
			total, there = total.Add(o.Value), append(there, r)
		} else {
			missing = append(missing, r)
		}
	}
	return total, there, missing
}

// wholes checks, for every whole of which something is stated, parts and rows.
func (c *checking) wholes(d *Definition) {
	parts, rows := map[Ref]*Dimension{}, map[Ref]bool{}
	type whole struct {
		ref       Ref
		dimension string
	}
	seen := map[whole]bool{}
	for _, r := range c.levels[d.ID] {
		for i := range d.Dimensions {
			m := &d.Dimensions[i]
			if w := (whole{r.Of(r.Parts.Without(m.ID)), m.ID}); m.Parts != Loose && r.Parts.Get(m.ID) != "" && !seen[w] {
				seen[w] = true
				parts[w.ref] = m
				c.parts(d, m, w.ref)
			}
		}
		if sc := c.set.Schemes[d.Rows]; sc != nil && r.Region != sc.Whole && !d.Sparse {
			rows[r.At(sc.Whole)] = true
		}
	}
	for _, w := range slices.SortedFunc(maps.Keys(rows), compareRefs) {
		if d.Of != nil {
			c.complete(c.set.Schemes[d.Rows], w)
		} else {
			c.rows(c.set.Schemes[d.Rows], w)
		}
	}
}

// parts checks the parts of a whole along a dimension.
func (c *checking) parts(d *Definition, m *Dimension, whole Ref) {
	var refs []Ref
	for _, code := range c.set.Codelists[m.Codelist].Codes {
		refs = append(refs, whole.Of(whole.Parts.With(m.ID, code.ID)))
	}
	total, there, missing := c.sum(refs)
	if m.Parts == Exhaustive && len(missing) > 0 {
		c.add(Result{Rule: RuleMissing, Of: missing[0], With: there, Says: "missing"}, len(there) < 2 && !c.book.Has(whole))
		return
	}
	if c.book.Has(whole) {
		c.equal(RuleParts, whole, there, total)
		last := &c.results[len(c.results)-1]
		last.Leftover = m.Parts == Including && last.Difference().Sign() > 0
	}
	c.impliedParts(whole, refs)
}

// atEach returns the figure for each of several regions.
func (r Ref) atEach(codes []string) []Ref {
	out := make([]Ref, 0, len(codes))
	for _, code := range codes {
		out = append(out, r.At(code))
	}
	return out
}

// complete checks that no reporting unit is left out, and no group where one is
// stated. It tells whether all units are there.
func (c *checking) complete(sc *Scheme, whole Ref) bool {
	_, rows, missing := c.sum(whole.atEach(sc.Rows))
	_, groups, without := c.sum(whole.atEach(slices.Sorted(maps.Keys(sc.Groups))))
	if len(rows) > 0 {
		for _, r := range missing {
			c.add(Result{Rule: RuleMissing, Of: r, With: rows, Says: "missing"}, false)
		}
	}
	if len(groups) > 0 {
		for _, r := range without {
			c.add(Result{Rule: RuleMissing, Of: r, With: groups, Says: "missing"}, false)
		}
	}
	return len(missing) == 0
}

// rows checks the reporting units of a region, its groups, and what both leave over.
func (c *checking) rows(sc *Scheme, whole Ref) {
	all := c.complete(sc, whole)
	total, with, _ := c.sum(whole.atEach(sc.Rows))
	if len(with) == 0 {
		return
	}
	var other decimal.Number
	if o := c.book.Get(whole.At(sc.Other)); sc.Other != "" && o != nil {
		other, with = o.Value, append(with, o.Ref)
	}
	if all && c.book.Has(whole) {
		c.equal(RuleRows, whole, with, total.Add(other))
	}
	c.groups(sc, whole, other)
	if len(sc.Beside) > 0 && c.book.Has(whole) {
		c.beside(sc, whole, other)
	}
}

// groups checks each group against its members, and all groups against the region.
func (c *checking) groups(sc *Scheme, whole Ref, other decimal.Number) {
	codes := slices.Sorted(maps.Keys(sc.Groups))
	for _, code := range codes {
		if total, there, missing := c.sum(whole.atEach(sc.Groups[code])); len(missing) == 0 && c.book.Has(whole.At(code)) {
			c.equal(RuleGroups, whole.At(code), there, total)
		}
	}
	if total, all, missing := c.sum(whole.atEach(codes)); len(all) > 0 && len(missing) == 0 && c.book.Has(whole) {
		c.allocated(whole, all, total, other, "unallocated")
	}
}

// beside checks the cities alone against the region: what lacks are the units that
// stand beside their city.
func (c *checking) beside(sc *Scheme, whole Ref, other decimal.Number) {
	cities := slices.DeleteFunc(slices.Clone(sc.Rows), func(code string) bool { return slices.Contains(sc.Beside, code) })
	total, there, missing := c.sum(whole.atEach(cities))
	counties, _, gone := c.sum(whole.atEach(sc.Beside))
	if len(missing)+len(gone) == 0 {
		c.allocated(whole, there, total, counties.Add(other), "beside")
	}
}

// allocated compares a region with units that leave something over, which is
// explained where it is just what lies in no unit.
func (c *checking) allocated(whole Ref, with []Ref, total, over decimal.Number, says string) {
	o := c.book.Get(whole)
	r := Result{Rule: RuleAllocated, Of: whole, With: with, Follow: total, Says: says, Where: o.Where, Stated: o.Value, Status: Open}
	switch left := o.Value.Sub(total); {
	case left.Sign() == 0:
		r.Status = Passed
	case left.Equal(over):
		r.Status = Explained
	}
	c.results = append(c.results, r)
}
