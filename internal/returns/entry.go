package returns

import (
	"slices"
	"strings"

	"onewindow/internal/decimal"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
)

// Limits of a return.
const (
	maxText   = 2000 // bytes of a note or a reason
	maxValues = MaxCells
)

// Problem is what is wrong with one number of a return, with its place and what to do.
type Problem struct {
	Row    int    // in the file, from 1; 0 where the return was typed in
	Column string // head of the column
	Ref    indicator.Ref
	Code   string // returns.problem.<Code> in the catalogues, which says what to do
	Args   ierr.Args
}

// Problems refuse a return as a whole.
type Problems []Problem

// Error lists the first problems.
func (p Problems) Error() string {
	var b strings.Builder
	for i, x := range p {
		if i == 5 {
			b.WriteString("; …")
			break
		}
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(x.Ref.String() + ": " + x.Code)
	}
	return b.String()
}

// Check looks at a return as it is entered: whether each number is one that the form
// asks for and can be, whether parts fit their wholes, and whether what changed much
// against the period before is explained. before are the numbers of that period,
// none where there are none. It returns everything that is wrong.
func Check(set *indicator.Set, f *Form, r *Return, before []Value) Problems {
	c := &entry{set: set, form: f, r: r}
	c.header()
	c.figures()
	c.changes(before)
	c.relations()
	return c.out
}

type entry struct {
	set  *indicator.Set
	form *Form
	r    *Return
	out  Problems
}

func (c *entry) add(ref indicator.Ref, code string, args ierr.Args) {
	c.out = append(c.out, Problem{Ref: ref, Code: code, Args: args})
}

func (c *entry) header() {
	if !c.form.Of(c.r.Period) {
		c.add(indicator.Ref{}, "period", ierr.Args{"period": c.r.Period.String()})
	}
	if c.r.CutOff < c.r.Period.Last() {
		c.add(indicator.Ref{}, "cut_off", ierr.Args{"day": c.r.CutOff.String(), "last": c.r.Period.Last().String()})
	}
	if c.r.Revision > 1 && strings.TrimSpace(c.r.Reason) == "" {
		c.add(indicator.Ref{}, "revision_reason", nil)
	}
	for _, text := range []string{c.r.Reason, c.r.Note, c.r.Source} {
		if len(text) > maxText {
			c.add(indicator.Ref{}, "text", ierr.Args{"limit": maxText})
		}
	}
}

// figures checks that each number is asked for once and is possible, and that what
// is required is there.
func (c *entry) figures() {
	if len(c.r.Values) > maxValues {
		c.add(indicator.Ref{}, "too_many", ierr.Args{"limit": maxValues})
		return
	}
	seen := map[indicator.Ref]bool{}
	for _, v := range c.r.Values {
		switch at := c.form.cell(v.Ref); {
		case at < 0 || v.Ref.Period != c.r.Period:
			c.add(v.Ref, "not_asked", ierr.Args{"figure": v.Ref.String()})
		case seen[v.Ref]:
			c.add(v.Ref, "twice", nil)
		case !slices.Contains(indicator.Qualifiers, v.Qualifier):
			c.add(v.Ref, "qualifier", ierr.Args{"qualifier": string(v.Qualifier)})
		case len(v.Note) > maxText || len(v.Reason) > maxText:
			c.add(v.Ref, "text", ierr.Args{"limit": maxText})
		}
		seen[v.Ref] = true
	}
	for _, cell := range c.form.Cells {
		if r := cell.Ref.In(c.r.Period); cell.Required && !seen[r] {
			c.add(r, "lacks", nil)
		}
	}
}

// changes asks for a reason where a level changed beyond the form's bound.
func (c *entry) changes(before []Value) {
	if c.form.Change.Sign() == 0 {
		return
	}
	old := map[indicator.Ref]decimal.Number{}
	for _, v := range before {
		old[v.Ref.In(c.r.Period)] = v.Value
	}
	for _, v := range c.r.Values {
		was, ok := old[v.Ref]
		if !ok || v.Ref.View != indicator.Level || strings.TrimSpace(v.Reason) != "" || was.Sign() == 0 {
			continue
		}
		grown, _ := v.Value.Sub(was).Mul(decimal.Of(100)).Quo(was)
		if grown.Sign() < 0 {
			grown = grown.Neg()
		}
		if grown.Cmp(c.form.Change) > 0 {
			c.add(v.Ref, "change", ierr.Args{"percent": grown.Text(1), "bound": c.form.Change.String(), "before": was.Text(v.Places)})
		}
	}
}

// relations applies the checks of the definitions to the numbers of the return.
func (c *entry) relations() {
	book := indicator.NewBook(c.r.Book(c.set))
	for _, x := range c.set.Check(book, nil, nil) {
		if x.Status != indicator.Open || x.Rule == indicator.RuleMissing && c.form.cell(x.Of) < 0 {
			continue
		}
		// What is left over of parts that are examples is no fault of the return.
		if x.Rule == indicator.RuleParts && x.Leftover {
			continue
		}
		c.add(x.Of, "check."+string(x.Rule), ierr.Args{"stated": x.Stated.String(), "follows": x.Follow.String(), "difference": x.Difference().String()})
	}
}
