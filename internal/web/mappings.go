package web

import (
	"net/http"
	"strings"

	"onewindow/internal/ierr"
)

// mappingsPage is the body of the list of tables that can be read.
type mappingsPage struct{ Mappings []Mapping }

func serveMappings(v *visit) error {
	body := mappingsPage{v.site.Register.Mappings(v.lang)}
	return v.render(http.StatusOK, "mappings", page{Section: "loads", Quick: true, Title: v.print.T("web.mappings.title", nil), Body: body})
}

// serveTemplate answers with an empty table of a mapping: {id}.xlsx or {id}.csv.
func serveTemplate(v *visit) error {
	id, ending, _ := strings.Cut(v.r.PathValue("file"), ".")
	for _, form := range fileForms {
		if form.ending != ending || form.format == "st96" {
			continue
		}
		d := &download{visit: v, form: form, name: id}
		if v.r.Method == http.MethodHead {
			d.head()
			return nil
		}
		return v.site.Register.Template(v.lang, id, form.format, d)
	}
	return ierr.New(ierr.NotFound, "web.page", nil)
}
