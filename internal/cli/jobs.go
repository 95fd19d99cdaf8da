package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
)

func (a *app) jobs() *cobra.Command {
	cmd := a.command("jobs", &cobra.Command{Use: "jobs", Args: a.args(0, 0)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		j, err := c.Jobs(ctx)
		if err != nil {
			return err
		}
		return a.emit(format, j, func() *sheet { return a.jobList(j.Mark, j.Jobs) })
	})
	cancel := a.command("jobs-cancel", &cobra.Command{Use: "cancel JOB", Args: a.args(1, 1)})
	cancel.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		id, err := number(args)
		if err != nil {
			return err
		}
		j, err := c.CancelJob(ctx, id)
		if err != nil {
			return err
		}
		return a.emit(format, j, func() *sheet { return a.jobList(v1.Mark{}, []v1.Job{*j}) })
	})
	cmd.AddCommand(cancel)
	return cmd
}

func (a *app) jobList(mark v1.Mark, jobs []v1.Job) *sheet {
	s := a.sheet(mark, column{name: "job"}, column{name: "kind"}, column{name: "status"}, column{name: "load"},
		column{name: "percent", number: true}, column{name: "entries", number: true}, column{name: "started"}, column{name: "ended"}, column{name: "problem", wide: true})
	s.empty = a.t("cli.none.jobs", nil)
	for _, j := range jobs {
		percent, problem := "", ""
		if j.Total > 0 {
			percent = strconv.FormatInt(100*j.Done/j.Total, 10)
		}
		if j.Problem != nil {
			problem = j.Problem.Detail
		}
		s.add(j.ID, a.status(j.Kind), a.status(j.Status), nonzero(j.Load), percent, j.Units, moment(j.Started), moment(j.Ended), problem)
	}
	return s
}

func (a *app) statusCommand() *cobra.Command {
	cmd := a.command("status", &cobra.Command{Use: "status", Args: a.args(0, 0)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		st, err := c.Status(ctx)
		if err != nil {
			return err
		}
		if c.Own { // a server that lives for this question alone is none that people could reach
			st.Server.PID = 0
		}
		return a.emit(format, st, func() *sheet {
			s := a.sheet(st.Mark, column{name: "name"}, column{name: "value", wide: true})
			line := func(key string, value any) { s.add(a.t("cli.status."+key, nil), value) }
			line("data", st.Server.Data)
			line("region", st.RegionName+" ("+st.Region+")")
			line("made", moment(&st.Created))
			line("records", a.say.Number(st.Records))
			line("publications", a.say.Number(st.Publications))
			line("state", st.State)
			line("zone", st.Zone)
			line("jobs", st.Jobs)
			if st.Server.PID > 0 {
				line("server", st.Server.PID)
				line("address", st.Server.Address)
			}
			line("version", st.Version)
			return s
		})
	})
	return cmd
}
