package cli

import (
	"context"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

// audit is the group of commands about the tamper-evident log.
func (a *app) audit() *cobra.Command {
	cmd := a.command("audit", &cobra.Command{Use: "audit", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.auditVerify(), a.auditHead(), a.auditHeads(), a.auditShow(), a.auditErase())
	return cmd
}

// maxHeadFile limits the bytes of a file that holds a signed head.
const maxHeadFile = 4096

func (a *app) auditVerify() *cobra.Command {
	var file string
	var v v1.VerifyLog
	cmd := a.command("audit-verify", &cobra.Command{Use: "verify [--head FILE]", Args: a.args(0, 0)})
	cmd.Flags().StringVar(&file, "head", "", a.flag("audit-head"))
	cmd.Flags().StringVar(&v.Public, "key", "", a.flag("audit-key"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		if file != "" {
			var err error
			if v.Head, err = readHead(file); err != nil {
				return err
			}
		}
		r, err := c.VerifyLog(ctx, v)
		if err != nil {
			return err
		}
		if err := a.emit(format, r, func() *sheet { return a.auditSheet(r) }); err != nil || r.Sound {
			return err
		}
		return ierr.New(ierr.Corrupt, "audit.verdict.broken", ierr.Args{"faults": int64(len(r.Faults)) + r.More})
	})
	return cmd
}

// readHead reads a file that holds a signed head.
func readHead(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", ierr.Wrap(err, ierr.Invalid, "audit.head-file", ierr.Args{"file": file, "reason": err.Error()})
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxHeadFile+1))
	if err != nil {
		return "", ierr.Wrap(err, ierr.Invalid, "audit.head-file", ierr.Args{"file": file, "reason": err.Error()})
	}
	if len(b) > maxHeadFile {
		return "", ierr.New(ierr.TooLarge, "audit.head-long", ierr.Args{"limit": maxHeadFile})
	}
	return string(b), nil
}

func (a *app) auditSheet(r *v1.LogReport) *sheet {
	s := a.sheet(r.Mark, column{name: "what"}, column{name: "value", wide: true})
	add := func(what, value string) { s.add(a.t("audit.what."+what, nil), value) }
	add("verdict", r.Verdict)
	add("leaves", strconv.FormatInt(r.Leaves, 10))
	add("erased", strconv.FormatInt(r.Erased, 10))
	add("heads", strconv.Itoa(r.Heads))
	add("signed", strconv.FormatInt(r.Signed, 10))
	add("proven", strconv.FormatInt(r.Proven, 10))
	add("root", r.Root)
	for _, f := range r.Faults {
		add("fault", f.Text)
	}
	if r.More > 0 {
		add("more", strconv.FormatInt(r.More, 10))
	}
	return s
}

func (a *app) auditHead() *cobra.Command {
	cmd := a.command("audit-head", &cobra.Command{Use: "head", Args: a.args(0, 0)})
	cmd.RunE = a.ask([]string{"table", "json"}, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		h, err := c.SignLog(ctx)
		if err != nil {
			return err
		}
		if format == "table" {
			_, err := io.WriteString(a.Out, h.Signed)
			return err
		}
		return a.emit(format, h, nil)
	})
	return cmd
}

func (a *app) auditHeads() *cobra.Command {
	cmd := a.command("audit-heads", &cobra.Command{Use: "heads", Args: a.args(0, 0)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		all, err := c.LogHeads(ctx)
		if err != nil {
			return err
		}
		return a.emit(format, all, func() *sheet {
			s := a.sheet(all.Mark, column{name: "leaves"}, column{name: "signed"}, column{name: "root", wide: true})
			s.empty = a.t("cli.none.heads", nil)
			for _, h := range all.Heads {
				s.add(strconv.FormatInt(h.Size, 10), moment(&h.At), h.Root)
			}
			return s
		})
	})
	return cmd
}

func (a *app) auditShow() *cobra.Command {
	cmd := a.command("audit-show", &cobra.Command{Use: "show LEAF", Args: a.args(1, 1)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		seq, err := leafNumber(args[0])
		if err != nil {
			return err
		}
		l, err := c.LogLeaf(ctx, seq)
		if err != nil {
			return err
		}
		return a.emit(format, l, func() *sheet { return a.leafSheet(l) })
	})
	return cmd
}

func (a *app) auditErase() *cobra.Command {
	var e v1.EraseLeaf
	cmd := a.command("audit-erase", &cobra.Command{Use: "erase LEAF --reason REASON", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&e.Reason, "reason", "", a.flag("audit-reason"))
	cmd.Flags().StringVar(&e.Author, "author", "", a.flag("author"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		seq, err := leafNumber(args[0])
		if err != nil {
			return err
		}
		e.Author = author(e.Author)
		l, err := c.EraseLeaf(ctx, seq, e)
		if err != nil {
			return err
		}
		return a.emit(format, l, func() *sheet { return a.leafSheet(l) })
	})
	return cmd
}

// leafNumber reads the number of a leaf.
func leafNumber(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 {
		return 0, ierr.New(ierr.Invalid, "audit.leaf-number", ierr.Args{"text": s})
	}
	return n, nil
}

func (a *app) leafSheet(l *v1.LogLeaf) *sheet {
	s := a.sheet(l.Mark, column{name: "what"}, column{name: "value", wide: true})
	add := func(what, value string) { s.add(a.t("audit.what."+what, nil), value) }
	add("leaf", strconv.FormatInt(l.Seq, 10))
	add("kind", l.Kind)
	add("state", strconv.FormatInt(l.After, 10))
	if l.Erased {
		add("content", a.t("audit.erased", nil))
	} else {
		add("content", string(l.Payload))
		add("salt", l.Salt)
	}
	add("hash", l.Hash)
	if l.Head != nil {
		add("head", strconv.FormatInt(l.Head.Size, 10)+", "+moment(&l.Head.At))
		add("path", strings.Join(l.Path, " "))
	}
	return s
}
