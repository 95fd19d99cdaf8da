package web

import (
	"encoding/csv"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"onewindow/internal/record"
)

// column is a column of the table of results.
type column struct {
	head string // a message
	cell func(Item) string
}

// columns are those of the table of results.
var columns = []column{
	{"web.brief.id", func(i Item) string { return strconv.FormatInt(i.ID, 10) }},
	{"web.inid.11", func(i Item) string { return strings.Join(i.Numbers, "; ") }},
	{"web.inid.21", func(i Item) string { return i.Application }},
	{"web.facet.kind", func(i Item) string { return i.Kind }},
	{"web.inid.54", func(i Item) string { return i.Title.plain() }},
	{"web.export.other-title", func(i Item) string { return i.OtherTitle.Text }},
	{"web.brief.holder", func(i Item) string { return joined(i.Holders) }},
	{"web.facet.region", func(i Item) string { return i.Region }},
	{"web.facet.holder-type", func(i Item) string { return i.HolderType }},
	{"web.facet.field", func(i Item) string { return i.Field }},
	{"web.inid.22", func(i Item) string { return i.Filed.String() }},
	{"web.export.published", func(i Item) string { return i.Published.String() }},
}

// serveTable answers with all results as a table in CSV (RFC 4180, UTF-8 with a
// byte order mark, which spreadsheets need to read Chinese). Of invented data
// the file's name and every row say so.
func serveTable(v *visit) error {
	q, err := v.question()
	if err != nil {
		return err
	}
	t := table{visit: v, w: csv.NewWriter(v.w)}
	if v.r.Method == http.MethodHead {
		t.head()
		return nil
	}
	err = v.site.Register.Each(v.ctx(), v.lang, q, t.write)
	if err == nil {
		err = t.end()
	}
	if err != nil && t.begun {
		v.site.Log.WarnContext(v.ctx(), "table broke off", slog.Any("err", err))
		panic(http.ErrAbortHandler) // nobody may take a part for the whole
	}
	return err
}

// table is a table on its way to a reader.
type table struct {
	*visit
	w     *csv.Writer
	begun bool
}

func (t *table) head() {
	name := "onewindow.csv"
	if t.site.Sample {
		name = "sample-" + name
	}
	h := t.visit.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Language", t.lang)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-cache")
}

// begin writes what stands above the first result. Until then a refusal can
// still be answered with a page.
func (t *table) begin() error {
	if t.begun {
		return nil
	}
	t.begun = true
	t.head()
	if _, err := t.visit.w.Write([]byte("\ufeff")); err != nil {
		return err
	}
	return t.row(func(c column) string { return t.print.T(c.head, nil) })
}

func (t *table) write(i Item) error {
	if err := t.begin(); err != nil {
		return err
	}
	return t.row(func(c column) string { return c.cell(i) })
}

func (t *table) row(cell func(column) string) error {
	var cells []string
	for _, c := range columns {
		cells = append(cells, harmless(cell(c)))
	}
	if t.site.Sample {
		cells = append(cells, t.print.T("web.sample.short", nil))
	}
	return t.w.Write(cells)
}

func (t *table) end() error {
	if err := t.begin(); err != nil {
		return err
	}
	t.w.Flush()
	return t.w.Error()
}

// harmless keeps spreadsheets from running a cell as a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// plain is the text without its marks.
func (m Marked) plain() string {
	var b strings.Builder
	for _, s := range m.Spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

func joined(texts []record.Text) string {
	var all []string
	for _, t := range texts {
		all = append(all, t.Text)
	}
	return strings.Join(all, "; ")
}
