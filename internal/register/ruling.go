package register

import (
	"context"
	"slices"
	"strings"
	"sync"

	"onewindow/internal/ierr"
)

// Doubt is what sort of doubt a ruling settles.
type Doubt string

// The doubts that rulings settle.
const (
	DoubtReject     Doubt = "reject"      // an entry that could not be read or kept
	DoubtValue      Doubt = "value"       // a value that a flag marks as damaged
	DoubtRegion     Doubt = "region"      // where the principal is
	DoubtHolderType Doubt = "holder-type" // what sort of body the principal is
	DoubtConflict   Doubt = "conflict"    // sources of equal standing that disagree
)

// Judgement is how a ruling settles a doubt.
type Judgement string

// The judgements, and the doubts that they settle.
const (
	Dismiss Judgement = "dismiss" // reject: it is not needed
	Return  Judgement = "return"  // reject: the source has to correct it
	Accept  Judgement = "accept"  // value, conflict: it stands as it is
	Correct Judgement = "correct" // value: Ruling.Value stands for what the source prints
	Assign  Judgement = "assign"  // region, holder-type: Ruling.Value is the class
	Believe Judgement = "believe" // conflict: the statement, or the format, in Ruling.Value is right
)

// Judgements lists by doubt what can be judged.
var Judgements = map[Doubt][]Judgement{
	DoubtReject:     {Dismiss, Return},
	DoubtValue:      {Accept, Correct},
	DoubtRegion:     {Assign},
	DoubtHolderType: {Assign},
	DoubtConflict:   {Believe, Accept},
}

// Ruling is what the office decided of a doubt. It speaks of what sources print,
// by Key, and not of ids or loads, so that it holds through undoing and loading
// again, and of what is loaded later.
type Ruling struct {
	ID     int64
	Doubt  Doubt
	Act    Judgement
	Like   bool   // Key is one of the keys of like cases, and not that of one case
	Key    string // see CaseKey, RegionKey, HolderKey, RowsKey and FormatsKey
	Field  string // Correct: the field of the value, see CorrectFields
	Was    string // Correct: what the sources say; the ruling does not apply while they say something else. Believe: what the source believed says
	Value  string
	Case   string // at which it was decided, as the desk names cases
	Cases  int64  // how many it settled then
	Reason string
	By     string
	From   int64 // the state that made it
	To     int64 // the state that took it back, 0 while it stands

	Undoes       int64 // of an entry that takes a ruling back: the ruling
	UndoneBy     string
	UndoneReason string
}

// rulingTable holds all rulings. Readers ask it for each view.
type rulingTable struct {
	mu   sync.RWMutex
	all  []*Ruling            // by id
	by   map[string][]*Ruling // by doubt and key, the latest last
	held map[Doubt]int        // how many there are, by doubt
}

func (t *rulingTable) load(ctx context.Context, store Reader) error {
	entries, err := store.Rulings(ctx)
	if err != nil {
		return err
	}
	t.by, t.held = map[string][]*Ruling{}, map[Doubt]int{}
	for _, e := range entries {
		t.put(e)
	}
	return nil
}

// put adds an entry of the book of rulings: a ruling, or the end of one.
func (t *rulingTable) put(e Ruling) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e.Undoes != 0 {
		if r := t.find(e.Undoes); r != nil {
			t.replace(r, func(r *Ruling) { r.To, r.UndoneBy, r.UndoneReason = e.From, e.By, e.Reason })
		}
		return
	}
	key := string(e.Doubt) + " " + e.Key
	t.all = append(t.all, &e)
	t.by[key] = append(slices.Clone(t.by[key]), &e)
	t.held[e.Doubt]++
}

// take removes an entry whose commit failed.
func (t *rulingTable) take(e Ruling) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e.Undoes != 0 {
		if r := t.find(e.Undoes); r != nil {
			t.replace(r, func(r *Ruling) { r.To, r.UndoneBy, r.UndoneReason = 0, "", "" })
		}
		return
	}
	same := func(r *Ruling) bool { return r.ID == e.ID }
	key := string(e.Doubt) + " " + e.Key
	t.all = slices.DeleteFunc(t.all, same)
	t.by[key] = slices.DeleteFunc(slices.Clone(t.by[key]), same)
	t.held[e.Doubt]--
}

// find returns the ruling of an id, nil if there is none. t.mu is held.
func (t *rulingTable) find(id int64) *Ruling {
	i, ok := slices.BinarySearchFunc(t.all, id, func(r *Ruling, id int64) int { return int(r.ID - id) })
	if !ok {
		return nil
	}
	return t.all[i]
}

// replace puts a changed copy in the place of a ruling, which readers may hold.
// t.mu is held.
func (t *rulingTable) replace(old *Ruling, change func(*Ruling)) {
	r := *old
	change(&r)
	same := func(x *Ruling) bool { return x == old }
	t.all[slices.IndexFunc(t.all, same)] = &r
	key := string(r.Doubt) + " " + r.Key
	list := slices.Clone(t.by[key])
	list[slices.IndexFunc(list, same)] = &r
	t.by[key] = list
}

// judge answers with the rulings that stood in a state.
type judge struct {
	t     *rulingTable
	known int64
}

// any tells whether there may be a ruling on a doubt.
func (j judge) any(d Doubt) bool {
	if j.t == nil {
		return false
	}
	j.t.mu.RLock()
	defer j.t.mu.RUnlock()
	return j.t.held[d] > 0
}

// of returns the latest ruling on the first key that has one, nil if none has.
func (j judge) of(d Doubt, keys ...string) *Ruling {
	if j.t == nil {
		return nil
	}
	j.t.mu.RLock()
	defer j.t.mu.RUnlock()
	for _, key := range keys {
		list := j.t.by[string(d)+" "+key]
		for i := len(list) - 1; i >= 0; i-- {
			if holds(list[i].From, list[i].To, j.known) {
				return list[i]
			}
		}
	}
	return nil
}

// Ruled returns the latest ruling that stands on the first of some keys that has
// one, nil if none has. It is not to be changed.
func (r *Register) Ruled(d Doubt, keys ...string) *Ruling {
	return judge{&r.rulings, r.State()}.of(d, keys...)
}

// Rulings returns all rulings, the oldest first, those undone among them.
func (r *Register) Rulings() []Ruling {
	known := r.State()
	r.rulings.mu.RLock()
	defer r.rulings.mu.RUnlock()
	var out []Ruling
	for _, x := range r.rulings.all {
		if x.From <= known {
			out = append(out, *x)
		}
	}
	return out
}

// Ruling returns the ruling of an id. NotFound if there is none.
func (r *Register) Ruling(id int64) (Ruling, error) {
	r.rulings.mu.RLock()
	defer r.rulings.mu.RUnlock()
	if x := r.rulings.find(id); x != nil {
		return *x, nil
	}
	return Ruling{}, ierr.New(ierr.NotFound, "register.ruling_unknown", ierr.Args{"id": id})
}

// Rule stores a ruling: all but its id and states is taken from it. affected
// returns the ids of the rights whose views it changes, ascending, once nothing
// else can be committed any more. Errors: Invalid for what is incomplete or out of
// bounds.
func (r *Register) Rule(ctx context.Context, x Ruling, affected func(context.Context) ([]int64, error)) (Ruling, error) {
	if err := x.check(); err != nil {
		return x, err
	}
	x.ID, x.To, x.Undoes, x.UndoneBy, x.UndoneReason = 0, 0, 0, "", ""
	err := r.rule(ctx, ActRuling, &x, affected)
	return x, err
}

// Recall takes a ruling back. Errors: NotFound, and Conflict when it was taken
// back before.
func (r *Register) Recall(ctx context.Context, id int64, reason, by string, affected func(context.Context) ([]int64, error)) (Ruling, error) {
	x, err := r.Ruling(id)
	if err != nil {
		return x, err
	}
	e := x
	e.ID, e.Undoes, e.Reason, e.By = 0, id, reason, by
	if err := e.check(); err != nil {
		return x, err
	}
	if err := r.rule(ctx, ActRecall, &e, affected); err != nil {
		return x, err
	}
	return r.Ruling(id)
}

func (x *Ruling) check() error {
	if strings.TrimSpace(x.Reason) == "" || len(x.Reason) > maxReason || strings.TrimSpace(x.By) == "" || len(x.By) > maxReason {
		return ierr.New(ierr.Invalid, "register.ruling_incomplete", ierr.Args{"limit": maxReason})
	}
	acts, ok := Judgements[x.Doubt]
	needsValue := x.Act == Assign || x.Act == Believe
	correct := x.Act == Correct
	if !ok || !slices.Contains(acts, x.Act) || x.Key == "" || len(x.Value) > maxReason || needsValue && x.Value == "" ||
		correct && (x.Like || !slices.Contains(CorrectFields, x.Field)) {
		return ierr.New(ierr.Invalid, "register.ruling_invalid", ierr.Args{"act": string(x.Act), "doubt": string(x.Doubt)})
	}
	return nil
}

// rule commits an entry of the book of rulings. It stands in the table before it is
// durable, since what is said of the new state depends on it; nobody asks for that
// state before it is committed.
func (r *Register) rule(ctx context.Context, act Act, e *Ruling, affected func(context.Context) ([]int64, error)) error {
	entered, durable := false, false
	defer func() {
		if entered && !durable { // an error, or a panic
			r.rulings.take(*e)
		}
	}()
	err := r.commit(ctx, act, 0, func(tx Tx, c *change) error {
		if e.Undoes != 0 {
			if x, err := r.Ruling(e.Undoes); err != nil || x.To != 0 {
				return ierr.Wrap(err, ierr.Conflict, "register.ruling_undone", ierr.Args{"id": e.Undoes})
			}
		}
		e.From = c.state
		var err error
		if e.ID, err = tx.PutRuling(ctx, *e); err != nil {
			return err
		}
		r.rulings.put(*e)
		entered = true
		ids, err := affected(ctx)
		if err != nil {
			return err
		}
		views, err := r.views(ctx, ids, 0, c.state)
		if err != nil {
			return err
		}
		for _, v := range views {
			if !v.Gone {
				c.views = append(c.views, v)
			}
		}
		return appendLeaf(ctx, tx, "register."+string(act), c.state, map[string]any{
			"id": e.ID, "undoes": e.Undoes, "doubt": string(e.Doubt), "act": string(e.Act), "like": e.Like, "key": e.Key, "field": e.Field,
			"was": e.Was, "value": e.Value, "case": e.Case, "cases": e.Cases, "reason": e.Reason, "by": e.By,
		})
	})
	durable = err == nil
	return err
}

// ruled adds the states in which rulings that may concern a right began and ended.
func (t *rulingTable) bounds(keys []string, to map[int64]struct{}) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, x := range t.all {
		if x.Doubt == DoubtReject || x.Act == Accept {
			continue
		}
		if number, _, _ := strings.Cut(x.Key, caseSeparator); x.Like || slices.Contains(keys, number) {
			to[x.From], to[x.To] = struct{}{}, struct{}{}
		}
	}
}
