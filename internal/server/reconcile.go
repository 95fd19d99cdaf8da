package server

import (
	"context"
	"net/http"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/official"
	"onewindow/internal/reconcile"
)

// openReconcile makes the desk at which official tables are laid beside the own count.
func (s *Server) openReconcile() error {
	words, err := official.LoadWords(s.config.Defs, s.pack, s.config.Catalogs)
	if err != nil {
		return ierr.Wrap(err, ierr.Invalid, "server.official", ierr.Args{"reason": err.Error()})
	}
	s.reconcile = reconcile.New(reconcile.Config{
		Store: s.store, Register: s.register, Finder: s.finder, Classifier: s.classifier, Pack: s.pack, Lives: s.lives, Words: words,
		Now: s.config.Now, Log: s.config.Log,
	})
	return nil
}

// reconciler answers what the pages ask about official tables.
type reconciler struct {
	api.Reconciler
	catalogs *i18n.Catalogs
}

// Add adds a table.
func (r reconciler) Add(ctx context.Context, lang, name string, file, about []byte, by string) (*v1.OfficialTable, error) {
	return r.Reconciler.Add(ctx, lang, v1.AddOfficialTable{Name: name, File: file, About: string(about), Author: by})
}

// Write writes a sheet as a file.
func (r reconciler) Write(w http.ResponseWriter, bare bool, form, lang string, sheet *v1.Reconciliation) error {
	return api.WriteSheet(w, bare, form, r.catalogs.Printer(lang), sheet)
}
