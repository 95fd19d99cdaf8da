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
	made, _, err := s.makePaper(ctx, p)
	return made, err
}

// makePaper makes a paper with the figures of now, and returns its makers too.
func (s *Server) makePaper(ctx context.Context, p *paper.Paper) (*paper.Made, []*paper.Maker, error) {
	figures, release, err := s.evaluator(ctx, 0, 0)
	if err != nil {
		return nil, nil, err
	}
	defer release()
	var makers []*paper.Maker
	for _, lang := range s.config.Catalogs.Langs() {
		makers = append(makers, &paper.Maker{Set: s.indicators, Evaluate: figures.Figure, Place: s.pack.Name, Say: s.config.Catalogs.Printer(lang)})
	}
	made, err := paper.Make(ctx, p, makers)
	return made, makers, err
}
