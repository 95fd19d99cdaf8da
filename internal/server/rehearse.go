package server

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/coverage"
	"onewindow/internal/folder"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator/rehearsal"
)

// rehearsalSource is the source of the rows of tests.
const rehearsalSource = "rehearsal"

// Rehearse runs the test of a definition in a data folder of its own: its tables are
// read, classified and counted as any files are, its returns taken as they stand. A
// row that cannot be read is an error.
func Rehearse(ctx context.Context, cfg Config, region string, script *rehearsal.Script) (_ []rehearsal.Outcome, err error) {
	dir, err := os.MkdirTemp("", "onewindow-rehearsal-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	cfg.Dir, cfg.Make, cfg.Work = filepath.Join(dir, "data"), &Make{folder.Real, region}, true
	s, err := Open(cfg)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for i := range script.Tables {
		if err := s.lay(ctx, filepath.Join(dir, fmt.Sprintf("rehearsal-%d.csv", i+1)), script, &script.Tables[i]); err != nil {
			return nil, err
		}
	}
	if err := s.Ready(ctx); err != nil {
		return nil, err
	}
	e, release, err := s.evaluator(ctx, 0, 0)
	if err != nil {
		return nil, err
	}
	defer release()
	e.Reporter = script.Reporter()
	return script.Run(ctx, e)
}

// lay loads a table of a test.
func (s *Server) lay(ctx context.Context, path string, script *rehearsal.Script, t *rehearsal.Table) error {
	fault := func(reason string) error {
		return ierr.New(ierr.Invalid, "indicator.test-table", ierr.Args{"file": script.File, "line": t.Line, "reason": reason})
	}
	if err := os.WriteFile(path, []byte(strings.Join(t.Lines, "\n")+"\n"), 0o600); err != nil {
		return err
	}
	load := &v1.StartLoad{Paths: []string{path}, As: t.As, Source: rehearsalSource, By: rehearsalSource}
	if t.Complete {
		cover := v1.Cover{Complete: true, Ground: rehearsalSource}
		for _, h := range coverage.Happenings {
			cover.Happenings = append(cover.Happenings, string(h))
		}
		load.Coverage = []v1.Cover{cover}
	}
	j, err := s.jobs.Start(ctx, api.Work{Load: load})
	if err != nil {
		return fault(err.Error())
	}
	if err := s.jobs.ended(ctx, j.ID); err != nil {
		return fault(err.Error())
	}
	loads, err := s.register.Loads(ctx)
	if err != nil {
		return err
	}
	last := loads[0]
	for _, l := range loads {
		if l.ID > last.ID {
			last = l
		}
	}
	rejects, err := s.register.Rejects(ctx, last.ID, 1, 0)
	if err != nil {
		return err
	}
	if len(rejects) > 0 {
		return fault(fmt.Sprintf("row %d: %s %v", rejects[0].Line, rejects[0].Code, rejects[0].Args))
	}
	return nil
}
