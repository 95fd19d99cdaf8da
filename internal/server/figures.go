package server

import (
	"context"
	"fmt"
	"strings"

	"onewindow/internal/api"
	"onewindow/internal/coverage"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/register"
	"onewindow/internal/returns"
	"onewindow/internal/tally"
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

// evaluator makes figures of one state of the register and one approval of the
// returns, those of now for 0. The caller releases the state.
func (s *Server) evaluator(ctx context.Context, state, approval int64) (_ *indicator.Evaluator, release func(), err error) {
	if state != 0 {
		if _, err := s.register.StateInfo(ctx, state); err != nil {
			return nil, nil, err
		}
	}
	if approval > s.returns.Number() {
		return nil, nil, ierr.New(ierr.NotFound, "returns.approval", ierr.Args{"approval": approval})
	}
	counter, err := tally.Open(ctx, s.finder, s.judge, s.pack, register.AsOf{Known: state}, s.incomplete)
	if err != nil {
		return nil, nil, err
	}
	e := indicator.NewEvaluator(s.indicators, s.pack)
	e.Counter, e.Reporter, e.Sample = counter, s.returns.Reports(approval), s.Sample()
	return e, counter.Close, nil
}

// incomplete says in every language why a count is no figure.
func (s *Server) incomplete(v coverage.Verdict) map[string]string {
	out := map[string]string{}
	for _, lang := range s.config.Catalogs.Langs() {
		c := api.Coverage(s.config.Catalogs.Printer(lang), s.sources, s.pack, v)
		out[lang] = strings.Join(c.Reasons, " ")
	}
	return out
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
