// Package server opens a data folder and wires everything that works on it:
// register, index, jobs, API and pages. A server always listens on the folder's
// local socket; it serves a network address when it is told to.
package server

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"onewindow/internal/account"
	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/audit"
	"onewindow/internal/chart"
	"onewindow/internal/classify"
	"onewindow/internal/coverage"
	"onewindow/internal/edition"
	"onewindow/internal/find"
	"onewindow/internal/folder"
	"onewindow/internal/glossary"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/lifecycle"
	"onewindow/internal/paper"
	"onewindow/internal/party"
	"onewindow/internal/picture"
	"onewindow/internal/quality"
	"onewindow/internal/reconcile"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/returns"
	"onewindow/internal/store/sqlite"
	"onewindow/internal/supply"
	"onewindow/internal/web"
)

// Make says what a data folder is made for where there is none yet.
type Make struct {
	Nature folder.Nature
	Region string
}

// Config is what a server is opened with.
type Config struct {
	Dir      string // of the data folder
	Make     *Make  // nil: the folder must be there
	Defs     fs.FS
	Catalogs *i18n.Catalogs
	Log      *slog.Logger
	Now      func() time.Time
	Work     bool // run jobs, and go on with those that an earlier server did not finish
	Version  string
	Edition  bool     // a new sample folder gets the whole register of its region's edition
	Hosts    []string // names, besides localhost and addresses, that people reach the pages by
}

// Server is an open data folder.
type Server struct {
	config     Config
	folder     *folder.Folder
	pack       *region.Pack
	store      *sqlite.DB
	register   *register.Register
	pictures   *picture.Store
	parties    *party.Parties
	accounts   *account.Accounts
	finder     *find.Finder
	glossary   *glossary.Glossary
	desk       *quality.Desk
	lives      *lifecycle.Rules
	classifier *classify.Classifier
	reconcile  *reconcile.Desk
	sources    *supply.Sources
	judge      *coverage.Judge
	backend    api.Backend // what the API answers from, and pages about loads
	indicators *indicator.Set
	returns    *returns.Desk
	papers     *paper.Shelf
	editions   *edition.Shelf
	outlines   *chart.Outlines // of the region, nil where there are none
	pressing   sync.Mutex      // while an edition is made
	audit      *audit.Log
	tries      tries
	newest     newestFigures
	exports    exports
	tables     tables
	filling    filling
	jobs       *jobs
	handler    http.Handler
	started    time.Time
	closers    []func() error // in the order of opening
}

// Open opens the data folder, or makes it, and listens on its local socket.
// The caller must Close the server. Errors are those of the folder and of the
// parts that it holds; a second owner is refused with Busy.
func Open(cfg Config) (*Server, error) {
	s := &Server{config: cfg, started: cfg.Now(), exports: make(exports, maxExports)}
	for _, step := range []func() error{s.openFolder, s.openTables, s.openSources, s.openRegister, s.openLog, s.openAccounts, s.openFinder, s.openFigures, s.openPapers, s.openEditions, s.openOutlines, s.openJobs, s.openHandler, s.listen} {
		if err := step(); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// Close stops the server: requests end first, then jobs stop where they can be
// resumed, then what they work on is closed.
func (s *Server) Close() error {
	var errs []error
	for len(s.closers) > 0 {
		last := len(s.closers) - 1
		errs = append(errs, s.closers[last]())
		s.closers = s.closers[:last]
	}
	return errors.Join(errs...)
}

// Ready returns when the index holds everything that the register does.
func (s *Server) Ready(ctx context.Context) error { return s.finder.Sync(ctx, s.register.State()) }

// Settled returns when no job waits or runs.
func (s *Server) Settled(ctx context.Context) error { return s.jobs.settled(ctx) }

func (s *Server) onClose(f func() error) { s.closers = append(s.closers, f) }

// Sample tells whether the folder holds invented records.
func (s *Server) Sample() bool { return s.folder.Nature == folder.Sample }

// openFolder takes the folder. A region that there is no pack for is refused
// before a folder is made for it.
func (s *Server) openFolder() (err error) {
	if m := s.config.Make; m != nil {
		if s.pack, err = region.Load(s.config.Defs, m.Region); err != nil {
			return err
		}
		s.folder, err = folder.Create(s.config.Dir, m.Nature, m.Region, s.config.Now())
	} else {
		s.folder, err = folder.Open(s.config.Dir, s.config.Now())
	}
	if err != nil {
		return err
	}
	s.onClose(s.folder.Close)
	if s.pack == nil {
		s.pack, err = region.Load(s.config.Defs, s.folder.Region)
	}
	return err
}

func (s *Server) openRegister() (err error) {
	s.pictures = picture.Open(s.folder.Pictures())
	if s.store, err = sqlite.Open(s.folder.Register(), sqlite.Options{}); err != nil {
		return err
	}
	s.onClose(s.store.Close)
	if err = s.checkMarker(); err != nil {
		return err
	}
	s.register, err = register.Open(context.Background(), s.store, register.Options{
		Now: s.config.Now, Zone: s.pack.Location(), Log: s.config.Log, Steward: coverage.Steward{Sources: s.sources},
	})
	if err != nil {
		return err
	}
	s.onClose(func() error { s.register.Close(); return nil })
	if s.lives, err = lifecycle.Load(s.config.Defs); err != nil {
		return err
	}
	s.judge = coverage.NewJudge(s.register, s.sources, s.pack, s.lives)
	return nil
}

// checkMarker holds the folder's marker to what the register was made for: a
// marker is easily edited, and invented records must never pass for real ones.
func (s *Server) checkMarker() error {
	m := s.folder.Marker
	nature, region, err := s.store.MadeFor(context.Background(), string(m.Nature), m.Region)
	if err == nil && (nature != string(m.Nature) || region != m.Region) {
		err = ierr.New(ierr.Conflict, "folder.disagrees", ierr.Args{
			"dir": s.folder.Dir(), "marker": string(m.Nature) + ", " + m.Region, "register": nature + ", " + region,
		})
	}
	return err
}

// openAccounts reads who may do what.
func (s *Server) openAccounts() (err error) {
	s.accounts, err = account.Open(account.Config{
		Store: s.store, Defs: s.config.Defs, Pack: s.pack, State: s.register.State, Now: s.config.Now, Log: s.config.Log,
	})
	return err
}

// HasPeople tells whether anybody may sign in.
func (s *Server) HasPeople(ctx context.Context) (bool, error) {
	all, err := s.accounts.People(ctx)
	return len(all) > 0, err
}

func (s *Server) openFinder() error {
	classifier, err := classify.New(s.pack, s.config.Defs)
	if err != nil {
		return err
	}
	s.classifier = classifier
	if s.glossary, err = glossary.Load(s.config.Defs); err != nil {
		return err
	}
	s.parties, err = party.Open(party.Config{
		Register: s.register, Store: s.store, Dir: s.folder.Index(), Defs: s.config.Defs, Pack: s.pack, Classifier: classifier,
		Now: s.config.Now, Log: s.config.Log,
	})
	if err != nil {
		return err
	}
	s.onClose(s.parties.Close)
	s.finder, err = find.Open(find.Config{
		Register: s.register, Dir: s.folder.Index(), Pack: s.pack, Classifier: classifier, Texts: s.config.Catalogs, Glossary: s.glossary, Parties: s.parties, Lives: s.lives,
		Log: s.config.Log,
	})
	if err != nil {
		return err
	}
	s.onClose(s.finder.Close)
	s.desk = quality.Open(quality.Config{
		Register: s.register, Parties: s.parties, Classifier: classifier, Classify: s.finder.Classify, Doubtful: s.finder.Doubtful,
		Repaired: func(flag string) bool { return repairs[flag] }, Known: s.assignable,
		Definition: classifier.Hash(), Dir: s.folder.Index(), Log: s.config.Log,
	})
	s.onClose(s.desk.Close)
	return nil
}

// assignable tells whether an officer can assign a value of a field of the
// classification: those that stand for what nothing tells, or sources disagree on, are
// not decisions.
func (s *Server) assignable(field, value string) bool {
	switch field {
	case "region":
		return s.pack.Unit(value) != nil || value == s.pack.Other() || value == region.Elsewhere
	case "holder-type":
		return value != classify.Unclassified && slices.Contains(classify.HolderTypes, value)
	case "field":
		n, err := strconv.Atoi(value)
		return err == nil && n > 0 && slices.Contains(s.finder.Values(field), value)
	}
	return false
}

// openHandler puts API and pages together.
func (s *Server) openHandler() error {
	if err := s.openReconcile(); err != nil {
		return err
	}
	mux := http.NewServeMux()
	kept := s.keptSearches()
	s.backend = api.Backend{
		Reconcile: s.reconcile,
		Register:  s.register, Finder: s.finder, Parties: s.parties, Desk: s.desk, Accounts: s.accounts, Jobs: s.jobs, Region: s.pack, Lives: s.lives, Sources: s.sources, Judge: s.judge, Catalogs: s.config.Catalogs, Log: s.config.Log,
		Sample: s.Sample(), Marker: s.folder.Marker, Data: s.folder.Dir(), Address: s.folder.Address, Started: s.started, Version: s.config.Version,
		Audit:      s.audit,
		Saved:      kept,
		Write:      s.writeExport,
		Indicators: s.indicators, Returns: s.returns, Evaluator: s.evaluator, Defs: s.config.Defs, Papers: s.papers, Press: s.press, Editions: s.editions, Publish: s.Publish, EditionFile: s.EditionFile, Pack: s.Pack,
		Export:     s.exports.begin,
		Place:      s.glossary.Place,
		Check:      func(a record.Application) string { return string(checkOf(a)) },
		Assignable: s.assignable,
		Repaired:   func(flag string) bool { return repairs[flag] },
	}
	if err := api.New(mux, s.backend); err != nil {
		return err
	}
	names := map[string]string{}
	for _, lang := range s.config.Catalogs.Langs() {
		names[lang] = s.pack.Title(lang)
	}
	site, err := web.New(web.Config{
		Register: pages{s}, Catalogs: s.config.Catalogs, Region: names, Sample: s.Sample(), Filling: s.Filling, Zone: s.pack.Location(), Log: s.config.Log,
		Export: v1.Prefix + "/export", Reconcile: reconciler{api.NewReconciler(s.backend), s.config.Catalogs}, Accounts: s.accounts, Unit: s.pack.Name, Desk: deskPages{s.backend}, Saved: kept, Pictures: s.pictures.Read,
		Papers: pages{s}, Figures: figurePages{pages{s}, api.NewFigures(s.backend)}, Returns: api.NewReturnsDesk(s.backend),
	})
	if err != nil {
		return err
	}
	mux.Handle("/", site.Handler())
	s.handler = s.ownSite(s.accounts.Identify(mux))
	return nil
}
