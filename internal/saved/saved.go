// Package saved keeps searches under permanent links: whoever has a link may read
// what is kept under it, its owner alone may change or withdraw it.
package saved

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/account"
	"onewindow/internal/audit"
	"onewindow/internal/ierr"
)

// Limits of what is kept.
const (
	MaxTitle  = 120  // characters
	MaxQuery  = 4096 // characters
	MaxOfOne  = 200  // searches of one owner
	idBytes   = 15   // of chance in an id
	idLetters = 24
)

// Search is a query that somebody keeps.
type Search struct {
	ID        string // cannot be guessed
	Title     string
	Query     string // in its canonical form
	Sort      string // "" for the usual one
	Unit      string
	Person    int64  // whose it is, 0 of the folder's owner
	By        string // their signature
	Body      string // that they act for
	Region    string // of the body
	Created   time.Time
	Changed   time.Time
	Withdrawn time.Time // zero while it stands
}

// Store keeps searches. What it was told is on the disk when it returns.
type Store interface {
	// SavedSearch returns a search, withdrawn or not, nil where there is none.
	SavedSearch(ctx context.Context, id string) (*Search, error)
	// SavedSearches returns the standing searches of a person, or of everybody, the
	// newest first.
	SavedSearches(ctx context.Context, person int64, everybody bool) ([]Search, error)
	// PutSavedSearch writes a new or changed search and the leaf of the act in one
	// transaction.
	PutSavedSearch(ctx context.Context, s Search, leaf audit.Leaf) error
}

// Config is what searches are kept with.
type Config struct {
	Store     Store
	Canonical func(query string) (string, error) // parses a query
	Region    string                             // of the folder, for its owner
	State     func() int64                       // of the register, for the log
	Now       func() time.Time
}

// Searches keeps searches. Its methods may be called from many goroutines.
type Searches struct {
	Config
	mu sync.Mutex // over counting and writing
}

// New returns searches kept with a configuration.
func New(c Config) *Searches { return &Searches{Config: c} }

// Keep is what a search is kept with, or changed to.
type Keep struct {
	Title, Query, Sort, Unit string
	Author                   string // who signs for the folder's owner
}

// alphabet writes ids: no letter is mistaken for another.
var alphabet = base32.NewEncoding("abcdefghjkmnpqrstuvwxyz023456789").WithPadding(base32.NoPadding)

// Add keeps a search of the person of the request. Errors: Invalid where the title
// or the query is not right, TooLarge beyond the limit, Forbidden for strangers.
func (s *Searches) Add(ctx context.Context, k Keep) (Search, error) {
	x, err := s.mine(ctx, k.Author)
	if err != nil {
		return Search{}, err
	}
	if err := s.take(&x, k); err != nil {
		return Search{}, err
	}
	chance := make([]byte, idBytes)
	rand.Read(chance)
	x.ID, x.Created = alphabet.EncodeToString(chance), s.Now()
	x.Changed = x.Created
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := s.Store.SavedSearches(ctx, x.Person, false)
	if err != nil {
		return Search{}, err
	}
	if len(all) >= MaxOfOne {
		return Search{}, ierr.New(ierr.TooLarge, "saved.many", ierr.Args{"limit": MaxOfOne})
	}
	return x, s.put(ctx, "add", x)
}

// mine is an empty search of the person of the request.
func (s *Searches) mine(ctx context.Context, author string) (Search, error) {
	if p, ok := account.PersonOf(ctx); ok && !account.IsOwner(ctx) {
		return Search{Person: p.ID, By: p.Signature(), Body: p.Body, Region: p.Region}, nil
	}
	if !account.IsOwner(ctx) {
		return Search{}, ierr.New(ierr.Forbidden, "account.sign-in", nil)
	}
	return Search{By: author, Region: s.Region}, nil
}

// take checks what a search is to be and writes it.
func (s *Searches) take(x *Search, k Keep) error {
	title := strings.TrimSpace(k.Title)
	if title == "" || !utf8.ValidString(title) || utf8.RuneCountInString(title) > MaxTitle || strings.ContainsFunc(title, unicode.IsControl) {
		return ierr.New(ierr.Invalid, "saved.title", ierr.Args{"limit": MaxTitle})
	}
	if !utf8.ValidString(k.Query+k.Sort+k.Unit) || utf8.RuneCountInString(k.Query) > MaxQuery {
		return ierr.New(ierr.Invalid, "saved.query", ierr.Args{"limit": MaxQuery})
	}
	query, err := s.Canonical(k.Query)
	if err != nil {
		return err
	}
	x.Title, x.Query, x.Sort, x.Unit = title, query, k.Sort, k.Unit
	return nil
}

// Get returns a search that stands, for whoever has its link. It fails with
// NotFound, "saved.none", where there is none or it was withdrawn.
func (s *Searches) Get(ctx context.Context, id string) (Search, error) {
	if len(id) != idLetters {
		return Search{}, ierr.New(ierr.NotFound, "saved.none", nil)
	}
	x, err := s.Store.SavedSearch(ctx, id)
	if err != nil {
		return Search{}, err
	}
	if x == nil || !x.Withdrawn.IsZero() {
		return Search{}, ierr.New(ierr.NotFound, "saved.none", nil)
	}
	return *x, nil
}

// List returns the searches of the person of the request; the folder's owner sees
// those of everybody.
func (s *Searches) List(ctx context.Context) ([]Search, error) {
	x, err := s.mine(ctx, "")
	if err != nil {
		return nil, err
	}
	return s.Store.SavedSearches(ctx, x.Person, account.IsOwner(ctx))
}

// May tells whether the person of the request may change a search.
func (s *Searches) May(ctx context.Context, x Search) bool {
	if account.IsOwner(ctx) {
		return true
	}
	p, ok := account.PersonOf(ctx)
	return ok && p.ID == x.Person && p.May(account.Save)
}

// Revise changes what is kept under a link. Errors are those of Get and Add, and
// Forbidden, "saved.other", for what is somebody else's.
func (s *Searches) Revise(ctx context.Context, id string, k Keep) (Search, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, err := s.own(ctx, id)
	if err != nil {
		return Search{}, err
	}
	if err := s.take(&x, k); err != nil {
		return Search{}, err
	}
	x.Changed = s.Now()
	return x, s.put(ctx, "revise", x)
}

// Withdraw ends a link. Errors are those of Revise.
func (s *Searches) Withdraw(ctx context.Context, id string) (Search, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, err := s.own(ctx, id)
	if err != nil {
		return Search{}, err
	}
	x.Withdrawn = s.Now()
	return x, s.put(ctx, "withdraw", x)
}

// own returns a search that the person of the request may change.
func (s *Searches) own(ctx context.Context, id string) (Search, error) {
	x, err := s.Get(ctx, id)
	if err == nil && !s.May(ctx, x) {
		err = ierr.New(ierr.Forbidden, "saved.other", nil)
	}
	return x, err
}

// put writes a search and the leaf of an act. s.mu is held.
func (s *Searches) put(ctx context.Context, act string, x Search) error {
	leaf, err := audit.New("saved."+act, s.State(), map[string]any{
		"search": x.ID, "title": x.Title, "query": x.Query, "sort": x.Sort, "unit": x.Unit, "person": x.Person, "by": x.By,
	})
	if err != nil {
		return err
	}
	return s.Store.PutSavedSearch(ctx, x, leaf)
}
