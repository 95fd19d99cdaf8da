package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// maxForm is the longest body of a form, in bytes.
const maxForm = 256 << 10

// The kinds of fields.
const (
	kindText     = "text"     // one line
	kindSecret   = "password" // one line that is never shown again
	kindLines    = "textarea" // several lines
	kindChoice   = "select"   // one of Options
	kindCheck    = "checkbox" // "yes" or nothing
	kindUnshown  = "hidden"
	checkedValue = "yes"
)

// A form is what a page asks of a reader, and what they answered. A handler makes
// it, anew for each request, of its fields. The page's own handler hands it to
// the template; the one that takes the POST calls read, looks at the values, adds
// faults with reject, and either acts and redirects (seeOther, after flash) or
// renders the page again with the same form: what was typed stands in it, but for
// secrets. In a template,
//
//	{{template "faults" .Form}} above the page's heading, then
//	{{template "form" .Form}}, or of one's own making
//	<form …>{{range .Form.Fields}}{{template "field" .}}{{end}}…</form>
type form struct {
	ID     string // leads the ids of the fields, so that a page may have several forms
	Action string // path that the form is posted to
	Submit string // message on the button
	Fields []*field
	Faults []fault
	say    *i18n.Printer
}

// field is one field of a form. Label and Hint are messages.
type field struct {
	Name     string
	Label    string
	Hint     string // "" for none
	Kind     string
	Limit    int // characters
	Optional bool
	Auto     string // the autocomplete attribute, "" for off
	Keys     string // the inputmode attribute, "" for that of text
	Options  []fieldOption
	Value    string // what stands in the field at first, then what was typed
	ID       string // given by newForm
	Error    string // what is wrong with it, given by reject
}

// fieldOption is one value that a choice may have, and its text.
type fieldOption struct{ Value, Text string }

// fault is one thing that is wrong with what was typed, told above the form with
// a link to its field; Field is "" where it concerns the whole.
type fault struct{ Field, Message string }

// newForm makes a form.
func (v *visit) newForm(id, action, submit string, fields ...*field) *form {
	for _, f := range fields {
		f.ID = id + "-" + f.Name
	}
	return &form{ID: id, Action: action, Submit: submit, Fields: fields, say: v.print}
}

// HintID is the id of a field's hint.
func (f *field) HintID() string { return f.ID + "-hint" }

// ErrorID is the id of what is wrong with a field.
func (f *field) ErrorID() string { return f.ID + "-error" }

// Described lists the ids of the texts that describe a field.
func (f *field) Described() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.HintID())
	}
	if f.Error != "" {
		ids = append(ids, f.ErrorID())
	}
	return strings.Join(ids, " ")
}

// field returns the field with this name, which the form must have.
func (f *form) field(name string) *field {
	for _, x := range f.Fields {
		if x.Name == name {
			return x
		}
	}
	panic("form " + f.ID + " has no field " + name)
}

// value returns what was typed into a field, without blanks around it unless it
// is a secret.
func (f *form) value(name string) string { return f.field(name).Value }

// checked tells whether a box was ticked.
func (f *form) checked(name string) bool { return f.value(name) == checkedValue }

// ok tells whether nothing is wrong so far.
func (f *form) ok() bool { return len(f.Faults) == 0 }

// reject notes what is wrong with a field, or with the whole where name is "". A
// field's first fault is the one that is told.
func (f *form) reject(name string, err error) {
	message := f.say.Error(err)
	if name == "" {
		f.Faults = append(f.Faults, fault{"", message})
		return
	}
	if x := f.field(name); x.Error == "" {
		x.Error = message
		f.Faults = append(f.Faults, fault{x.ID, message})
	}
}

// rejected is reject for an error of what the form was handed to. It tells
// whether the reader can do something about it; of other errors nothing is noted.
func (f *form) rejected(name string, err error) bool {
	switch ierr.KindOf(err) {
	case ierr.Invalid, ierr.NotFound, ierr.Forbidden, ierr.Conflict, ierr.Busy, ierr.TooLarge, ierr.Unsupported:
		f.reject(name, err)
		return true
	}
	return false
}

// clear empties the secrets, which are not shown again.
func (f *form) clear() {
	for _, x := range f.Fields {
		if x.Kind == kindSecret {
			x.Value = ""
		}
	}
}

// read fills a form from the request's body and notes what is missing, too long
// or no value of a choice. An error is of a body that no form of ours sends: too
// large, of another type, or no readable text.
func (v *visit) read(f *form) error {
	values, err := v.posted()
	if err != nil {
		return err
	}
	return v.fillIn(f, values)
}

// fillIn fills a form with values, as read does.
func (v *visit) fillIn(f *form, values url.Values) error {
	for _, x := range f.Fields {
		x.Value = values.Get(x.Name)
		if !utf8.ValidString(x.Value) || strings.ContainsRune(x.Value, 0) {
			return ierr.New(ierr.Invalid, "web.encoding", ierr.Args{"name": x.Name})
		}
		x.Value = strings.ReplaceAll(x.Value, "\r\n", "\n")
		if x.Kind != kindSecret {
			x.Value = strings.TrimSpace(x.Value)
		}
		if err := x.check(v.print); err != nil {
			f.reject(x.Name, err)
		}
	}
	return nil
}

// check tells what is wrong with a field's value by itself.
func (x *field) check(say *i18n.Printer) error {
	label := say.T(x.Label, nil)
	switch {
	case x.Value == "" && x.Optional, x.Kind == kindCheck && x.Value == checkedValue:
		return nil
	case x.Value == "":
		return ierr.New(ierr.Invalid, "web.form.missing", ierr.Args{"label": label})
	case x.Kind == kindChoice && !x.offers(x.Value):
		return ierr.New(ierr.Invalid, "web.form.choice", ierr.Args{"label": label})
	case x.Limit > 0 && utf8.RuneCountInString(x.Value) > x.Limit:
		return ierr.New(ierr.Invalid, "web.form.long", ierr.Args{"label": label, "limit": x.Limit})
	case x.Kind == kindText && strings.ContainsFunc(x.Value, unicode.IsControl):
		return ierr.New(ierr.Invalid, "web.form.control", ierr.Args{"label": label})
	}
	return nil
}

func (x *field) offers(value string) bool {
	for _, o := range x.Options {
		if o.Value == value {
			return true
		}
	}
	return false
}

// posted returns the values of the request's body.
func (v *visit) posted() (url.Values, error) {
	if kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, ierr.Wrap(err, ierr.Unsupported, "web.form.type", nil)
	}
	body, err := io.ReadAll(http.MaxBytesReader(v.w, v.r.Body, maxForm))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, ierr.Wrap(err, ierr.TooLarge, "web.form.large", ierr.Args{"limit": int64(maxForm)})
		}
		return nil, ierr.Wrap(err, ierr.Invalid, "web.form.broken", nil)
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "web.form.broken", nil)
	}
	return values, nil
}

// again renders a page whose form was refused: secrets are emptied, and the
// title says that something is wrong. status is of the refusal.
func (v *visit) again(status int, template string, f *form, p page) error {
	f.clear()
	p.Title, p.NoIndex = v.print.T("web.form.title", ierr.Args{"title": p.Title}), true
	return v.render(status, template, p)
}

// seeOther leads from a form that was taken to a page of this site, which can be
// reloaded without sending the form again.
func (v *visit) seeOther(path string) error {
	v.w.Header().Set("Cache-Control", "no-store")
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}
