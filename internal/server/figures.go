package server

import (
	"context"
	"fmt"

	"onewindow/internal/date"
	"onewindow/internal/decimal"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/returns"
)

// openFigures reads what indicators mean, the forms and all returns.
func (s *Server) openFigures() error {
	var err error
	if s.indicators, err = indicator.Load(s.config.Defs, s.pack); err != nil {
		return ierr.Wrap(err, ierr.Invalid, "server.indicators", ierr.Args{"reason": err.Error()})
	}
	forms, err := returns.Load(s.config.Defs, s.indicators)
	if err != nil {
		return ierr.Wrap(err, ierr.Invalid, "server.indicators", ierr.Args{"reason": err.Error()})
	}
	s.returns, err = returns.Open(context.Background(), s.store, s.indicators, forms, s.config.Now, s.pack.Location())
	return err
}

// evaluator makes figures of what counts now.
func (s *Server) evaluator() *indicator.Evaluator {
	return &indicator.Evaluator{
		Set: s.indicators, Reporter: s.returns.Reports(0), Parent: s.pack.Parent, City: s.pack.City, Sample: s.Sample(),
		Residents: func(code string, on date.Date) (decimal.Number, string, bool) {
			persons, vintage, ok := s.pack.Population(code, on)
			n, _ := decimal.Of(persons).Quo(decimal.Of(10_000))
			return n, s.pack.PopulationSource(vintage), ok && vintage == on
		},
	}
}

// editionYear is the year of the edition whose numbers stand for returns in a sample
// region.
const editionYear = 2020

// editionID names the printed edition of the sample's region and year.
func (s *Server) editionID() string { return fmt.Sprintf("%s-%d", s.pack.ID(), editionYear) }

// reportSample hands in what the printed edition of the sample's region and year
// states and no register holds, signed by nobody real, unless that is done already.
func (s *Server) reportSample(ctx context.Context) error {
	p := indicator.Year(editionYear)
	all, err := returns.Transcribed(s.config.Defs, s.editionID(), p, s.returns.Forms())
	if err != nil {
		return err
	}
	for _, r := range all {
		if len(s.returns.Revisions(r.Form, p)) > 0 {
			continue
		}
		made, err := s.returns.Prepare(ctx, r, "SAMPLE (transcription)")
		if err != nil {
			return err
		}
		if _, err := s.returns.Approve(ctx, made.ID, "SAMPLE (second reading)"); err != nil {
			return err
		}
	}
	return nil
}
