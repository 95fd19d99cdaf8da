package api

import (
	"context"

	"onewindow/internal/api/v1"
	"onewindow/internal/saved"
)

// SavedPath names a saved search.
type SavedPath struct {
	ID string `path:"id" minLength:"1" maxLength:"64"`
}

func (s *server) savedOf(ctx context.Context, x saved.Search) v1.SavedSearch {
	out := v1.SavedSearch{
		ID: x.ID, Title: x.Title, Query: x.Query, Sort: x.Sort, Unit: x.Unit, Body: x.Body, Region: s.class(printer(ctx), "region", x.Region),
		Path: "/" + printer(ctx).Lang() + "/s/" + x.ID, Created: s.local(x.Created), Changed: s.local(x.Changed),
	}
	if s.Saved.May(ctx, x) {
		out.By = x.By
	}
	return out
}

// savedAnswer answers with a search as it is after an act.
func (s *server) savedAnswer(ctx context.Context, x saved.Search, err error) (*v1.SavedSearch, error) {
	if err != nil {
		return nil, err
	}
	out := s.savedOf(ctx, x)
	return &out, nil
}

func (s *server) savedSearches(ctx context.Context, _ *struct{}) (*v1.SavedSearches, error) {
	all, err := s.Saved.List(ctx)
	if err != nil {
		return nil, err
	}
	out := &v1.SavedSearches{Searches: []v1.SavedSearch{}}
	for _, x := range all {
		out.Searches = append(out.Searches, s.savedOf(ctx, x))
	}
	return out, nil
}

func (s *server) savedSearch(ctx context.Context, in *SavedPath) (*v1.SavedSearch, error) {
	x, err := s.Saved.Get(ctx, in.ID)
	return s.savedAnswer(ctx, x, err)
}

func (s *server) saveSearch(ctx context.Context, in *struct{ Body v1.SaveSearch }) (*v1.SavedSearch, error) {
	x, err := s.Saved.Add(ctx, keepOf(in.Body))
	return s.savedAnswer(ctx, x, told(err, in.Body.Query))
}

func (s *server) reviseSearch(ctx context.Context, in *struct {
	SavedPath
	Body v1.SaveSearch
}) (*v1.SavedSearch, error) {
	x, err := s.Saved.Revise(ctx, in.ID, keepOf(in.Body))
	return s.savedAnswer(ctx, x, told(err, in.Body.Query))
}

func (s *server) withdrawSearch(ctx context.Context, in *SavedPath) (*v1.SavedSearch, error) {
	x, err := s.Saved.Withdraw(ctx, in.ID)
	return s.savedAnswer(ctx, x, err)
}

func keepOf(b v1.SaveSearch) saved.Keep {
	return saved.Keep{Title: b.Title, Query: b.Query, Sort: b.Sort, Unit: b.Unit, Author: b.Author}
}
