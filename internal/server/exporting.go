package server

import (
	"context"
	"errors"
	"io"
	"strings"

	"onewindow/internal/api"
	"onewindow/internal/date"
	"onewindow/internal/export"
	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/query"
	"onewindow/internal/register"
)

// errEnough ends an export at the limit that its reader asked for.
var errEnough = errors.New("enough")

// writeExport writes the rights that a request finds to w, limit of them at most,
// 0 for all. A refusal comes before the first byte.
func (s *Server) writeExport(ctx context.Context, lang string, req find.Request, f export.Format, limit int, w io.Writer) (*export.Report, error) {
	say := s.config.Catalogs.Printer(lang)
	req.Lang = lang
	now := s.config.Now().In(s.pack.Location())
	on := api.Day(ctx, s.register, req.AsOf)
	var out export.Writer
	var state int64
	head := func(found *find.Result) (err error) {
		state = found.State
		out, err = export.New(f, w, say, export.Head{
			Query: found.Query, Understood: stepLines(found.Steps, ""), Notes: found.Notes, Total: found.Total, Limit: limit, State: found.State,
			Made: now, Region: s.pack.Title(lang), Producer: strings.TrimSpace("OneWindow " + s.config.Version), Sample: s.Sample(),
		})
		return err
	}
	n := 0
	err := s.finder.Each(ctx, find.Public(), req, head, func(v *register.View) error {
		if limit > 0 && n >= limit {
			return errEnough
		}
		n++
		return out.Write(s.exported(ctx, say, v, on, state))
	})
	if err != nil && err != errEnough {
		if out != nil {
			out.Discard()
		}
		return nil, err
	}
	return out.Close()
}

// exported says of a right what the register concludes, as of a day and a state.
func (s *Server) exported(ctx context.Context, say *i18n.Printer, v *register.View, on date.Date, state int64) *export.Right {
	c := s.finder.Classify(v)
	life := api.Life(say, v, s.backend.LifeOf(ctx, v, on, state))
	r := &export.Right{
		View: v, Kind: named(say, "kind", string(v.Kind)), Region: pages{s}.place(say, c.Region), RegionCode: c.Region.Code,
		HolderType: named(say, "holder-type", c.HolderType.Code), Field: named(say, "field", c.Field.Code),
		State: life.State.Label, Certainty: life.Certainty.Label,
	}
	r.Ends, _ = date.Parse(life.Ends)
	return r
}

// stepLines writes an explanation line by line.
func stepLines(step query.Step, indent string) []string {
	lines := []string{indent + step.Text}
	for _, sub := range step.Steps {
		lines = append(lines, stepLines(sub, indent+"  ")...)
	}
	return lines
}
