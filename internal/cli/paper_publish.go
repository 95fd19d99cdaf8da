package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

func (a *app) paperPublish() *cobra.Command {
	var dir string
	var p v1.PublishPaper
	cmd := a.command("paper-publish", &cobra.Command{Use: "publish ID [--out DIR] [--status STATUS] [--reason TEXT]", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&dir, "out", "", a.flag("paper-out"))
	cmd.Flags().StringVar(&p.Status, "status", "final", a.flag("paper-status"))
	cmd.Flags().StringVar(&p.Reason, "reason", "", a.flag("paper-reason"))
	cmd.Flags().StringVar(&p.By, "by", "", a.flag("paper-by"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		e, err := c.PublishPaper(ctx, args[0], p)
		if err != nil {
			return err
		}
		if err := a.fetch(ctx, c, e, dir); err != nil {
			return err
		}
		return a.emit(format, e, func() *sheet { return a.editionSheet(e) })
	})
	return cmd
}

// fetch writes the files of an edition to a folder, where one is named.
func (a *app) fetch(ctx context.Context, c *client.Connection, e *v1.Edition, dir string) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return ierr.Wrap(err, ierr.Invalid, "paper.out", ierr.Args{"dir": dir, "reason": err.Error()})
	}
	for _, f := range e.Files {
		var b bytes.Buffer
		if err := c.EditionFile(ctx, e.Paper, e.Edition, f.Name, &b); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(f.Name)), b.Bytes(), 0o644); err != nil {
			return ierr.Wrap(err, ierr.Invalid, "paper.out", ierr.Args{"dir": dir, "reason": err.Error()})
		}
	}
	return nil
}

// editionSheet lists the files of an edition.
func (a *app) editionSheet(e *v1.Edition) *sheet {
	s := a.sheet(v1.Mark{Sample: e.Sample}, column{name: "file", wide: true}, column{name: "bytes", number: true}, column{name: "sha256"})
	for _, f := range e.Files {
		s.add(f.Name, f.Size, f.SHA256)
	}
	s.notes = append(s.notes, a.t("paper.published", ierr.Args{"id": e.Paper, "n": e.Edition, "status": e.Status.Label, "figures": e.Figures, "state": e.State, "hash": e.Hash}))
	return s
}

func (a *app) paperEditions() *cobra.Command {
	var dir string
	cmd := a.command("paper-editions", &cobra.Command{Use: "editions ID[@N] [--out DIR]", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&dir, "out", "", a.flag("paper-out"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		id, n, err := readEdition(args[0])
		if err != nil {
			return err
		}
		if n > 0 || dir != "" {
			e, err := c.Edition(ctx, id, n)
			if err != nil {
				return err
			}
			if err := a.fetch(ctx, c, e, dir); err != nil {
				return err
			}
			return a.emit(format, e, func() *sheet { return a.editionSheet(e) })
		}
		list, err := c.Editions(ctx, id)
		if err != nil {
			return err
		}
		return a.emit(format, list, func() *sheet {
			s := a.sheet(list.Mark, column{name: "edition", number: true}, column{name: "status"}, column{name: "released"}, column{name: "figures", number: true}, column{name: "state", number: true}, column{name: "reason", wide: true})
			for _, e := range list.Editions {
				s.add(e.Edition, e.Status.Label, e.Released, e.Figures, e.State, e.Reason)
			}
			return s
		})
	})
	return cmd
}

// readEdition reads ID or ID@N.
func readEdition(s string) (id string, n int, err error) {
	id, number, dated := strings.Cut(s, "@")
	if !dated {
		return id, 0, nil
	}
	if n, err = strconv.Atoi(number); err != nil || n < 1 {
		return "", 0, ierr.New(ierr.Invalid, "edition.name", ierr.Args{"name": s})
	}
	return id, n, nil
}

func (a *app) paperDiff() *cobra.Command {
	cmd := a.command("paper-diff", &cobra.Command{Use: "diff ID@N ID@M", Args: a.args(2, 2)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		id, from, err := readEdition(args[0])
		if err != nil {
			return err
		}
		other, to, err := readEdition(args[1])
		if err != nil {
			return err
		}
		if id != other || from == 0 || to == 0 {
			return ierr.New(ierr.Invalid, "edition.two", nil)
		}
		d, err := c.DiffEditions(ctx, v1.DiffParams{ID: id, From: from, To: to})
		if err != nil {
			return err
		}
		return a.emit(format, d, func() *sheet { return a.diffSheet(d) })
	})
	return cmd
}

// diffSheet lists what differs, and why.
func (a *app) diffSheet(d *v1.EditionDiff) *sheet {
	s := a.sheet(d.Mark, column{name: "figure", wide: true}, column{name: "before", number: true}, column{name: "after", number: true}, column{name: "why", wide: true})
	for _, c := range d.Changes {
		var why []string
		for _, w := range c.Why {
			why = append(why, w.Label)
		}
		if len(c.Loads) > 0 {
			why = append(why, a.t("edition.loads", ierr.Args{"loads": c.Loads}))
		}
		s.add(c.Name+"  "+c.Figure, c.Before, c.After, strings.Join(why, "; "))
	}
	s.notes = append(s.notes, a.t("edition.differ", ierr.Args{"n": len(d.Changes), "same": d.Same}))
	return s
}
