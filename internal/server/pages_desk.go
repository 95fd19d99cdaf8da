package server

import (
	"context"

	"onewindow/internal/account"
	"onewindow/internal/api"
	"onewindow/internal/api/v1"
)

// deskPages answers what the pages of the desk ask as the API does.
type deskPages struct{ api.Backend }

func (d deskPages) in(lang string) api.Quality {
	return api.Quality{Backend: d.Backend, Say: d.Catalogs.Printer(lang)}
}

func (d deskPages) Summary(ctx context.Context, lang string) (*v1.QualitySummary, error) {
	return d.in(lang).Summary(ctx)
}

func (d deskPages) List(ctx context.Context, lang, kind string, p v1.QualityListParams) (*v1.QualityList, error) {
	return d.in(lang).List(ctx, kind, p)
}

func (d deskPages) Case(ctx context.Context, lang, id string) (*v1.QualityCase, error) {
	return d.in(lang).Case(ctx, id)
}

func (d deskPages) Alike(ctx context.Context, lang string, p v1.QualityAlikeParams) (*v1.QualityList, error) {
	return d.in(lang).Alike(ctx, p)
}

func (d deskPages) Decisions(ctx context.Context, lang string, p v1.QualityDecisionsParams) (*v1.QualityDecisions, error) {
	return d.in(lang).Decisions(ctx, p)
}

func (d deskPages) Decide(ctx context.Context, lang string, x v1.QualityDecide) (*v1.QualityDecision, error) {
	x.Author = account.Signature(ctx, x.Author)
	return d.in(lang).Decide(ctx, x)
}

func (d deskPages) Undo(ctx context.Context, lang, id, reason string) (*v1.QualityDecision, error) {
	return d.in(lang).Undo(ctx, id, reason, account.Signature(ctx, ""))
}
