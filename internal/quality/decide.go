package quality

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/party"
	"onewindow/internal/register"
)

// Decision is what somebody decides of a case.
type Decision struct {
	Act    string
	Field  string // of a correction
	Value  string
	Like   bool // for all like cases, those loaded later among them
	Reason string
	By     string
}

// Made is a decision as it is recorded.
type Made struct {
	ID           string // "12" of a ruling, "p3" of a decision on parties
	Kind         Kind
	Act          string
	Case         string
	Like         bool
	Cases        int64 // that it settled when it was made
	Field        string
	Was, Value   string
	Reason       string
	By           string
	At           time.Time
	State        int64     // of the register, that made it; 0 of parties
	Undone       time.Time // zero while it stands
	UndoneState  int64
	UndoneBy     string
	UndoneReason string
}

// MaxChanged is the greatest number of rights whose view one decision may change.
const MaxChanged = 50_000

func impossible(act string, kind Kind) error {
	return ierr.New(ierr.Invalid, "quality.act", ierr.Args{"act": clip(act, 40), "kind": string(kind)})
}

// Decide decides a case, and with x.Like all that are alike. A decision on a case
// that is decided already goes before the earlier one. Errors: Invalid, NotFound for
// a case that there is not, TooLarge, Busy while the desk lags behind.
func (d *Desk) Decide(ctx context.Context, id string, x Decision) (*Made, error) {
	n, err := parseName(id)
	if err != nil {
		return nil, err
	}
	d.deciding.Lock()
	defer d.deciding.Unlock()
	if n.kind == Party {
		return d.decidePair(ctx, n, x)
	}
	c, err := d.Show(ctx, id)
	if err != nil {
		return nil, err
	}
	r, err := d.ruling(c, x)
	if err != nil {
		return nil, err
	}
	if r.Like {
		if r.Key, err = d.keyOf(ctx, n); err != nil {
			return nil, err
		}
	}
	made, err := d.config.Register.Rule(ctx, r, d.affected(r))
	if err != nil {
		return nil, err
	}
	if err := d.Sync(ctx, made.From); err != nil {
		return nil, err
	}
	return d.Recorded(ctx, &made)
}

// ruling makes a ruling of what was decided, holding it to the choices there are.
func (d *Desk) ruling(c *Case, x Decision) (register.Ruling, error) {
	r := register.Ruling{
		Doubt: register.Doubt(c.Kind), Act: register.Judgement(x.Act), Like: x.Like, Value: x.Value, Case: c.ID, Cases: 1, Reason: x.Reason, By: x.By,
	}
	if x.Like {
		r.Cases = int64(c.AlikeOpen)
		if c.Ruling != nil && c.Ruling.Like {
			r.Cases = int64(c.Alike)
		}
	}
	if !slices.ContainsFunc(c.Choices, func(o Choice) bool { return o.Act == x.Act && (o.Like || !x.Like) }) {
		return r, impossible(x.Act, c.Kind)
	}
	switch r.Act {
	case register.Correct:
		r.Field, r.Was = cmp.Or(x.Field, likelyField(c.Detail)), ""
		if !slices.Contains(register.CorrectFields, r.Field) {
			return r, ierr.New(ierr.Invalid, "quality.field", ierr.Args{"field": clip(x.Field, 40), "known": strings.Join(register.CorrectFields, ", ")})
		}
		value, ok := register.Readable(r.Field, x.Value)
		if !ok {
			return r, ierr.New(ierr.Invalid, "quality.value", ierr.Args{"field": i18n.Key("quality.field." + r.Field), "value": clip(x.Value, 60)})
		}
		r.Value, r.Was = value, printed(c.View, r.Field)
	case register.Assign:
		if !d.config.Known(string(c.Kind), x.Value) {
			return r, ierr.New(ierr.Invalid, "quality.class", ierr.Args{"value": clip(x.Value, 60)})
		}
	case register.Believe:
		i := slices.IndexFunc(c.Choices, func(o Choice) bool { return o.Act == x.Act && o.Value == x.Value })
		if i < 0 {
			return r, ierr.New(ierr.Invalid, "quality.believe", ierr.Args{"value": clip(x.Value, 60)})
		}
		r.Was = clip(c.Choices[i].Says, maxName)
	default:
		r.Value = ""
	}
	r.Key = caseKey(c)
	return r, nil
}

// printed returns what the sources say of a field, whatever a correction says.
func printed(v *register.View, field string) string {
	for _, c := range v.Corrections {
		if c.Field == field {
			return c.Was
		}
	}
	return v.Said(field)
}

// caseKey returns the key of a ruling on one case alone.
func caseKey(c *Case) string {
	switch c.Kind {
	case Reject:
		return entryKey(c.File.SHA256, c.Reject.Position.Ordinal)
	case Value:
		return register.CaseKey(c.View.Key, c.Detail)
	case Conflict:
		if c.Dispute != nil {
			return register.CaseKey(c.View.Key, register.ConflictCase(c.Dispute, c.View.Statements)...)
		}
	}
	return register.CaseKey(c.View.Key)
}

// keyOf returns the key of the group of a case.
func (d *Desk) keyOf(ctx context.Context, n name) (string, error) {
	x, leave, err := d.view(ctx, n.kind)
	if err != nil {
		return "", err
	}
	defer leave()
	g, _ := x.find(n)
	if g == nil {
		return "", unknown(n.String())
	}
	return g.Key, nil
}

// affected returns how the rights are found that a ruling concerns, while nothing
// else can be committed: those of its group, its own, and whatever the desk has not
// seen yet.
func (d *Desk) affected(r register.Ruling) func(context.Context) ([]int64, error) {
	return func(ctx context.Context) ([]int64, error) {
		if r.Doubt == register.DoubtReject {
			return nil, nil
		}
		d.mu.RLock()
		since := d.state
		var ids []int64
		if i, ok := d.doubts.byKey[groupKey(Kind(r.Doubt), r.Key)]; r.Like && ok && r.Act != register.Accept {
			ids = d.doubts.Groups[i].rights()
		}
		d.mu.RUnlock()
		if n, err := parseName(r.Case); !r.Like && err == nil {
			ids = append(ids, n.number)
			if number, _, _ := strings.Cut(r.Key, "|"); number != "" {
				if v, err := d.config.Register.ByKey(ctx, number); err == nil && v != nil {
					ids = append(ids, v.ID)
				}
			}
		}
		if !r.Like || r.Act != register.Accept {
			_, err := d.config.Register.ChangedSince(ctx, since, func(c register.Commit) error {
				for _, v := range c.Views {
					ids = append(ids, v.ID)
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
		if len(ids) > MaxChanged {
			return nil, ierr.New(ierr.TooLarge, "quality.changed", ierr.Args{"n": len(ids), "limit": MaxChanged})
		}
		return ids, nil
	}
}

// Undo takes a decision back, so that all is as if it had never been made. Errors:
// NotFound, and Conflict when it was taken back before.
func (d *Desk) Undo(ctx context.Context, id, reason, by string) (*Made, error) {
	d.deciding.Lock()
	defer d.deciding.Unlock()
	number, party, err := parseID(id)
	if err != nil {
		return nil, err
	}
	if party {
		return d.undoPair(ctx, number, reason, by)
	}
	r, err := d.config.Register.Ruling(number)
	if err != nil {
		return nil, err
	}
	r, err = d.config.Register.Recall(ctx, number, reason, by, d.affected(r))
	if err != nil {
		return nil, err
	}
	if err := d.Sync(ctx, r.To); err != nil {
		return nil, err
	}
	return d.Recorded(ctx, &r)
}

func (d *Desk) undoPair(ctx context.Context, number int64, reason, by string) (*Made, error) {
	undone, err := d.config.Parties.Undo(ctx, number, party.Signed{Reason: reason, By: by})
	if err != nil {
		return nil, err
	}
	return ofParty(&undone[0], len(undone)), nil
}

// parseID reads the id of a decision.
func parseID(id string) (number int64, party bool, err error) {
	digits, party := strings.CutPrefix(id, "p")
	number, err = strconv.ParseInt(digits, 10, 64)
	if err != nil || number <= 0 {
		return 0, false, ierr.New(ierr.Invalid, "quality.id", ierr.Args{"id": clip(id, 40)})
	}
	return number, party, nil
}

// Decisions returns what was decided, the newest first, and how many decisions there
// are. kind, where given, chooses among them; those undone are told with undone.
func (d *Desk) Decisions(ctx context.Context, kind Kind, undone bool, limit, offset int) ([]Made, int, error) {
	if limit < 0 || limit > MaxPage || offset < 0 {
		return nil, 0, ierr.New(ierr.Invalid, "quality.page", ierr.Args{"limit": MaxPage})
	}
	var all []Made
	for _, r := range d.config.Register.Rulings() {
		if (kind == "" || kind == Kind(r.Doubt)) && (undone || r.To == 0) {
			m, err := d.Recorded(ctx, &r)
			if err != nil {
				return nil, 0, err
			}
			all = append(all, *m)
		}
	}
	if kind == "" || kind == Party {
		decisions, err := d.config.Parties.Decisions("")
		if err != nil {
			return nil, 0, err
		}
		for i := range decisions {
			x := &decisions[i]
			if x.Like != 0 || !undone && !x.Stands() {
				continue
			}
			n := 1
			for k := range decisions {
				if decisions[k].Like == x.ID {
					n++
				}
			}
			all = append(all, *ofParty(x, n))
		}
	}
	slices.SortStableFunc(all, func(a, b Made) int { return b.At.Compare(a.At) })
	return all[min(offset, len(all)):min(offset+limit, len(all))], len(all), nil
}

// Recorded returns a ruling as a decision.
func (d *Desk) Recorded(ctx context.Context, r *register.Ruling) (*Made, error) {
	m := &Made{
		ID: strconv.FormatInt(r.ID, 10), Kind: Kind(r.Doubt), Act: string(r.Act), Case: r.Case, Like: r.Like, Cases: r.Cases, Field: r.Field,
		Was: r.Was, Value: r.Value, Reason: r.Reason, By: r.By, State: r.From, UndoneState: r.To, UndoneBy: r.UndoneBy, UndoneReason: r.UndoneReason,
	}
	s, err := d.config.Register.StateInfo(ctx, r.From)
	if err != nil {
		return nil, err
	}
	m.At = s.At
	if r.To != 0 {
		if s, err = d.config.Register.StateInfo(ctx, r.To); err != nil {
			return nil, err
		}
		m.Undone = s.At
	}
	return m, nil
}

// ofParty writes a decision on parties, made along with others, as a decision.
func ofParty(x *party.Decision, n int) *Made {
	return &Made{
		ID: "p" + strconv.FormatInt(x.ID, 10), Kind: Party, Act: string(x.Act), Like: n > 1, Cases: int64(n),
		Was: strings.Join(x.A, ", "), Value: strings.Join(x.B, ", "), Reason: x.Reason, By: x.By, At: x.Made, Undone: x.Undone,
		UndoneBy: x.UndoneBy, UndoneReason: x.UndoneReason,
	}
}
