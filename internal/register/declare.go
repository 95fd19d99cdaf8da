package register

import (
	"context"
	"slices"
	"sync"

	"onewindow/internal/ierr"
)

// Declaration is what somebody answers for: what of the world the register holds. The
// register keeps it in its two times; what Cover says is for others to read.
type Declaration struct {
	ID       int64
	Load     int64  // the delivery that it is about, 0 when it is about all of the source
	Source   string // id of the source
	Cover    string // what is covered, as JSON
	Ground   string // on what the declaration rests
	By       string
	From     int64 // the state from which it counts, 0 while its load is not read to the end
	To       int64 // the state that ended it, 0 while it holds
	EndedBy  string
	EndedFor string // why it ended
}

// holds tells whether a declaration counts in a state.
func (d *Declaration) holds(known int64) bool { return d.From != 0 && holds(d.From, d.To, known) }

// declarationTable holds all declarations: they are few, and every count is held
// against them.
type declarationTable struct {
	mu  sync.RWMutex
	all []Declaration // by id
}

func (t *declarationTable) load(ctx context.Context, store Reader) (err error) {
	t.all, err = store.Declarations(ctx)
	return err
}

func (t *declarationTable) put(changed ...Declaration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, d := range changed {
		t.all = replace(t.all, d, func(x Declaration) bool { return x.ID == d.ID })
	}
}

func (t *declarationTable) where(keep func(*Declaration) bool) []Declaration {
	t.mu.RLock()
	defer t.mu.RUnlock()
	var out []Declaration
	for i := range t.all {
		if keep(&t.all[i]) {
			out = append(out, t.all[i])
		}
	}
	return out
}

// Declarations returns what counts in a state, 0 for the last one, by id.
func (r *Register) Declarations(known int64) []Declaration {
	known = r.known(known)
	return r.declarations.where(func(d *Declaration) bool { return d.holds(known) })
}

// Declared returns all declarations that there ever were, by id.
func (r *Register) Declared() []Declaration {
	return r.declarations.where(func(*Declaration) bool { return true })
}

// maxCover bounds what a declaration says, in bytes.
const maxCover = 16 << 10

func (d *Declaration) check() error {
	if d.Source == "" || d.Cover == "" || len(d.Cover) > maxCover || d.Ground == "" || len(d.Ground) > maxReason || d.By == "" {
		return ierr.New(ierr.Invalid, "register.declaration_incomplete", ierr.Args{"limit": maxReason})
	}
	return nil
}

// Declare makes a declaration that counts from the next state on: Load, Source, Cover,
// Ground and By are taken from d. With replaces, the declaration of that id ends in the
// same commit, for the same ground. Errors: Invalid for one that says too little or too
// much, Conflict for a load that does not stand, NotFound for what is not there.
func (r *Register) Declare(ctx context.Context, d Declaration, replaces int64) (Declaration, error) {
	if err := d.check(); err != nil {
		return d, err
	}
	err := r.commit(ctx, ActDeclaration, d.Load, func(tx Tx, c *change) error {
		if d.Load != 0 {
			l, err := r.LoadInfo(ctx, d.Load)
			if err != nil {
				return err
			}
			if l.Status != Done {
				return ierr.New(ierr.Conflict, "register.load_not_done", ierr.Args{"load": d.Load, "status": string(l.Status)})
			}
		}
		if replaces != 0 {
			if err := r.endDeclaration(ctx, tx, c, replaces, d.Ground, d.By); err != nil {
				return err
			}
		}
		d.ID, d.From, d.To, d.EndedBy, d.EndedFor = 0, c.state, 0, "", ""
		return r.putDeclaration(ctx, tx, c, &d)
	})
	return d, err
}

// putDeclaration stores a declaration, with its leaf.
func (r *Register) putDeclaration(ctx context.Context, tx Tx, c *change, d *Declaration) (err error) {
	if d.ID, err = tx.PutDeclaration(ctx, *d); err != nil {
		return err
	}
	c.declarations = append(c.declarations, *d)
	return appendLeaf(ctx, tx, "register."+string(ActDeclaration), c.state, map[string]any{
		"declaration": d.ID, "load": d.Load, "source": d.Source, "cover": d.Cover, "ground": d.Ground, "by": d.By,
	})
}

// WithdrawDeclaration ends a declaration. NotFound when none of that id counts.
func (r *Register) WithdrawDeclaration(ctx context.Context, id int64, reason, by string) (Declaration, error) {
	if reason == "" || len(reason) > maxReason || by == "" {
		return Declaration{}, ierr.New(ierr.Invalid, "register.decision_incomplete", ierr.Args{"limit": maxReason})
	}
	var out Declaration
	err := r.commit(ctx, ActDeclarationEnd, 0, func(tx Tx, c *change) error {
		if err := r.endDeclaration(ctx, tx, c, id, reason, by); err != nil {
			return err
		}
		out = c.declarations[0]
		return nil
	})
	return out, err
}

// endDeclaration closes a declaration that counts, with its leaf.
func (r *Register) endDeclaration(ctx context.Context, tx Tx, c *change, id int64, reason, by string) error {
	known := r.State()
	found := r.declarations.where(func(d *Declaration) bool { return d.ID == id && d.holds(known) })
	if len(found) == 0 {
		return ierr.New(ierr.NotFound, "register.declaration_unknown", ierr.Args{"id": id})
	}
	d := found[0]
	d.To, d.EndedBy, d.EndedFor = c.state, by, reason
	if _, err := tx.PutDeclaration(ctx, d); err != nil {
		return err
	}
	c.declarations = append(c.declarations, d)
	return appendLeaf(ctx, tx, "register."+string(ActDeclarationEnd), c.state, map[string]any{"declaration": id, "reason": reason, "by": by})
}

// pending returns the declarations that came with a load and wait for its end.
func (r *Register) pending(load int64) []Declaration {
	return r.declarations.where(func(d *Declaration) bool { return d.Load == load && d.From == 0 && d.To == 0 })
}

// undeclare ends what rests on a load that is undone: the declarations about it, and
// those about all of its sources that were made while it stood.
func (r *Register) undeclare(ctx context.Context, tx Tx, c *change, l *LoadInfo, by string) error {
	surveys, err := tx.Surveys(ctx, l.ID)
	if err != nil {
		return err
	}
	for _, d := range r.declarations.where(func(d *Declaration) bool {
		rests := d.Load == 0 && d.From > l.Last && slices.ContainsFunc(surveys, func(s Survey) bool { return s.Source == d.Source })
		return d.To == 0 && (d.Load == l.ID || rests)
	}) {
		d.To, d.EndedBy, d.EndedFor = c.state, by, EndedByUndoing
		if _, err := tx.PutDeclaration(ctx, d); err != nil {
			return err
		}
		c.declarations = append(c.declarations, d)
	}
	return nil
}

// EndedByUndoing is why a declaration ended whose load was undone.
const EndedByUndoing = "undo"
