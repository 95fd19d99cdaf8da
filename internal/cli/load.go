package cli

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/folder"
	"onewindow/internal/ierr"
	"onewindow/internal/server"
)

func (a *app) load() *cobra.Command {
	var what v1.StartLoad
	var region, mapping, covers string
	var unread, resume bool
	cmd := a.command("load", &cobra.Command{Use: "load [--region REGION] [--as FORMAT] [--mapping FILE] [--source SOURCE] [--coverage FILE] [--label LABEL] PATH..."})
	flags := cmd.Flags()
	flags.StringVar(&region, "region", "", a.flag("region"))
	flags.StringVar(&what.As, "as", "", a.flag("as"))
	flags.StringVar(&mapping, "mapping", "", a.flag("mapping"))
	flags.StringVar(&what.Label, "label", "", a.flag("label"))
	flags.StringVar(&what.Source, "source", "", a.flag("source"))
	flags.StringVar(&covers, "coverage", "", a.flag("coverage"))
	flags.BoolVar(&unread, "unread", false, a.flag("unread"))
	flags.BoolVar(&resume, "resume", false, a.flag("resume"))
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if resume {
			return a.args(0, 0)(cmd, args)
		}
		return a.args(1, v1.MaxPaths)(cmd, args)
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		if mapping != "" {
			if what.Mapping, err = a.ownMapping(mapping); err != nil {
				return err
			}
		}
		if covers != "" {
			if what.Coverage, err = a.readCoverage(covers); err != nil {
				return err
			}
		}
		cfg, err := a.loadConfig(region)
		if err != nil {
			return err
		}
		return a.working(cmd.Context(), cfg, func(c *client.Connection) error {
			jobs, err := a.loadJobs(cmd.Context(), c, what, args, resume)
			for _, job := range jobs {
				if err == nil {
					err = a.finishLoad(cmd.Context(), c, job, format, unread)
				}
			}
			return err
		})
	}
	return cmd
}

// loadConfig says how the folder is opened for a load: made where it is absent
// and a region is named, refused where it holds invented records or another
// region.
func (a *app) loadConfig(region string) (server.Config, error) {
	cfg := a.config()
	cfg.Work = true
	m, err := folder.Look(cfg.Dir)
	switch {
	case err == nil:
		return cfg, m.Must(cfg.Dir, folder.Real, region)
	case ierr.KindOf(err) != ierr.NotFound:
		return cfg, err
	case region == "":
		return cfg, ierr.New(ierr.Invalid, "cli.region-needed", ierr.Args{"dir": cfg.Dir})
	}
	cfg.Make = &server.Make{Nature: folder.Real, Region: region}
	return cfg, nil
}

// loadJobs starts the wanted load, or finds those that were interrupted.
func (a *app) loadJobs(ctx context.Context, c *client.Connection, what v1.StartLoad, args []string, resume bool) ([]v1.Job, error) {
	if !resume {
		what.By = whoami()
		for _, path := range args {
			abs, err := filepath.Abs(path)
			if err != nil {
				return nil, ierr.Wrap(err, ierr.Invalid, "cli.path", ierr.Args{"path": path})
			}
			what.Paths = append(what.Paths, abs)
		}
		job, err := c.StartLoad(ctx, what)
		if err != nil {
			return nil, err
		}
		return []v1.Job{*job}, nil
	}
	return a.interrupted(ctx, c)
}

// interrupted returns the jobs that load and have not ended, and starts one for
// each load that was left without a job.
func (a *app) interrupted(ctx context.Context, c *client.Connection) ([]v1.Job, error) {
	all, err := c.Jobs(ctx)
	if err != nil {
		return nil, err
	}
	var open []v1.Job
	taken := map[int64]bool{}
	for _, j := range all.Jobs {
		if !j.Finished && j.Kind != "undo" {
			open = append(open, j)
			taken[j.Load] = true
		}
	}
	loads, err := c.Loads(ctx, v1.Page{Limit: v1.MaxLimit})
	if err != nil {
		return nil, err
	}
	for _, l := range loads.Loads {
		if l.Status != "running" || taken[l.ID] {
			continue
		}
		job, err := c.ResumeLoad(ctx, l.ID, v1.Actor{By: whoami()})
		if err != nil {
			return nil, err
		}
		open = append(open, *job)
	}
	if len(open) == 0 {
		return nil, ierr.New(ierr.NotFound, "cli.nothing-to-resume", nil)
	}
	return open, nil
}

// finishLoad waits for a job that loads, and prints what came of it.
func (a *app) finishLoad(ctx context.Context, c *client.Connection, job v1.Job, format string, unread bool) error {
	done, err := a.wait(ctx, c, job)
	if err != nil {
		return err
	}
	load, err := c.Load(context.WithoutCancel(ctx), done.Load)
	if err != nil {
		return err
	}
	if unread {
		parts, err := c.Unread(ctx, done.Load)
		if err != nil {
			return err
		}
		return a.emit(format, parts, func() *sheet { return a.unreadParts(parts) })
	}
	if err := a.emit(format, load, func() *sheet { return a.loadDetail(load) }); err != nil {
		return err
	}
	if load.Status == "held" {
		return ierr.New(ierr.Conflict, "cli.load-is-held", ierr.Args{"load": strconv.FormatInt(load.ID, 10)})
	}
	return nil
}

// pollEvery is the pause between two looks at a job.
const pollEvery = 150 * time.Millisecond

// wait shows the progress of a job until it ends. When the reader interrupts,
// a job of another process goes on and one of this process stops where it can
// be taken up again; the error says which.
func (a *app) wait(ctx context.Context, c *client.Connection, job v1.Job) (*v1.Job, error) {
	p := &progress{out: a.Err, terminal: a.Terminal, width: a.Width, say: a.say}
	defer p.end()
	for {
		now, err := c.Job(ctx, job.ID)
		switch {
		case ctx.Err() != nil && c.Own:
			return nil, ierr.Wrap(ctx.Err(), ierr.Cancelled, "cli.stopped-resumable", ierr.Args{"dir": a.settings.value("data")})
		case ctx.Err() != nil:
			return nil, ierr.Wrap(ctx.Err(), ierr.Cancelled, "cli.goes-on", ierr.Args{"job": strconv.FormatInt(job.ID, 10)})
		case err != nil:
			return nil, err
		}
		if now.Finished {
			return now, outcome(now)
		}
		p.show(measure{label: a.doing(now), done: now.Done, total: now.Total, units: now.Units}, a.Now())
		select {
		case <-ctx.Done():
		case <-time.After(pollEvery):
		}
	}
}

// doing tells what a job does now.
func (a *app) doing(j *v1.Job) string {
	if j.Stage == "" {
		return a.status(j.Status)
	}
	return strings.TrimSpace(a.t("cli.stage."+j.Stage, nil) + " " + nameOf(j.File))
}

// nameOf returns the last part of a path, nothing for no path.
func nameOf(path string) string {
	if path == "" {
		return ""
	}
	return filepath.Base(path)
}

// outcome returns why a finished job failed, nil if it did not.
func outcome(j *v1.Job) error {
	if j.Problem != nil {
		return &client.Refusal{Problem: *j.Problem}
	}
	if j.Status == "cancelled" {
		return ierr.Wrap(errors.New(j.Status), ierr.Cancelled, "cli.job-cancelled", ierr.Args{"job": strconv.FormatInt(j.ID, 10)})
	}
	return nil
}
