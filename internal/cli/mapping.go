package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
	"onewindow/internal/mapping"
)

// mapping is the group of commands about the mappings that tables are read with.
// They work on definitions and on the reader's files, and need no data folder.
func (a *app) mapping() *cobra.Command {
	cmd := a.command("mapping", &cobra.Command{Use: "mapping", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.mappingList(), a.mappingTemplate(), a.mappingCheck(), a.mappingNew())
	return cmd
}

func (a *app) mappingList() *cobra.Command {
	cmd := a.command("mapping-list", &cobra.Command{Use: "list", Args: a.args(0, 0)})
	cmd.RunE = func(*cobra.Command, []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		library, err := mapping.Open(a.defs)
		if err != nil {
			return err
		}
		type entry struct {
			ID      string   `json:"id"`
			Name    string   `json:"name"`
			About   string   `json:"about"`
			Columns []string `json:"columns"`
		}
		s := a.sheet(v1.Mark{}, column{name: "id"}, column{name: "mapping"}, column{name: "reads", wide: true})
		var all []entry
		for _, m := range library.All() {
			e := entry{ID: m.ID, Name: m.Name(a.say.Lang()), About: strings.TrimSpace(m.About[a.say.Lang()])}
			for _, c := range m.HeadColumns(a.say.Lang()) {
				e.Columns = append(e.Columns, c.Head(a.say.Lang()))
			}
			all = append(all, e)
			s.add(e.ID, e.Name, e.About)
		}
		return a.emit(format, all, func() *sheet { return s })
	}
	return cmd
}

func (a *app) mappingTemplate() *cobra.Command {
	var out string
	cmd := a.command("mapping-template", &cobra.Command{Use: "template ID --out FILE", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&out, "out", "", a.flag("out-table"))
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		library, err := mapping.Open(a.defs)
		if err != nil {
			return err
		}
		m, err := library.Named(args[0])
		if err != nil {
			return err
		}
		switch strings.ToLower(filepath.Ext(out)) {
		case ".xlsx":
			return a.writeNew(out, func(w io.Writer) error { return mapping.TemplateXLSX(w, m, a.say) })
		case ".csv":
			return a.writeNew(out, func(w io.Writer) error { return mapping.TemplateCSV(w, m, a.say) })
		}
		return ierr.New(ierr.Invalid, "mapping.out", ierr.Args{"out": out})
	}
	return cmd
}

// writeNew writes a file that must not be there yet.
func (a *app) writeNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case os.IsExist(err):
		return ierr.Wrap(err, ierr.Conflict, "mapping.exists", ierr.Args{"path": path})
	case err != nil:
		return ierr.Wrap(err, ierr.Invalid, "mapping.write", ierr.Args{"path": path, "reason": err.Error()})
	}
	if err := write(f); err != nil {
		f.Close()
		os.Remove(path)
		return err
	}
	if err := f.Close(); err != nil {
		return ierr.Wrap(err, ierr.Invalid, "mapping.write", ierr.Args{"path": path, "reason": err.Error()})
	}
	_, err = fmt.Fprintln(a.Out, a.t("cli.mapping-written", ierr.Args{"path": path}))
	return err
}

func (a *app) mappingNew() *cobra.Command {
	var out string
	cmd := a.command("mapping-new", &cobra.Command{Use: "new FILE [--out FILE.yaml]", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&out, "out", "", a.flag("out-mapping"))
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		library, err := mapping.Open(a.defs)
		if err != nil {
			return err
		}
		text, err := library.Propose(args[0], a.say)
		if err != nil {
			return err
		}
		if out == "" {
			_, err = a.Out.Write(text)
			return err
		}
		return a.writeNew(out, func(w io.Writer) error {
			_, err := w.Write(text)
			return err
		})
	}
	return cmd
}

// readMapping reads the text of a mapping of the reader's own.
func readMapping(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", ierr.Wrap(err, ierr.NotFound, "mapping.file", ierr.Args{"path": path})
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, v1.MaxMapping+1))
	if err != nil {
		return "", ierr.Wrap(err, ierr.Invalid, "mapping.file", ierr.Args{"path": path})
	}
	if len(text) > v1.MaxMapping {
		return "", ierr.New(ierr.TooLarge, "mapping.large", ierr.Args{"path": path, "limit": int64(v1.MaxMapping >> 10)})
	}
	return string(text), nil
}

// ownMapping reads a mapping of the reader's own and checks it before anything is
// begun with it.
func (a *app) ownMapping(path string) (string, error) {
	text, err := readMapping(path)
	if err != nil {
		return "", err
	}
	library, err := mapping.Open(a.defs)
	if err != nil {
		return "", err
	}
	_, err = library.Parse(filepath.Base(path), []byte(text))
	return text, err
}
