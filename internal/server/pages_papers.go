package server

import (
	"context"
	"io"
	"slices"

	"onewindow/internal/api/v1"
	"onewindow/internal/edition"
	"onewindow/internal/ierr"
	"onewindow/internal/publish"
)

// Editions lists the editions of a paper, the newest first.
func (p pages) Editions(_ context.Context, lang, paper string) ([]v1.Edition, error) {
	var out []v1.Edition
	for _, e := range p.editions.Of(paper) {
		x, err := p.backend.TellEdition(p.print(lang), &e)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b v1.Edition) int { return b.At.Compare(a.At) })
	return out, nil
}

// Edition returns one edition.
func (p pages) Edition(_ context.Context, lang, paper string, n int) (*v1.Edition, error) {
	e, err := p.editions.Get(paper, n)
	if err != nil {
		return nil, err
	}
	out, err := p.backend.TellEdition(p.print(lang), e)
	return &out, err
}

// EditionFile opens a file of an edition.
func (p pages) EditionFile(_ context.Context, paper string, n int, name string) (io.ReadCloser, string, error) {
	e, err := p.editions.Get(paper, n)
	if err != nil {
		return nil, "", err
	}
	i := slices.IndexFunc(e.Files, func(f edition.File) bool { return f.Name == name })
	if i < 0 {
		return nil, "", ierr.New(ierr.NotFound, "edition.no-file", ierr.Args{"file": name})
	}
	media := "application/octet-stream"
	if f := publish.Get(e.Files[i].Format); f != nil {
		media = f.Media
	}
	r, err := p.Server.EditionFile(e, e.Files[i])
	return r, media, err
}

// EditionPack writes the proof pack of an edition.
func (p pages) EditionPack(ctx context.Context, paper string, n int, w io.Writer) error {
	e, err := p.editions.Get(paper, n)
	if err != nil {
		return err
	}
	return p.Pack(ctx, e, w)
}

// EditionDiff tells what two editions differ in.
func (p pages) EditionDiff(ctx context.Context, lang, paper string, from, to int) (*v1.EditionDiff, error) {
	return p.backend.TellDiff(ctx, p.print(lang), v1.DiffParams{ID: paper, From: from, To: to})
}
