// Package edition keeps what was published: each edition of a paper with its figures,
// the hashes of its files and all that it rests on, numbered and never changed. It
// tells what two of them differ in, and why.
package edition

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sync"
	"time"

	"onewindow/internal/audit"
	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/publish"
)

// Edition is a paper as it was published.
type Edition struct {
	Paper    string              `json:"paper"`
	N        int                 `json:"edition"` // the first is 1
	Status   publish.Status      `json:"status"`
	Released date.Date           `json:"released"`
	At       time.Time           `json:"at"`
	By       string              `json:"by"`
	Reason   string              `json:"reason,omitempty"` // of a revision
	Sample   bool                `json:"sample"`
	State    int64               `json:"state"`
	Approval int64               `json:"approval"`
	Evidence string              `json:"evidence"` // SHA-256 of the manifest of all that the figures rest on
	Head     string              `json:"head"`     // signed head of the log before the edition
	Figures  []*indicator.Figure `json:"figures"`
	Titles   map[string]string   `json:"titles"`
	Files    []File              `json:"files"`
}

// File is a file of an edition.
type File struct {
	Name   string `json:"name"`
	Format string `json:"format"`
	Lang   string `json:"lang,omitempty"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Hash returns the SHA-256 of the edition in canonical JSON, in hexadecimal digits: it
// holds every figure with what it rests on and the hash of every file.
func (e *Edition) Hash() (string, error) {
	b, err := audit.Canonical(e)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// LeafKind is the kind of the leaves that tell of a publication.
const LeafKind = "edition.publish"

// Store keeps editions. What it was told is on the disk when it returns.
type Store interface {
	// Editions calls fn with every edition, by paper and number.
	Editions(ctx context.Context, fn func(Edition) error) error
	// PutEdition stores a new edition and the leaf of its publication in one
	// transaction. Conflict where there is one of that number.
	PutEdition(ctx context.Context, e Edition, leaf audit.Leaf) error
}

// Shelf holds all editions.
type Shelf struct {
	store Store

	mu  sync.RWMutex
	all []Edition // by paper and number
}

// Open reads every edition.
func Open(ctx context.Context, store Store) (*Shelf, error) {
	s := &Shelf{store: store}
	err := store.Editions(ctx, func(e Edition) error {
		s.all = append(s.all, e)
		return nil
	})
	return s, err
}

// Of returns the editions of a paper, the first first; of all papers for "".
func (s *Shelf) Of(paper string) []Edition {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []Edition
	for _, e := range s.all {
		if paper == "" || e.Paper == paper {
			out = append(out, e)
		}
	}
	return out
}

// Get returns an edition, the last of the paper for n 0. NotFound where there is none.
func (s *Shelf) Get(paper string, n int) (*Edition, error) {
	of := s.Of(paper)
	if n == 0 && len(of) > 0 {
		return &of[len(of)-1], nil
	}
	i := slices.IndexFunc(of, func(e Edition) bool { return e.N == n })
	if i < 0 {
		return nil, ierr.New(ierr.NotFound, "edition.none", ierr.Args{"id": paper, "n": n})
	}
	return &of[i], nil
}

// Newest returns the edition that was published last, nil where there is none.
func (s *Shelf) Newest() *Edition {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var last *Edition
	for i := range s.all {
		if last == nil || s.all[i].At.After(last.At) {
			last = &s.all[i]
		}
	}
	return last
}

// Publish stores a new edition. Its number must follow the last one's. The leaf of the
// log holds its hash.
func (s *Shelf) Publish(ctx context.Context, e Edition) error {
	hash, err := e.Hash()
	if err != nil {
		return err
	}
	leaf, err := audit.New(LeafKind, e.State, map[string]any{"paper": e.Paper, "edition": e.N, "status": e.Status, "by": e.By, "hash": hash})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	last := 0
	for _, x := range s.all {
		if x.Paper == e.Paper {
			last = x.N
		}
	}
	if e.N != last+1 {
		return ierr.New(ierr.Conflict, "edition.number-taken", ierr.Args{"id": e.Paper, "n": e.N})
	}
	if err := s.store.PutEdition(ctx, e, leaf); err != nil {
		return err
	}
	s.all = append(s.all, e)
	slices.SortStableFunc(s.all, func(a, b Edition) int {
		if a.Paper != b.Paper {
			if a.Paper < b.Paper {
				return -1
			}
			return 1
		}
		return a.N - b.N
	})
	return nil
}
