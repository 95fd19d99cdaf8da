// Package find answers queries about rights: it runs them over the text index and
// the cube for a reader with a scope, with exact totals and facets, and says what
// it understood, which state of the register it answers from, and how far the
// index lags behind.
package find

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"onewindow/internal/classify"
	"onewindow/internal/glossary"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/lifecycle"
	"onewindow/internal/party"
	"onewindow/internal/query"
	"onewindow/internal/region"
	"onewindow/internal/register"
)

// Scope is what a reader may see. The zero Scope sees nothing.
type Scope struct{ public bool }

// Public is the scope of anybody: every right that a source published.
func Public() Scope { return Scope{public: true} }

func (s Scope) check() error {
	if !s.public {
		return ierr.New(ierr.Forbidden, "find.scope", nil)
	}
	return nil
}

// Finder answers queries over one register. Its methods may be called from many
// goroutines at once.
type Finder struct {
	register *register.Register
	lists    *lists
	schema   *query.Schema
	texts    *i18n.Catalogs
	log      *slog.Logger

	shelf   *shelf
	earlier atomic.Pointer[earlierShelf] // nil where the present rules answer, or none
	unwatch func()                       // ends the following
	end     chan struct{}                // ends what is done in between
	resting sync.WaitGroup
	past    pastShelves
}

// Config is what a finder works with.
type Config struct {
	Register   *register.Register
	Dir        string // of the index; what it holds can always be derived again
	Pack       *region.Pack
	Classifier *classify.Classifier
	Texts      *i18n.Catalogs
	Glossary   *glossary.Glossary // names of offices; nil where their codes will do
	Lives      *lifecycle.Rules   // nil where nobody asks when rights are in force
	Parties    *party.Parties     // of the same register; nil where holders are not told apart
	Log        *slog.Logger       // slog.Default() when nil
}

// formatVersion is part of the name of the index's folder. It changes with what
// is indexed and with the columns of the cube.
const formatVersion = 10

// Open opens the index in c.Dir and lets it follow the register. What it lacks,
// or all of it when definitions changed, is derived in the background. Until an
// index that is made anew has caught up, the whole one of earlier rules answers,
// from the state that it has; where there is none whose lists of values are the
// present ones, questions are refused as Busy.
func Open(c Config) (*Finder, error) {
	f, err := prepareFinder(c)
	if err != nil {
		return nil, err
	}
	f.follow()
	return f, nil
}

// rules names what decides on the columns of a right.
func (c *Config) rules() string {
	if c.Lives == nil {
		return c.Classifier.Hash()
	}
	sum := sha256.Sum256([]byte(c.Classifier.Hash() + c.Lives.Hash()))
	return hex.EncodeToString(sum[:])
}

// prepareFinder opens what is there.
func prepareFinder(c Config) (*Finder, error) {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	f := &Finder{register: c.Register, texts: c.Texts, log: c.Log, lists: newLists(c.Pack, c.Classifier, c.Texts, c.Glossary), end: make(chan struct{})}
	f.lists.parties, f.lists.lives = c.Parties, c.Lives
	var err error
	if f.schema, err = newSchema(f.lists); err != nil {
		return nil, err
	}
	name := folderOf(c.rules())
	if f.shelf, err = openShelf(filepath.Join(c.Dir, name), f.lists, true, f.fits, c.Log); err != nil {
		return nil, err
	}
	keep := []string{name}
	if !f.shelf.ready() {
		e, err := f.openEarlier(c.Dir, name)
		if err != nil {
			return nil, err
		}
		if e != nil {
			f.earlier.Store(e)
			keep = append(keep, filepath.Base(e.dir))
		}
	}
	if err := f.removeOthers(c.Dir, keep); err != nil {
		return nil, err
	}
	f.past.init(filepath.Join(c.Dir, "past"))
	return f, nil
}

func (f *Finder) follow() {
	f.watch()
	f.resting.Go(f.rest)
}

// emptyRegister is the state of a register that nothing was loaded into.
const emptyRegister = 1

// fits refuses an index that follows another register: one at a state that this
// register has not, or that it reached at another moment. That happens where a
// register was put back from a copy. An empty index is whole when it has reached
// what the register holds now.
func (f *Finder) fits(n note) (whole int64, err error) {
	if n.State == 0 {
		if state := f.register.State(); state > emptyRegister {
			return state, nil
		}
		return 0, nil
	}
	s, err := f.register.StateInfo(context.Background(), n.State)
	if ierr.KindOf(err) == ierr.NotFound || err == nil && s.At.UnixMicro() != n.At {
		return 0, ierr.Wrap(err, ierr.Corrupt, "find.other-register", ierr.Args{"state": n.State})
	}
	return n.Whole, err
}

// removeOthers removes indexes made with other definitions.
func (f *Finder) removeOthers(dir string, keep []string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !slices.Contains(keep, e.Name()) && (strings.HasPrefix(e.Name(), "v") || e.Name() == "past") {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// watch lets the shelf follow the register from where it stands.
func (f *Finder) watch() {
	f.unwatch = f.register.Watch(f.shelf.held.Load(), f.shelf.take, func(err error) {
		f.shelf.mu.Lock()
		defer f.shelf.mu.Unlock()
		f.shelf.fail(err)
	})
}

// rest does what is due when nothing else happens, until the end.
func (f *Finder) rest() {
	t := time.NewTicker(lull / 2)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			f.shelf.rest()
			f.again()
			f.swap()
		case <-f.end:
			return
		}
	}
}

// Close ends the following and closes the index; what was taken is committed.
func (f *Finder) Close() error {
	close(f.end)
	f.resting.Wait()
	f.unwatch()
	f.past.close()
	err := f.shelf.close()
	if e := f.earlier.Load(); e != nil {
		err = errors.Join(err, e.index.Close())
	}
	return err
}

// Sync returns when everything up to a state of the register can be found.
func (f *Finder) Sync(ctx context.Context, state int64) error {
	state = max(state, f.shelf.whole.Load())
	if f.shelf.held.Load() >= state {
		return nil
	}
	if err := f.register.Seen(ctx, state); err != nil {
		return err
	}
	if err := f.shelf.flush(); err != nil {
		return err
	}
	return f.shelf.wait(ctx, state)
}

// State returns the state of the register that answers rest on, and how many
// commits of the register it lags behind.
func (f *Finder) State() (state, behind int64) {
	state = f.shelf.held.Load()
	if e := f.old(); e != nil {
		state = e.held.Load()
	}
	return state, max(0, f.register.State()-state)
}

// Classify tells where a right is counted and why.
func (f *Finder) Classify(v *register.View) classify.Result { return f.lists.Classify(v) }

// Parse reads a query; its refusals are errors for readers, with the place in
// their arguments as pos and end.
func (f *Finder) Parse(src string) (*query.Query, error) {
	q, err := query.Parse(src, f.schema)
	if err != nil {
		if e, ok := err.(*query.Error); ok {
			return nil, e.Refusal()
		}
		return nil, err
	}
	return q, nil
}

// Explain tells in lang how a query is understood, as a tree of plain sentences,
// and its canonical form.
func (f *Finder) Explain(src, lang string) (Understood, error) {
	q, err := f.Parse(src)
	if err != nil {
		return Understood{}, err
	}
	return f.understood(q, lang), nil
}

// Understood is how a query was understood.
type Understood struct {
	Query string     // canonical form
	Steps query.Step // in the reader's language
	Notes []string   // readings that were guessed, and what else to know of the answer
}

func (f *Finder) understood(q *query.Query, lang string) Understood {
	p := f.texts.Printer(lang)
	t := func(key string, args map[string]any) string { return p.T(key, args) }
	u := Understood{Query: q.String(), Steps: q.Steps(lang, t), Notes: q.NoteTexts(t)}
	if f.old() != nil {
		u.Notes = append(u.Notes, t("find.earlier_rules", nil))
	}
	return u
}
