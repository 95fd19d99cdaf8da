package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

// exportFormats are the formats that all hits can be written in.
var exportFormats = []string{"ndjson", "csv", "xlsx", "st96"}

// toOutput is the name of a file that stands for the standard output.
const toOutput = "-"

// export writes all hits, or as many as a given limit allows, to a file or to the
// standard output, and says how many the format has no form for.
func (a *app) export(ctx context.Context, c *client.Connection, p v1.SearchParams, format, out string, limited bool) error {
	switch {
	case !slices.Contains(exportFormats, format):
		return ierr.New(ierr.Unsupported, "cli.out-format", ierr.Args{"format": format, "known": exportFormats})
	case p.Offset > 0 || p.Facets != "":
		return ierr.New(ierr.Unsupported, "cli.export-whole", nil)
	case format == "xlsx" && out == "":
		return ierr.New(ierr.Invalid, "cli.out-needed", nil)
	}
	e := v1.ExportParams{AsOf: p.AsOf, Query: p.Query, Unit: p.Unit, Sort: p.Sort, Format: format}
	if limited {
		if err := within("cli.range", "limit", p.Limit, 1, v1.MaxExport); err != nil {
			return err
		}
		e.Limit = p.Limit
	}
	left := 0
	err := a.into(out, func(w io.Writer) (err error) {
		left, err = c.Export(ctx, e, w)
		return err
	})
	if err == nil && left > 0 {
		fmt.Fprintln(a.Err, plainLines(a.t("cli.left-out", ierr.Args{"n": left})))
	}
	return err
}

// into lets write fill the file that is called name; "" and "-" are the standard
// output. A file takes its name only when it is whole: an earlier one stays until
// then.
func (a *app) into(name string, write func(io.Writer) error) error {
	if name == "" || name == toOutput {
		return write(a.Out)
	}
	failed := func(err error) error {
		return ierr.Wrap(err, ierr.Invalid, "cli.out", ierr.Args{"file": name, "reason": err.Error()})
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return failed(err)
	}
	// Gone already where the file took its name.
	defer os.Remove(f.Name())
	if err := write(output{f}); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return failed(err)
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return failed(err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return failed(err)
	}
	return nil
}
