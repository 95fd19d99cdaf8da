package server

import (
	"context"

	"onewindow/internal/ierr"
	"onewindow/internal/paper"
)

// openPapers reads the papers of the region.
func (s *Server) openPapers() error {
	var err error
	if s.papers, err = paper.Open(s.config.Defs, s.pack.ID(), s.config.Catalogs.Langs()); err != nil {
		return ierr.Wrap(err, ierr.Invalid, "server.papers", ierr.Args{"reason": err.Error()})
	}
	return nil
}

// press makes a paper with the figures of now.
func (s *Server) press(ctx context.Context, p *paper.Paper) (*paper.Made, error) {
	figures, release, err := s.evaluator(ctx, 0, 0)
	if err != nil {
		return nil, err
	}
	defer release()
	var makers []*paper.Maker
	for _, lang := range s.config.Catalogs.Langs() {
		makers = append(makers, &paper.Maker{Set: s.indicators, Evaluate: figures.Figure, Place: s.pack.Name, Say: s.config.Catalogs.Printer(lang)})
	}
	return paper.Make(ctx, p, makers)
}
