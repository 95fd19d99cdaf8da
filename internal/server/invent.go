package server

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/coverage"
	"onewindow/internal/ierr"
	"onewindow/internal/official"
	"onewindow/internal/register"
	"onewindow/internal/sample"
)

// The sample region: a few thousand rights, the same in every demo.
const (
	sampleRights = 3000
	sampleSeed   = 1
	sampleSource = "sample"
	sampleUnread = 100 // entries that are damaged beyond reading, as real ones are
)

// Invent fills a sample folder with its invented region, unless it is filled
// already, and returns when everything can be found.
func (s *Server) Invent(ctx context.Context) error {
	if err := s.jobs.settled(ctx); err != nil {
		return err
	}
	loads, err := s.register.Loads(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(loads, func(l register.LoadInfo) bool { return l.Status == register.Done }) {
		if err := s.startSample(ctx); err != nil {
			return err
		}
	}
	if err := s.reportSample(ctx); err != nil {
		return err
	}
	if err := s.jobs.settled(ctx); err != nil {
		return err
	}
	if err := s.finder.Sync(ctx, s.register.State()); err != nil {
		return err
	}
	return s.inventTable(ctx)
}

// sampleYear is the year of the invented official table.
const sampleYear = 2018

// inventTable adds the invented official table, unless there is one already.
func (s *Server) inventTable(ctx context.Context) error {
	tables, err := s.reconcile.Tables(ctx)
	if err != nil || len(tables) > 0 {
		return err
	}
	table, about, err := sample.Official(s.pack, sampleRights, sampleSeed, sampleYear)
	if err != nil {
		return err
	}
	head, err := official.ParseHead(about)
	if err != nil {
		return err
	}
	_, err = s.reconcile.Add(ctx, "sample-grants.csv", table, head, "sample")
	return err
}

// startSample writes the files of the sample anew and starts their load.
func (s *Server) startSample(ctx context.Context) error {
	dir := s.folder.Samples()
	if err := os.RemoveAll(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return ierr.Wrap(err, ierr.Internal, "folder.write", ierr.Args{"file": dir, "reason": err.Error()})
	}
	paths, err := sample.Write(dir, s.pack, sampleRights, sampleSeed)
	if err != nil {
		return err
	}
	_, err = s.jobs.Start(ctx, api.Work{Load: &v1.StartLoad{
		Paths: paths, Label: "sample", Source: sampleSource, By: "sample",
		// Of an invented world everything is known.
		Coverage: []v1.Cover{{
			Happenings: []string{string(coverage.Filings), string(coverage.Publications), string(coverage.Grants)}, Complete: true, Unread: sampleUnread,
			Ground: "Everything that was invented for this region was loaded.",
		}},
	}})
	return err
}
