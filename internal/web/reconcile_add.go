package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"onewindow/internal/account"
	"onewindow/internal/ierr"
)

// maxOfficial bounds the file of an official table, in bytes.
const maxOfficial = 2 << 20

// officialFile is the name of the field of the file.
const officialFile = "file"

// addPage is the body of the page on which a table is added.
type addPage struct {
	Form  *form
	Limit int64 // of the file, MiB
}

// measures are what a table may count, as package official names them.
var measures = []string{"granted", "published", "filed", "registered", "in_force"}

// officialForm makes the form by which a table is added; its file stands beside it.
func (v *visit) officialForm() *form {
	var counts []fieldOption
	for _, m := range measures {
		counts = append(counts, fieldOption{m, v.print.T("reconcile.measure."+m, nil)})
	}
	text := func(name string, limit int, optional bool) *field {
		return &field{Name: name, Label: "web.reconcile.form." + name, Kind: kindText, Limit: limit, Optional: optional}
	}
	id := text("id", 64, false)
	id.Hint = "web.reconcile.form.id-hint"
	from, to, asOf := text("from", 10, true), text("to", 10, false), text("as_of", 10, true)
	from.Hint, to.Hint = "web.reconcile.form.from-hint", "web.reconcile.form.to-hint"
	rules := text("rules", 400, true)
	rules.Hint = "web.reconcile.form.rules-hint"
	kind := text("kind", 40, true)
	kind.Hint = "web.reconcile.form.kind-hint"
	return v.newForm("official", "/"+v.lang+"/reconcile-add", "web.reconcile.form.add",
		id, text("name_zh", 200, false), text("name_en", 200, true), text("publisher", 200, false),
		&field{Name: "measure", Label: "web.reconcile.form.measure", Kind: kindChoice, Options: counts, Value: measures[0]},
		from, to, asOf, text("source", 500, true), text("unit", 40, true), kind, rules,
		&field{Name: "notes", Label: "web.reconcile.form.notes", Kind: kindLines, Limit: 600, Optional: true},
	)
}

func (v *visit) addPage(f *form) page {
	return page{Section: "reconcile", Title: v.print.T("web.reconcile.add", nil), NoIndex: true, Body: addPage{f, maxOfficial >> 20}}
}

func serveReconcileAdd(v *visit) error {
	return v.render(http.StatusOK, "reconcile-add", v.addPage(v.officialForm()))
}

// addOfficial takes the form and the file.
func addOfficial(v *visit) error {
	f := v.officialForm()
	values, file, err := v.uploaded(officialFile, maxOfficial)
	if err != nil {
		return err
	}
	if err := v.fillIn(f, values); err != nil {
		return err
	}
	if file == nil {
		f.reject("", ierr.New(ierr.Invalid, "web.form.missing", ierr.Args{"label": v.print.T("web.reconcile.form.file", nil)}))
	}
	if f.ok() {
		about, err := json.Marshal(aboutOf(f))
		if err != nil {
			return err
		}
		p, _ := account.PersonOf(v.ctx())
		made, err := v.site.Reconcile.Add(v.ctx(), v.lang, file.Name, file.Data, about, p.Signature())
		if err == nil {
			v.flash("reconcile.added", map[string]string{"name": made.Name})
			return v.seeOther(v.reconcileLink(made.ID, "", ""))
		}
		if !f.rejected("", err) {
			return err
		}
	}
	return v.again(http.StatusUnprocessableEntity, "reconcile-add", f, v.addPage(f))
}

// aboutOf is what a form says of a table, under the keys of its description.
func aboutOf(f *form) map[string]any {
	names := map[string]string{}
	for _, lang := range []string{"zh", "en"} {
		if name := f.value("name_" + lang); name != "" {
			names[lang] = name
		}
	}
	out := map[string]any{"names": names}
	for _, x := range f.Fields {
		if x.Value != "" && !slices.Contains([]string{"name_zh", "name_en", "rules"}, x.Name) {
			out[x.Name] = x.Value
		}
	}
	if rules := strings.FieldsFunc(f.value("rules"), func(r rune) bool { return r == ' ' || r == ',' || r == '，' || r == '、' }); len(rules) > 0 {
		out["rules"] = rules
	}
	return out
}
