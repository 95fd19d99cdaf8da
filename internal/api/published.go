package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"onewindow/internal/api/v1"
	"onewindow/internal/edition"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/publish"
)

// Publication says how an edition is published.
type Publication struct {
	Status     publish.Status
	By, Reason string
}

// TellEdition tells of an edition in the reader's language.
func (s Backend) TellEdition(say *i18n.Printer, e *edition.Edition) (v1.Edition, error) {
	hash, err := e.Hash()
	out := v1.Edition{
		Paper: e.Paper, Edition: e.N, Title: indicator.InLang(e.Titles, say.Lang()), Status: named(say, "paper.status", string(e.Status)), Released: e.Released.String(), At: s.local(e.At),
		Reason: e.Reason, Sample: e.Sample, State: e.State, Approval: e.Approval, Figures: len(e.Figures), Hash: hash, Head: e.Head,
	}
	for _, f := range e.Files {
		out.Files = append(out.Files, v1.EditionFile{Name: f.Name, Format: f.Format, Lang: f.Lang, Size: f.Size, SHA256: f.SHA256})
	}
	return out, err
}

func (s *server) publishPaper(ctx context.Context, in *struct {
	v1.PaperID
	Body v1.PublishPaper
}) (*v1.Edition, error) {
	p, err := s.paper(in.ID)
	if err != nil {
		return nil, err
	}
	by, err := signer(ctx, in.Body.By)
	if err != nil {
		return nil, err
	}
	e, err := s.Publish(ctx, p, Publication{publish.Status(in.Body.Status), by, in.Body.Reason})
	if err != nil {
		return nil, err
	}
	out, err := s.TellEdition(printer(ctx), e)
	return &out, err
}

func (s *server) paperEditions(ctx context.Context, in *v1.PaperID) (*v1.Editions, error) {
	out := &v1.Editions{Mark: s.mark(), Editions: []v1.Edition{}}
	for _, e := range slices.Backward(s.Editions.Of(in.ID)) {
		x, err := s.TellEdition(printer(ctx), &e)
		if err != nil {
			return nil, err
		}
		out.Editions = append(out.Editions, x)
	}
	return out, nil
}

func (s *server) paperEdition(ctx context.Context, in *v1.EditionParams) (*v1.Edition, error) {
	e, err := s.Editions.Get(in.ID, in.N)
	if err != nil {
		return nil, err
	}
	out, err := s.TellEdition(printer(ctx), e)
	return &out, err
}

func (s *server) editionFile(_ context.Context, in *v1.EditionFileParams) (func(huma.Context), error) {
	e, err := s.Editions.Get(in.ID, in.N)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(e.Files, func(f edition.File) bool { return f.Name == in.Name })
	if i < 0 {
		return nil, ierr.New(ierr.NotFound, "edition.no-file", ierr.Args{"file": in.Name})
	}
	r, err := s.EditionFile(e, e.Files[i])
	if err != nil {
		return nil, err
	}
	return func(hc huma.Context) {
		defer r.Close()
		f := publish.Get(e.Files[i].Format)
		if f != nil {
			hc.SetHeader("Content-Type", f.Media)
		}
		hc.SetHeader("Content-Disposition", `attachment; filename="`+e.Files[i].Name+`"`)
		if _, err := io.Copy(hc.BodyWriter(), r); err != nil {
			s.Log.Warn("a file of an edition broke off", "file", in.Name, "err", err)
		}
	}, nil
}

func (s *server) paperDiff(ctx context.Context, in *v1.DiffParams) (*v1.EditionDiff, error) {
	out, err := s.TellDiff(ctx, printer(ctx), *in)
	if out != nil {
		out.Mark = s.mark()
	}
	return out, err
}

// TellDiff tells what two editions differ in, in the reader's language.
func (s Backend) TellDiff(ctx context.Context, say *i18n.Printer, in v1.DiffParams) (*v1.EditionDiff, error) {
	before, err := s.Editions.Get(in.ID, in.From)
	if err != nil {
		return nil, err
	}
	after, err := s.Editions.Get(in.ID, in.To)
	if err != nil {
		return nil, err
	}
	loads, err := s.Register.Loads(ctx)
	if err != nil {
		return nil, err
	}
	changes := edition.Diff(before, after)
	out := &v1.EditionDiff{Paper: in.ID, From: in.From, To: in.To, Changes: []v1.FigureChange{}}
	stated := map[string]bool{}
	for _, f := range slices.Concat(before.Figures, after.Figures) {
		stated[f.Ref.String()] = true
	}
	out.Same = len(stated) - len(changes)
	for _, c := range changes {
		x := v1.FigureChange{Figure: c.Ref.String(), Name: s.Indicators.Name(c.Ref, say, s.Region.Name), By: c.By}
		for _, w := range c.Why {
			x.Why = append(x.Why, named(say, "edition.why", string(w)))
			if w == edition.Records {
				for _, l := range loads {
					if l.First > min(before.State, after.State) && l.First <= max(before.State, after.State) {
						x.Loads = append(x.Loads, l.ID)
					}
				}
			}
		}
		x.Before, x.After = published(c.Before), published(c.After)
		out.Changes = append(out.Changes, x)
	}
	return out, nil
}

// published writes a figure as it was published, "" where there was none.
func published(f *indicator.Figure) string {
	if f == nil {
		return ""
	}
	n, ok := f.Published()
	if !ok {
		return ""
	}
	return n.Text(f.Places)
}

// paperPack writes the proof pack of an edition. It is made first, so that what goes
// wrong is told.
func (s *server) paperPack(ctx context.Context, in *v1.EditionParams) (func(huma.Context), error) {
	e, err := s.Editions.Get(in.ID, in.N)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := s.Pack(ctx, e, &b); err != nil {
		return nil, err
	}
	return func(hc huma.Context) {
		hc.SetHeader("Content-Type", "application/zip")
		hc.SetHeader("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%d-proof.zip"`, e.Paper, e.N))
		if _, err := hc.BodyWriter().Write(b.Bytes()); err != nil {
			s.Log.Warn("a proof pack broke off", "paper", in.ID, "err", err)
		}
	}, nil
}
