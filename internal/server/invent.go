package server

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/coverage"
	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/job"
	"onewindow/internal/official"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/sample"
)

// The varied part of a sample: a few thousand rights of many kinds, the same in every
// demo.
const (
	sampleRights = 3000
	sampleSeed   = 1
	sampleSource = "sample"
	sampleLabel  = "sample" // of the load of a sample that has nothing else
	sampleUnread = 100      // entries that are damaged beyond reading, as real ones are
)

// sampleGround is on what it rests that the sample is complete.
const sampleGround = "Everything that was invented for this region was loaded."

// Invent fills a sample folder with the varied part of its invented region, unless it is
// filled already, and returns when that can be found. Where the folder is new and the
// server was opened for an edition, Fill loads the rest of it.
func (s *Server) Invent(ctx context.Context) error {
	edition, err := s.edition()
	if err != nil {
		return err
	}
	whole := false
	begun, err := s.begun(ctx, sampleLabel)
	if err == nil && begun == (beginning{}) && edition != nil {
		if begun, err = s.begun(ctx, edition.varied()); err == nil {
			whole = begun != (beginning{}) || s.config.Edition
		}
	}
	if err != nil {
		return err
	}
	if whole {
		s.filling.open(edition)
	}
	if begun == (beginning{}) {
		if begun.job, err = s.startVaried(ctx, whole); err != nil {
			return err
		}
	}
	if err := s.reportSample(ctx); err != nil {
		return err
	}
	if begun.job != 0 {
		if err := s.jobs.ended(ctx, begun.job); err != nil {
			return err
		}
	}
	return s.inventTable(ctx, whole)
}

// beginning says whether a load was begun: by a job that has not ended, or done.
type beginning struct {
	job  int64
	done bool
}

// begun looks for the load with a label.
func (s *Server) begun(ctx context.Context, label string) (beginning, error) {
	open, err := s.store.OpenJobs(ctx)
	if err != nil {
		return beginning{}, err
	}
	for _, j := range open {
		var what v1.StartLoad
		if j.Kind == kindLoad && json.Unmarshal(j.Args, &what) == nil && what.Label == label {
			return beginning{job: j.ID}, nil
		}
	}
	loads, err := s.register.Loads(ctx)
	if err != nil {
		return beginning{}, err
	}
	for _, l := range loads {
		if l.Label == label && l.Status == register.Done {
			return beginning{done: true}, nil
		}
	}
	return beginning{}, nil
}

// ended returns when a job has, with its error where it failed.
func (j *jobs) ended(ctx context.Context, id int64) error {
	if j.runner == nil {
		return ierr.New(ierr.Busy, "server.passing", nil)
	}
	one, err := j.runner.Wait(ctx, id)
	if err == nil && one.State != job.Done && one.Failure != nil {
		err = one.Failure.Err()
	}
	return err
}

// sampleYear is the year of the invented official table.
const sampleYear = 2018

// inventTable adds the invented official table, unless there is one already. Beside the
// register of an edition it leaves inventions out: it is about the varied part.
func (s *Server) inventTable(ctx context.Context, whole bool) error {
	tables, err := s.reconcile.Tables(ctx)
	if err != nil || len(tables) > 0 {
		return err
	}
	kinds := []record.Kind{record.Invention, record.UtilityModel, record.Design}
	if whole {
		kinds = kinds[1:]
	}
	table, about, err := sample.Official(s.pack, kinds, sampleRights, sampleSeed, sampleYear)
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

// startVaried writes the files of the varied part anew and starts their load. Of an
// invented world everything is known, but of what more of an edition is to come.
func (s *Server) startVaried(ctx context.Context, whole bool) (job int64, err error) {
	dir := s.folder.Samples()
	if err := os.RemoveAll(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, ierr.Wrap(err, ierr.Internal, "folder.write", ierr.Args{"file": dir, "reason": err.Error()})
	}
	paths, err := sample.Write(dir, s.pack, sampleRights, sampleSeed)
	if err != nil {
		return 0, err
	}
	label, cover := sampleLabel, v1.Cover{
		Happenings: []string{string(coverage.Filings), string(coverage.Publications), string(coverage.Grants)},
		Complete:   true, Unread: sampleUnread, Ground: sampleGround,
	}
	if whole { // of utility models and designs those of the year of the official table
		label = s.filling.edition.varied()
		cover.Kinds = []string{string(record.UtilityModel), string(record.Design)}
		cover.Happenings = cover.Happenings[1:]
		cover.From, cover.To = date.Of(sampleYear, 1, 1).String(), date.Of(sampleYear, 12, 31).String()
	}
	j, err := s.jobs.Start(ctx, api.Work{Load: &v1.StartLoad{
		Paths: paths, Label: label, Source: sampleSource, By: sampleSource,
		Coverage: []v1.Cover{cover},
	}})
	return j.ID, err
}
