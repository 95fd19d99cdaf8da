package api

import (
	"context"
	"time"

	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/paper"
)

func (s *server) paperOf(p *paper.Paper, lang string) v1.Paper {
	return v1.Paper{
		ID: p.ID, Title: indicator.InLang(p.Titles, lang), Period: p.Period.String(),
		Languages: p.Langs(s.Catalogs.Langs()), Tables: len(p.Tables), Charts: len(p.Charts),
	}
}

func (s *server) papers(ctx context.Context, _ *struct{}) (*v1.Papers, error) {
	out := &v1.Papers{Mark: s.mark(), Papers: []v1.Paper{}}
	for _, p := range s.Papers.Papers {
		out.Papers = append(out.Papers, s.paperOf(p, printer(ctx).Lang()))
	}
	return out, nil
}

// paper finds a paper by its id.
func (s *server) paper(id string) (*paper.Paper, error) {
	if p := s.Papers.Get(id); p != nil {
		return p, nil
	}
	return nil, ierr.New(ierr.NotFound, "paper.unknown", ierr.Args{"id": id})
}

func (s *server) checkPaper(ctx context.Context, in *v1.PaperID) (*v1.PaperCheck, error) {
	p, err := s.paper(in.ID)
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	made, err := s.Press(ctx, p)
	if err != nil {
		return nil, err
	}
	say := printer(ctx)
	out := &v1.PaperCheck{
		Mark: s.mark(), Paper: s.paperOf(p, say.Lang()), Figures: made.Report.Figures, Relations: len(made.Report.Results),
		Claims: made.Report.Claims, Open: s.openChecks(say, made.Report), Notes: []v1.PaperReason{}, Seconds: time.Since(begun).Seconds(),
	}
	for _, n := range made.Report.Explained() {
		out.Notes = append(out.Notes, v1.PaperReason{ID: n.ID, Text: indicator.InLang(n.Text, say.Lang())})
	}
	for i := range made.Report.Results {
		if made.Report.Results[i].Status == indicator.Explained {
			out.Explained++
		}
	}
	return out, nil
}

// openChecks tells what stops publication.
func (s *server) openChecks(say *i18n.Printer, r *paper.Report) []v1.PaperFault {
	out := []v1.PaperFault{}
	for _, f := range r.Faults {
		out = append(out, v1.PaperFault{Where: f.Where, Text: say.T("paper.fault."+string(f.Kind), ierr.Args{"what": f.What, "lang": f.Lang})})
	}
	for i := range r.Results {
		x := &r.Results[i]
		if x.Status != indicator.Open {
			continue
		}
		out = append(out, v1.PaperFault{Where: x.Of.String(), Text: say.T("paper.open", ierr.Args{
			"rule": i18n.Key("check.rule." + string(x.Rule)), "stated": x.Stated.String(), "follows": x.Follow.String(),
		})})
	}
	return out
}
