package web

import (
	"log/slog"
	"net/http"
)

// file is a form in which all results of a query can be had.
type file struct {
	format string // as Register.Export names it
	ending string // of the path and of the file's name
	label  string
	media  string
}

// fileForms lists the forms, in the order in which pages offer them.
var fileForms = []file{
	{"csv", "csv", "CSV", "text/csv; charset=utf-8"},
	{"xlsx", "xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{"st96", "xml", "WIPO ST.96", "application/xml; charset=utf-8"},
}

// serveFile answers with all results in a form. Of invented data the file's name
// and what stands in it say so.
func serveFile(form file) func(*visit) error {
	return func(v *visit) error {
		q, err := v.question()
		if err != nil {
			return err
		}
		d := &download{visit: v, form: form}
		if v.r.Method == http.MethodHead {
			d.head()
			return nil
		}
		err = v.site.Register.Export(v.ctx(), v.lang, q, form.format, d)
		if err != nil && d.begun {
			v.site.Log.WarnContext(v.ctx(), "export broke off", slog.String("format", form.format), slog.Any("err", err))
			panic(http.ErrAbortHandler) // nobody may take a part for the whole
		}
		return err
	}
}

// download is a file on its way to a reader. Until its first byte a refusal can
// still be answered with a page.
type download struct {
	*visit
	form  file
	name  string // of the file, where it holds no records; without its ending
	begun bool
}

func (d *download) head() {
	name := "onewindow." + d.form.ending
	switch {
	case d.name != "":
		name = d.name + "." + d.form.ending
	case d.site.Sample:
		name = "sample-" + name
	}
	h := d.visit.w.Header()
	h.Set("Content-Type", d.form.media)
	h.Set("Content-Language", d.lang)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-cache")
}

func (d *download) Write(p []byte) (int, error) {
	if !d.begun {
		d.begun = true
		d.head()
	}
	return d.visit.w.Write(p)
}
