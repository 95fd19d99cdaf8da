package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
	"onewindow/internal/proof"
)

func (a *app) paperPack() *cobra.Command {
	var file string
	cmd := a.command("paper-pack", &cobra.Command{Use: "pack ID[@N] --out FILE", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&file, "out", "", a.flag("paper-pack-out"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		id, n, err := readEdition(args[0])
		if err != nil {
			return err
		}
		e, err := c.Edition(ctx, id, n)
		if err != nil {
			return err
		}
		if file == "" {
			file = fmt.Sprintf("%s-%d-proof.zip", e.Paper, e.Edition)
		}
		var b bytes.Buffer
		if err := c.ProofPack(ctx, e.Paper, e.Edition, &b); err != nil {
			return err
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			return ierr.Wrap(err, ierr.Invalid, "paper.out", ierr.Args{"dir": file, "reason": err.Error()})
		}
		return a.emit(format, e, func() *sheet {
			s := a.sheet(v1.Mark{Sample: e.Sample}, column{name: "file", wide: true}, column{name: "bytes", number: true})
			s.add(file, b.Len())
			return s
		})
	})
	return cmd
}

// maxPack limits the bytes of a proof pack.
const maxPack = 1 << 30

func (a *app) paperVerify() *cobra.Command {
	var key string
	cmd := a.command("paper-verify", &cobra.Command{Use: "verify FILE [--key KEY]", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&key, "key", "", a.flag("paper-key"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		info, err := os.Stat(args[0])
		if err != nil {
			return ierr.Wrap(err, ierr.NotFound, "proof.file", ierr.Args{"file": args[0], "reason": err.Error()})
		}
		if info.Size() > maxPack {
			return ierr.New(ierr.TooLarge, "proof.size", ierr.Args{"limit": maxPack})
		}
		b, err := os.ReadFile(args[0])
		if err != nil {
			return ierr.Wrap(err, ierr.NotFound, "proof.file", ierr.Args{"file": args[0], "reason": err.Error()})
		}
		r, err := proof.Verify(cmd.Context(), b, strings.TrimSpace(key))
		if err != nil {
			return err
		}
		if err := a.emit(format, r, func() *sheet { return a.proofSheet(r) }); err != nil || r.Sound() {
			return err
		}
		return ierr.New(ierr.Corrupt, "proof.broken", ierr.Args{"n": len(r.Faults)})
	}
	return cmd
}

// proofSheet says what was checked and what is wrong.
func (a *app) proofSheet(r *proof.Report) *sheet {
	s := a.sheet(v1.Mark{Sample: r.Sample}, column{name: "what", wide: true}, column{name: "value", wide: true})
	add := func(what string, value any) { s.add(a.t("proof.what."+what, nil), value) }
	add("edition", fmt.Sprintf("%s@%d", r.Edition.Paper, r.Edition.N))
	add("entries", r.Entries)
	add("rows", r.Rows)
	add("figures", r.Figures)
	add("reported", r.Reported)
	add("head", fmt.Sprintf("%s %d %s", r.Head.Origin, r.Head.Size, r.Head.Root))
	for _, f := range r.Faults {
		s.add(a.t("proof.fault."+string(f.Kind), nil), f.What+": "+f.Says)
	}
	switch {
	case !r.Sound():
	case r.Proven:
		s.notes = append(s.notes, a.t("proof.proven", nil))
	default:
		s.notes = append(s.notes, a.t("proof.consistent", nil))
	}
	return s
}
