package api

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/source/workbook"
)

// reconcileSheet writes a sheet as CSV or as a workbook.
func (s *server) reconcileSheet(ctx context.Context, in *struct {
	TablePath
	v1.ReconcileParams
	Form string `query:"form" enum:"csv,xlsx" default:"csv"`
}) (func(huma.Context), error) {
	say := printer(ctx)
	sheet, err := s.sheetOf(ctx, say, in.ID, in.ReconcileParams)
	if err != nil {
		return nil, err
	}
	return func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		if err := WriteSheet(w, r.Method == http.MethodHead, in.Form, say, sheet); err != nil {
			s.Log.Warn("a sheet broke off", "table", in.ID, "err", err)
		}
	}, nil
}

// WriteSheet answers with a sheet in a form, csv or xlsx; with bare its head alone.
func WriteSheet(w http.ResponseWriter, bare bool, form string, say *i18n.Printer, sheet *v1.Reconciliation) error {
	kind := "text/csv; charset=utf-8"
	if form == "xlsx" {
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="reconciliation-%s.%s"`, sheet.Table.ID, form))
	if bare {
		return nil
	}
	rows := sheetRows(say, sheet)
	if form == "xlsx" {
		widths := make([]float64, len(rows[0]))
		for i := range widths {
			if widths[i] = 14; i == 0 || i == len(widths)-1 {
				widths[i] = 28
			}
		}
		return workbook.Write(w, sheet.Table.ID[:min(31, len(sheet.Table.ID))], rows, widths)
	}
	return sheetCSV(w, rows)
}

// sheetRows lays a sheet out: a row for each cell, a column for each rule that holds.
func sheetRows(say *i18n.Printer, sheet *v1.Reconciliation) [][]any {
	t := func(name string) string { return say.T("reconcile.column."+name, nil) }
	head := []any{t("region"), t("code"), t("kind"), t("holder"), t("time"), t("total"), t("own"), t("official"), t("difference")}
	for _, r := range sheet.Rules {
		if r.Holds {
			head = append(head, r.Rule.Label)
		}
	}
	head = append(head, t("rest"), t("state"), t("query"))
	if sheet.Sample {
		head = append(head, say.T("web.sample.short", nil))
	}
	rows := [][]any{head}
	for _, c := range sheet.Cells {
		total := ""
		if c.Total {
			total = t("total")
		}
		row := []any{c.Region.Label, c.Region.Code, labelOf(c.Kind), labelOf(c.HolderType), c.Time, total, c.Own, c.Official, c.Difference}
		for i, r := range sheet.Rules {
			if r.Holds {
				row = append(row, c.Effects[i].Plus-c.Effects[i].Minus)
			}
		}
		row = append(row, c.Rest, sheet.Known, c.Query)
		if sheet.Sample {
			row = append(row, say.T("web.sample.short", nil))
		}
		rows = append(rows, row)
	}
	return rows
}

func labelOf(c *v1.Class) string {
	if c == nil {
		return ""
	}
	return c.Label
}

// sheetCSV writes rows by RFC 4180; texts that a spreadsheet would run as a formula
// are led by an apostrophe.
func sheetCSV(w io.Writer, rows [][]any) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for _, row := range rows {
		line := make([]string, len(row))
		for i, c := range row {
			if text, ok := c.(string); ok {
				line[i] = workbook.Harmless(text)
			} else {
				line[i] = fmt.Sprint(c)
			}
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
