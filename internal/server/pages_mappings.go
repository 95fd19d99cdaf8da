package server

import (
	"io"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/mapping"
	"onewindow/internal/web"
)

// Mappings lists the ready mappings with the columns of their templates.
func (p pages) Mappings(lang string) []web.Mapping {
	var out []web.Mapping
	for _, m := range p.tables.ready.Mappings {
		w := web.Mapping{ID: m.ID, Name: m.Name(lang), About: strings.TrimSpace(m.About[lang])}
		for _, c := range m.HeadColumns(lang) {
			column := web.MappingColumn{Head: c.Head(lang), About: strings.TrimSpace(c.Explained(lang)), Required: c.Required}
			for _, v := range c.Values {
				column.Words = append(column.Words, v.Says)
			}
			for _, e := range c.Examples {
				if column.Example == "" {
					column.Example = e
				}
			}
			w.Columns = append(w.Columns, column)
		}
		out = append(out, w)
	}
	return out
}

// Template writes an empty table of a mapping.
func (p pages) Template(lang, id, format string, w io.Writer) error {
	m, err := mapping.Of(p.tables.ready).Named(id)
	if err != nil {
		return err
	}
	switch format {
	case "xlsx":
		return mapping.TemplateXLSX(w, m, p.print(lang))
	case "csv":
		return mapping.TemplateCSV(w, m, p.print(lang))
	}
	return ierr.New(ierr.NotFound, "mapping.out", ierr.Args{"out": format})
}
