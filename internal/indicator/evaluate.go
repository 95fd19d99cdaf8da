package indicator

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/decimal"
	"onewindow/internal/region"
)

// Count says how an indicator is counted from records.
type Count struct {
	Query string            `yaml:"query"` // what is counted, in the query language
	Since string            `yaml:"since"` // the period from which on the register is the source of record; empty: always
	Day   string            `yaml:"day"`   // of a flow: the field of the day that falls within the period
	Force bool              `yaml:"force"` // of a stock: rights in force at the period's end
	By    map[string]string `yaml:"by"`    // dimension of the indicator: dimension of counts
}

// Tally is a table of counts.
type Tally struct {
	State   int64
	Rows    []TallyRow
	Covered []int64 // the declarations by which the count is complete
	Gap     *Reason // why the count is no figure: no source declares that it is complete; nil where it is
}

// TallyRow is one row: codes in the order in which they were asked for, the region
// first.
type TallyRow struct {
	Codes []string
	N     int64
}

// Counter counts records, all in one state of the register.
type Counter interface {
	// Tally counts rights of a query by region, to the county where asked, and by
	// other dimensions of counts. Within the whole region only; what lies in it and
	// in no city has the code of the pack's Other.
	Tally(ctx context.Context, query string, on date.Date, counties bool, by []string) (Tally, error)
	State() int64
}

// Reporter knows what bodies report, as of one approval.
type Reporter interface {
	// Reported returns the number that counts for a figure, and the return it is
	// from; nil where none does.
	Reported(Ref) (o *Observation, id int64, source string)
	Approval() int64
}

// Residents returns how many people live in a unit or group on a day, in tens of
// thousands, and where that was printed; false where it is not known.
type Residents func(region string, on date.Date) (n decimal.Number, source string, ok bool)

// Evaluator makes figures of one state of the register and of the returns. It keeps
// what it has counted, so it is made for one piece of work, and used by one goroutine.
type Evaluator struct {
	Set       *Set
	Counter   Counter  // nil where there is no register
	Reporter  Reporter // nil where there are no returns
	Residents Residents
	Parent    func(region string) string // the unit above, see region.Pack.Parent
	City      func(region string) string // see region.Pack.City
	Sample    bool

	done    map[Ref]*Figure
	tallies map[tallied]*Tally
}

// NewEvaluator returns an evaluator with the region's own data, without register and
// returns.
func NewEvaluator(set *Set, pack *region.Pack) *Evaluator {
	return &Evaluator{
		Set: set, Parent: pack.Parent, City: pack.City,
		Residents: func(code string, on date.Date) (decimal.Number, string, bool) {
			persons, vintage, ok := pack.Population(code, on)
			n, _ := decimal.Of(persons).Quo(decimal.Of(10_000))
			return n, pack.PopulationSource(vintage), ok && vintage == on
		},
	}
}

type tallied struct {
	indicator string
	period    Period
}

// Figure evaluates a figure. A figure that there is not is one whose Absent says why;
// an error is one of the register.
func (e *Evaluator) Figure(ctx context.Context, r Ref) (*Figure, error) {
	if f := e.done[r]; f != nil {
		return f, nil
	}
	if e.done == nil {
		e.done, e.tallies = map[Ref]*Figure{}, map[tallied]*Tally{}
	}
	f, err := e.evaluate(ctx, r)
	if err != nil {
		return nil, err
	}
	if e.Counter != nil {
		f.State = e.Counter.State()
	}
	if e.Reporter != nil {
		f.Approval = e.Reporter.Approval()
	}
	f.Sample = e.Sample
	e.done[r] = f
	return f, nil
}

func (e *Evaluator) evaluate(ctx context.Context, r Ref) (*Figure, error) {
	d := e.Set.byID[r.Indicator]
	f := &Figure{Ref: r}
	if what := e.Set.Unknown(r); what != "" {
		f.Absent = &Reason{Code: "unknown", Args: map[string]any{"what": what}}
		return f, nil
	}
	f.Unit, f.Places, f.Definition = d.UnitOf(r.View), d.places(r.View), d.Hash()
	switch r.View {
	case Level:
		return f, e.level(ctx, d, f)
	case NationalRank:
		e.reported(f)
		return f, nil
	}
	if err := e.derive(ctx, d, f); err != nil || f.Value != nil {
		return f, err
	}
	if slices.Contains(d.Reported, r.View) {
		why := f.Absent
		if e.reported(f); f.Value == nil {
			f.Absent = why
		}
		f.Reported = f.Value != nil
	}
	return f, nil
}

// places returns with how many decimal places a view is published.
func (d *Definition) places(v View) int {
	switch v.Sort() {
	case Growth, Share, ShareChange, CAGR, CR, Quotient:
		return 2
	case Rank, NationalRank, HHI:
		return 0
	}
	return d.Places
}

// level evaluates the value itself, from its source of record.
func (e *Evaluator) level(ctx context.Context, d *Definition, f *Figure) error {
	switch {
	case d.Of != nil:
		return e.ratio(ctx, d, f)
	case len(d.Sum) > 0 && f.Ref.Parts == "":
		return e.total(ctx, d, f)
	case d.FromPack():
		e.residents(d, f)
		return nil
	case d.ofRecord(f.Ref.Period) && e.Counter != nil:
		if err := e.count(ctx, d, f); err != nil || f.Value != nil {
			return err
		}
	}
	why := f.Absent
	if e.reported(f); f.Value != nil {
		return nil
	}
	if err := e.members(ctx, d, f); err != nil || f.Value != nil {
		return err
	}
	if x := d.absence(f.Ref, e.Set); x != nil {
		why = &Reason{Code: "definition", Text: x.Reason}
	}
	if why != nil {
		f.Absent = why
	}
	return nil
}

// ofRecord tells whether the register is the source of record for a period.
func (d *Definition) ofRecord(p Period) bool {
	return d.Count != nil && (d.Count.Since == "" || p.String() >= d.Count.Since)
}

// Beside returns what another source than that of record says of a level: the return
// beside a count, the count beside a return. It is nil where there is no other.
func (e *Evaluator) Beside(ctx context.Context, f *Figure) (*Figure, error) {
	d := e.Set.byID[f.Ref.Indicator]
	if d == nil || d.Count == nil || f.Ref.View != Level {
		return nil, nil
	}
	other := &Figure{Ref: f.Ref, Unit: f.Unit, Places: f.Places, Definition: f.Definition, State: f.State, Approval: f.Approval, Sample: f.Sample}
	switch {
	case f.Origin == FromRegister:
		e.reported(other)
	case e.Counter != nil && !d.ofRecord(f.Ref.Period):
		if err := e.count(ctx, d, other); err != nil {
			return nil, err
		}
	}
	if other.Value == nil {
		return nil, nil
	}
	return other, nil
}

// absence returns why the definition says that a series is not there, nil where it
// says nothing of it.
func (d *Definition) absence(r Ref, s *Set) *Absence {
	for i := range d.Absent {
		x := &d.Absent[i]
		switch {
		case x.Dimension == "rows" && r.Region != s.whole,
			x.Dimension == "period" && x.within(r.Period),
			x.Dimension == "" && x.Period == r.Period.String():
			return x
		}
	}
	return nil
}

// within tells whether a period lies in the span of years that an absence names.
func (x *Absence) within(p Period) bool {
	var from, to int16
	if n, _ := fmt.Sscanf(x.Period, "%d-%d", &from, &to); n != 2 {
		return x.Period == p.String()
	}
	return p.Year >= from && p.Year <= to
}

// reported takes a number from a return.
func (e *Evaluator) reported(f *Figure) {
	f.Absent = &Reason{Code: "no_source"}
	if e.Reporter == nil {
		return
	}
	o, id, source := e.Reporter.Reported(f.Ref)
	if o == nil {
		f.Absent = &Reason{Code: "not_reported"}
		return
	}
	v := o.Value
	f.Value, f.Qualifier, f.Origin, f.Return, f.Source, f.Absent = &v, o.Qualifier, FromReturn, id, source, nil
}

// residents takes the population from the region's own data.
func (e *Evaluator) residents(d *Definition, f *Figure) {
	day := d.VintageOf(f.Ref.Period)
	f.Absent = &Reason{Code: "residents", Args: map[string]any{"day": day.String()}}
	if e.Residents == nil {
		return
	}
	if n, source, ok := e.Residents(f.Ref.Region, day); ok {
		f.Value, f.Origin, f.Source, f.Vintage, f.Absent = &n, FromPack, source, day, nil
	}
}

// need evaluates figures that another one rests on. It returns nil where one has no
// exact number, and says so in f.
func (e *Evaluator) need(ctx context.Context, f *Figure, refs ...Ref) ([]decimal.Number, error) {
	out := make([]decimal.Number, 0, len(refs))
	inputs := make([]*Figure, 0, len(refs))
	for _, r := range refs {
		x, err := e.Figure(ctx, r)
		if err != nil {
			return nil, err
		}
		if x.Value == nil {
			f.Absent = &Reason{Code: "input", Args: map[string]any{"figure": r.String()}}
			return nil, nil
		}
		if x.Qualifier == MoreThan || x.Qualifier == Nearly {
			f.Absent = &Reason{Code: "bound", Args: map[string]any{"figure": r.String()}}
			return nil, nil
		}
		inputs, out = append(inputs, x), append(out, *x.Value)
	}
	f.Inputs = inputs
	return out, nil
}

// derived gives a figure its number.
func (f *Figure) derived(n decimal.Number) { f.Value, f.Origin, f.Absent = &n, Derived, nil }

func (e *Evaluator) ratio(ctx context.Context, d *Definition, f *Figure) error {
	of := d.Of
	denominator := Ref{Indicator: of.Denominator, Region: f.Ref.Region, Period: f.Ref.Period}
	n, err := e.need(ctx, f, Ref{Indicator: of.Numerator, Parts: f.Ref.Parts, Region: f.Ref.Region, Period: f.Ref.Period}, denominator)
	if err != nil || n == nil {
		return err
	}
	q, ok := n[0].Mul(decimal.Of(of.Times)).Quo(n[1])
	if !ok {
		f.Absent = &Reason{Code: "zero", Args: map[string]any{"figure": denominator.String()}}
		return nil
	}
	f.derived(q)
	f.Vintage = e.done[denominator].Vintage
	return nil
}

// total adds up the indicators that one is the sum of.
func (e *Evaluator) total(ctx context.Context, d *Definition, f *Figure) error {
	refs := make([]Ref, 0, len(d.Sum))
	for _, id := range d.Sum {
		refs = append(refs, Ref{Indicator: id, Region: f.Ref.Region, Period: f.Ref.Period})
	}
	return e.add(ctx, f, refs)
}

func (e *Evaluator) add(ctx context.Context, f *Figure, refs []Ref) error {
	n, err := e.need(ctx, f, refs...)
	if err != nil || n == nil {
		return err
	}
	var sum decimal.Number
	for _, x := range n {
		sum = sum.Add(x)
	}
	f.derived(sum)
	return nil
}

// members adds up what a group or a whole is made of, where that is reported.
func (e *Evaluator) members(ctx context.Context, d *Definition, f *Figure) error {
	sc := e.Set.Schemes[d.Rows]
	if sc == nil || d.Sparse {
		return nil
	}
	why := f.Absent
	codes := sc.Groups[f.Ref.Region]
	if f.Ref.Region == sc.Whole && len(sc.Rows) > 0 {
		codes = sc.Rows
	}
	if len(codes) == 0 {
		return nil
	}
	err := e.add(ctx, f, f.Ref.atEach(codes))
	if f.Value == nil {
		f.Absent = why
	}
	return err
}

// count takes a number out of the table of counts of its indicator and period.
func (e *Evaluator) count(ctx context.Context, d *Definition, f *Figure) error {
	t, dims, err := e.tally(ctx, d, f.Ref.Period)
	if err != nil {
		return err
	}
	f.Query, f.On = e.query(d, f.Ref), f.Ref.Period.Last()
	if t.Gap != nil {
		f.Absent = t.Gap
		return nil
	}
	f.Covered = t.Covered
	sc := e.Set.Schemes[d.Rows]
	n := int64(0)
	for _, row := range t.Rows {
		if !e.lies(sc, row.Codes[0], f.Ref.Region) {
			continue
		}
		fits := true
		for i, dim := range dims {
			if want := f.Ref.Parts.Get(dim); want != "" && row.Codes[i+1] != want {
				fits = false
			}
		}
		if fits {
			n += row.N
		}
	}
	v := decimal.Of(n)
	f.Value, f.Origin, f.Absent = &v, FromRegister, nil
	return nil
}

// lies tells whether a unit counts under a region: a city's row leaves out what is
// reported beside it.
func (e *Evaluator) lies(sc *Scheme, unit, region string) bool {
	if sc == nil || region == e.Set.whole || region == unit {
		return true
	}
	if sc.Groups[region] != nil {
		return slices.Contains(sc.Groups[region], e.City(unit))
	}
	if unit == sc.Other || slices.Contains(sc.Beside, unit) {
		return false
	}
	if slices.Contains(sc.Beside, region) {
		return e.Parent(unit) == region
	}
	return e.City(unit) == region
}

// tally counts an indicator for a period, once. It returns the indicator's dimensions
// in the order of the table's.
func (e *Evaluator) tally(ctx context.Context, d *Definition, p Period) (*Tally, []string, error) {
	var dims, by []string
	for i := range d.Dimensions {
		if field := d.Count.By[d.Dimensions[i].ID]; field != "" {
			dims, by = append(dims, d.Dimensions[i].ID), append(by, field)
		}
	}
	k := tallied{d.ID, p}
	if t := e.tallies[k]; t != nil {
		return t, dims, nil
	}
	sc := e.Set.Schemes[d.Rows]
	t, err := e.Counter.Tally(ctx, d.period(p), p.Last(), sc != nil && len(sc.Beside) > 0, by)
	if err != nil {
		return nil, nil, err
	}
	e.tallies[k] = &t
	return &t, dims, nil
}

// period returns the query that is counted for a period.
func (d *Definition) period(p Period) string {
	q := d.Count.Query
	if strings.Contains(q, " or ") { // which binds less than and
		q = "(" + q + ")"
	}
	switch {
	case d.Count.Force:
		q = join(q, "force="+p.Last().String())
	case d.Count.Day != "":
		q = join(q, fmt.Sprintf(`%s within "%s %s"`, d.Count.Day, p.First(), p.Last()))
	}
	return q
}

// query returns the query that lists what a figure counts.
func (e *Evaluator) query(d *Definition, r Ref) string {
	q := d.period(r.Period)
	for dim, code := range r.Parts.All {
		if field := d.Count.By[dim]; field != "" {
			q = join(q, field+"="+code)
		}
	}
	q = join(q, "region="+r.Region)
	if sc := e.Set.Schemes[d.Rows]; sc != nil && slices.Contains(sc.Rows, r.Region) {
		for _, code := range sc.Beside {
			if code != r.Region && e.City(code) == r.Region {
				q += " and not region=" + code
			}
		}
	}
	return q
}

func join(a, b string) string {
	if strings.TrimSpace(a) == "" {
		return b
	}
	return a + " and " + b
}
