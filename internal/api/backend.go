package api

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"time"

	"onewindow/internal/account"
	"onewindow/internal/audit"
	"onewindow/internal/coverage"
	"onewindow/internal/edition"
	"onewindow/internal/export"
	"onewindow/internal/find"
	"onewindow/internal/folder"
	"onewindow/internal/i18n"
	"onewindow/internal/indicator"
	"onewindow/internal/lifecycle"
	"onewindow/internal/paper"
	"onewindow/internal/party"
	"onewindow/internal/quality"
	"onewindow/internal/reconcile"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/returns"
	"onewindow/internal/saved"
	"onewindow/internal/supply"
)

// Backend is what the API answers from.
type Backend struct {
	Register   *register.Register
	Finder     *find.Finder
	Parties    *party.Parties
	Accounts   *account.Accounts
	Desk       *quality.Desk
	Jobs       Jobs
	Region     *region.Pack
	Lives      *lifecycle.Rules
	Reconcile  *reconcile.Desk
	Sources    *supply.Sources
	Judge      *coverage.Judge
	Catalogs   *i18n.Catalogs
	Log        *slog.Logger
	Indicators *indicator.Set
	Returns    *returns.Desk
	// Evaluator makes figures of one state and one approval, those of now for 0; the
	// caller releases them.
	Evaluator func(ctx context.Context, state, approval int64) (e *indicator.Evaluator, release func(), err error)

	Defs        fs.FS
	Papers      *paper.Shelf
	Editions    *edition.Shelf
	Publish     func(context.Context, *paper.Paper, Publication) (*edition.Edition, error) // publishes the next edition
	Pack        func(context.Context, *edition.Edition, io.Writer) error                   // writes the proof pack of an edition
	EditionFile func(*edition.Edition, edition.File) (io.ReadCloser, error)                // a file of an edition, checked
	Press       func(context.Context, *paper.Paper) (*paper.Made, error)                   // makes a paper with the figures of now

	Audit  *audit.Log
	Saved  *saved.Searches                 // kept searches
	Write  Write                           // writes an export
	Export func() (done func(), err error) // takes a place among the exports of strangers; Busy when there is none
	Place  func(code, lang string) string  // name of a country (ST.3) or a place of China (GB/T 2260), "" for none
	Check  func(record.Application) string // state of the check digit: sound, wrong, computed, none, damaged or ""
	// Assignable tells whether an officer can assign a value of a field of the classification.
	Assignable func(field, value string) bool
	Repaired   func(flag string) bool // whether a flag tells of what was put right without doubt

	Sample  bool // the records are invented
	Marker  folder.Marker
	Data    string        // path of the data folder
	Address func() string // where pages are served, "" when nowhere
	Started time.Time
	Version string
}

// Write writes the rights that a request finds in a format and a language, limit
// of them at most, 0 for all. What it refuses it refuses before the first byte.
type Write func(ctx context.Context, lang string, req find.Request, f export.Format, limit int, w io.Writer) (*export.Report, error)

// local returns a moment in the region's zone, the one in which its days end.
func (b Backend) local(t time.Time) time.Time { return t.In(b.Region.Location()) }

// localIf is local of a moment that may be none.
func (b Backend) localIf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = b.local(t)
	return &t
}
