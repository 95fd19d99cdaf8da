package returns

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"onewindow/internal/audit"
	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
)

// Store keeps returns. What it was told is on the disk when it returns.
type Store interface {
	// Returns calls fn with every return in the order of their ids.
	Returns(ctx context.Context, fn func(Return) error) error
	// PutReturn stores a return under its id, or under a new one when that is 0, and
	// the leaf of the act in one transaction, and returns the id.
	PutReturn(ctx context.Context, r Return, leaf audit.Leaf) (int64, error)
}

// Desk takes returns, has them signed, and knows which count.
type Desk struct {
	store Store
	set   *indicator.Set
	forms []*Form
	now   func() time.Time
	zone  *time.Location

	mu     sync.RWMutex
	all    []Return // by id
	number int64    // of the last approval
}

// Open reads every return.
func Open(ctx context.Context, store Store, set *indicator.Set, forms []*Form, now func() time.Time, zone *time.Location) (*Desk, error) {
	d := &Desk{store: store, set: set, forms: forms, now: now, zone: zone}
	err := store.Returns(ctx, func(r Return) error {
		d.all = append(d.all, r)
		d.number = max(d.number, r.Number)
		return nil
	})
	return d, err
}

// Forms returns all forms.
func (d *Desk) Forms() []*Form { return d.forms }

// Form returns a form. NotFound where there is none of that id.
func (d *Desk) Form(id string) (*Form, error) {
	for _, f := range d.forms {
		if f.ID == id {
			return f, nil
		}
	}
	return nil, ierr.New(ierr.NotFound, "returns.form_unknown", ierr.Args{"form": id})
}

// Return returns a return. NotFound where there is none.
func (d *Desk) Return(id int64) (*Return, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	i, ok := slices.BinarySearchFunc(d.all, id, func(r Return, id int64) int { return int(r.ID - id) })
	if !ok {
		return nil, ierr.New(ierr.NotFound, "returns.unknown", ierr.Args{"return": id})
	}
	r := d.all[i]
	return &r, nil
}

// All returns every return, by id.
func (d *Desk) All() []Return {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return slices.Clone(d.all)
}

// Latest returns the last period of a form that has ended.
func (d *Desk) Latest(f *Form) indicator.Period { return f.Latest(date.OfTime(d.now().In(d.zone))) }

// Number returns how many approvals there were: a figure that rests on returns names
// it, and can be evaluated again as of it.
func (d *Desk) Number() int64 {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.number
}

// Revisions returns all revisions of a form's return for a period, the first first.
func (d *Desk) Revisions(form string, p indicator.Period) []Return {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var out []Return
	for _, r := range d.all {
		if r.Form == form && r.Period == p {
			out = append(out, r)
		}
	}
	return out
}

// Standing returns the revisions that count as of an approval: of each form and
// period the last approved. Zero means now.
func (d *Desk) Standing(number int64) []Return {
	d.mu.RLock()
	defer d.mu.RUnlock()
	type key struct {
		form   string
		period indicator.Period
	}
	last := map[key]int{}
	for i, r := range d.all {
		if r.Status != Approved || number > 0 && r.Number > number {
			continue
		}
		k := key{r.Form, r.Period}
		if at, ok := last[k]; !ok || d.all[at].Number < r.Number {
			last[k] = i
		}
	}
	out := make([]Return, 0, len(last))
	for i, r := range d.all {
		if at, ok := last[key{r.Form, r.Period}]; ok && at == i {
			out = append(out, r)
		}
	}
	return out
}

// standing returns the numbers that count for a form and period, none if none do.
func (d *Desk) standing(form string, p indicator.Period) []Value {
	for _, r := range d.Standing(0) {
		if r.Form == form && r.Period == p {
			return r.Values
		}
	}
	return nil
}

// Prepare takes a return from who prepared it, who signs it thereby. It is refused as
// a whole, with Problems, where anything in it is wrong. While another revision waits
// for approval there is Conflict.
func (d *Desk) Prepare(ctx context.Context, r Return, by string) (*Return, error) {
	f, err := d.Form(r.Form)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	r.ID, r.Number, r.Revision, r.Status, r.Approved, r.Withdrawn = 0, 0, 1, Prepared, Signature{}, Withdrawal{}
	for _, x := range d.all {
		if x.Form != r.Form || x.Period != r.Period {
			continue
		}
		if x.Status == Prepared {
			return nil, ierr.New(ierr.Conflict, "returns.waiting", ierr.Args{"return": x.ID, "by": x.Prepared.By})
		}
		r.Revision = x.Revision + 1
	}
	if r.CutOff == 0 {
		r.CutOff = r.Period.Last()
	}
	if problems := Check(d.set, f, &r, d.priorLocked(r.Form, r.Period)); len(problems) > 0 {
		return nil, problems
	}
	if r.Prepared, err = d.sign(&r, by); err != nil {
		return nil, err
	}
	return d.put(ctx, r, "returns.prepared", map[string]any{"by": by, "hash": r.Prepared.Hash})
}

// Prior returns the numbers that count for the same period of the year before, none
// where none do.
func (d *Desk) Prior(form string, p indicator.Period) []Value {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.priorLocked(form, p)
}

// priorLocked returns what counts for the same period of the year before.
func (d *Desk) priorLocked(form string, p indicator.Period) []Value {
	var out []Value
	var number int64
	for _, r := range d.all {
		if r.Form == form && r.Period == p.Prior() && r.Status == Approved && r.Number > number {
			out, number = r.Values, r.Number
		}
	}
	return out
}

// Approve signs a return as its approver, who is not who prepared it. From then on
// it counts.
func (d *Desk) Approve(ctx context.Context, id int64, by string) (*Return, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r, err := d.waitingLocked(id)
	if err != nil {
		return nil, err
	}
	if r.Prepared.By == by {
		return nil, ierr.New(ierr.Forbidden, "returns.own", nil)
	}
	r.Status, r.Number = Approved, d.number+1
	if r.Approved, err = d.sign(r, by); err != nil {
		return nil, err
	}
	return d.put(ctx, *r, "returns.approved", map[string]any{"by": by, "hash": r.Approved.Hash, "approval": r.Number})
}

// Withdraw takes a return back that waits for approval.
func (d *Desk) Withdraw(ctx context.Context, id int64, reason, by string) (*Return, error) {
	if strings.TrimSpace(reason) == "" || len(reason) > maxText {
		return nil, ierr.New(ierr.Invalid, "returns.reason", ierr.Args{"limit": maxText})
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	r, err := d.waitingLocked(id)
	if err != nil {
		return nil, err
	}
	r.Status, r.Withdrawn = Withdrawn, Withdrawal{By: by, At: d.moment(), Reason: strings.TrimSpace(reason)}
	return d.put(ctx, *r, "returns.withdrawn", map[string]any{"reason": reason, "by": by})
}

// waitingLocked returns a copy of a return that waits for approval.
func (d *Desk) waitingLocked(id int64) (*Return, error) {
	i := slices.IndexFunc(d.all, func(r Return) bool { return r.ID == id })
	if i < 0 {
		return nil, ierr.New(ierr.NotFound, "returns.unknown", ierr.Args{"return": id})
	}
	r := d.all[i]
	if r.Status != Prepared {
		return nil, ierr.New(ierr.Conflict, "returns.not_waiting", ierr.Args{"return": id, "status": string(r.Status)})
	}
	return &r, nil
}

// sign makes somebody's signature of what a return holds.
func (d *Desk) sign(r *Return, by string) (Signature, error) {
	hash, err := r.Hash()
	return Signature{By: by, At: d.moment(), Hash: hash}, err
}

// moment is now, as it is stored.
func (d *Desk) moment() time.Time { return d.now().Round(0).Truncate(time.Microsecond) }

// put stores a return and its leaf, and takes it into what is known.
func (d *Desk) put(ctx context.Context, r Return, act string, payload map[string]any) (*Return, error) {
	payload["form"], payload["period"], payload["revision"] = r.Form, r.Period.String(), r.Revision
	leaf, err := audit.New(act, 0, payload)
	if err != nil {
		return nil, err
	}
	if r.ID, err = d.store.PutReturn(ctx, r, leaf); err != nil {
		return nil, err
	}
	d.number = max(d.number, r.Number)
	i, there := slices.BinarySearchFunc(d.all, r.ID, func(x Return, id int64) int { return int(x.ID - id) })
	if there {
		d.all[i] = r
	} else {
		d.all = slices.Insert(d.all, i, r)
	}
	return &r, nil
}

// Owed is a return that is due and has not been approved.
type Owed struct {
	Form    *Form
	Period  indicator.Period
	Due     date.Date
	Days    int   // that it is late; below 1 it is not
	Waiting int64 // the return that waits for approval, 0 for none
}

// Owed lists, for each form, the latest ended period whose return does not count yet,
// those that are latest first.
func (d *Desk) Owed() []Owed {
	today := date.OfTime(d.now().In(d.zone))
	var out []Owed
	for _, f := range d.forms {
		p := d.Latest(f)
		if d.standing(f.ID, p) != nil {
			continue
		}
		o := Owed{Form: f, Period: p, Due: f.Due(p)}
		o.Days = int(today.Time(time.UTC).Sub(o.Due.Time(time.UTC)).Hours() / 24)
		for _, r := range d.Revisions(f.ID, p) {
			if r.Status == Prepared {
				o.Waiting = r.ID
			}
		}
		out = append(out, o)
	}
	slices.SortStableFunc(out, func(a, b Owed) int { return b.Days - a.Days })
	return out
}

// Reports are the numbers that count as of an approval, for indicator.Evaluator.
type Reports struct {
	number int64
	by     map[indicator.Ref]reported
}

type reported struct {
	observation indicator.Observation
	id          int64
	source      string
}

// Reports returns the numbers that count as of an approval; zero means now.
func (d *Desk) Reports(number int64) *Reports {
	if number == 0 {
		number = d.Number()
	}
	out := &Reports{number: number, by: map[indicator.Ref]reported{}}
	for _, r := range d.Standing(number) {
		for _, o := range r.Book(d.set) {
			out.by[o.Ref] = reported{o, r.ID, r.Source}
		}
	}
	return out
}

// Reported implements indicator.Reporter.
func (r *Reports) Reported(ref indicator.Ref) (*indicator.Observation, int64, string) {
	x, ok := r.by[ref]
	if !ok {
		return nil, 0, ""
	}
	return &x.observation, x.id, x.source
}

// Periods returns the periods of which anything is reported of an indicator.
func (r *Reports) Periods(id string) []indicator.Period {
	var out []indicator.Period
	for ref := range r.by {
		if ref.Indicator == id && !slices.Contains(out, ref.Period) {
			out = append(out, ref.Period)
		}
	}
	return out
}

// Approval implements indicator.Reporter.
func (r *Reports) Approval() int64 { return r.number }
