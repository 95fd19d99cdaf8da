package register

import (
	"context"
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
)

// ByID returns the view of a right. An id that has been merged into another
// right leads to that right, as of the state that is asked for. What is not
// there, or is gone, is an error of kind NotFound.
func (r *Register) ByID(ctx context.Context, id int64, at AsOf) (*View, error) {
	known := r.known(at.Known)
	for range maxSuccessions {
		views, err := r.views(ctx, []int64{id}, at.On, known)
		if err != nil {
			return nil, err
		}
		if !views[0].Gone {
			return views[0], nil
		}
		into := r.overrides.successor(id, known)
		if into == 0 {
			break
		}
		id = into
	}
	return nil, ierr.New(ierr.NotFound, "register.right_unknown", ierr.Args{"id": id})
}

// maxSuccessions bounds how often a right may have been merged in turn.
const maxSuccessions = 64

// ByIDs returns the views of several rights in the order of ids. Those of
// which nothing stands are Gone; ids that were merged are not followed.
func (r *Register) ByIDs(ctx context.Context, ids []int64, at AsOf) ([]*View, error) {
	return r.views(ctx, ids, at.On, r.known(at.Known))
}

// Scan calls fn with every right that stands, in the order of ids. The view is
// fn's to keep.
func (r *Register) Scan(ctx context.Context, at AsOf, fn func(*View) error) error {
	known := r.known(at.Known)
	by := judge{&r.rulings, known}
	g := grouper{r: r, known: known, emit: func(id int64, st []Statement) error {
		v := merge(id, slices.Clone(st), at.On, by)
		if v == nil {
			return nil
		}
		r.attach(v, known)
		return fn(v)
	}}
	if err := r.store.Scan(ctx, 1, maxRight, known, g.row); err != nil {
		return err
	}
	return g.flush()
}

// maxRight is beyond every right id.
const maxRight = 1 << (62 - rowBits)

// grouper gathers the statements of one right after the other from rows that
// come in the order of their ids.
type grouper struct {
	r     *Register
	known int64
	emit  func(id int64, st []Statement) error
	id    int64
	st    []Statement
}

func (g *grouper) row(row *Row) error {
	if id := RightOf(row.ID); id != g.id {
		if err := g.flush(); err != nil {
			return err
		}
		g.id = id
	}
	f, err := g.r.files.get(row.File)
	if err != nil {
		return err
	}
	if !f.visible(g.known) {
		return nil
	}
	s, err := statement(row, f)
	if err != nil {
		return err
	}
	g.st = append(g.st, s)
	return nil
}

func (g *grouper) flush() error {
	if len(g.st) == 0 {
		return nil
	}
	err := g.emit(g.id, g.st)
	clear(g.st)
	g.st = g.st[:0]
	return err
}

// statement turns a stored row into a statement. Its body is held to its hash,
// since a disk that forgets a bit often leaves one that can be read.
func statement(row *Row, f *File) (Statement, error) {
	if HashOf(row.Body) != row.Hash {
		return Statement{}, damaged()
	}
	doc, err := Decode(row.Body)
	if err != nil {
		return Statement{}, err
	}
	doc.Issued = row.Issued
	return Statement{
		ID: row.ID, Hash: row.Hash, File: f, Position: row.Position, Issued: row.Issued, Rank: row.Rank,
		From: row.From, To: row.To, Doc: doc, keys: doc.Keys(),
	}, nil
}

// views returns one view for each id, Gone where nothing stands.
func (r *Register) views(ctx context.Context, ids []int64, on date.Date, known int64) ([]*View, error) {
	by := make(map[int64]*View, len(ids))
	g := grouper{r: r, known: known, emit: func(id int64, st []Statement) error {
		v := merge(id, slices.Clone(st), on, judge{&r.rulings, known})
		if v == nil {
			return nil
		}
		by[id] = v
		r.attach(v, known)
		return nil
	}}
	if err := r.store.Statements(ctx, ids, known, g.row); err != nil {
		return nil, err
	}
	if err := g.flush(); err != nil {
		return nil, err
	}
	out := make([]*View, len(ids))
	for i, id := range ids {
		if out[i] = by[id]; out[i] == nil {
			out[i] = &View{ID: id, Gone: true}
		}
	}
	return out, nil
}
