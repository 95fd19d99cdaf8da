package server

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/classify"
	"onewindow/internal/ierr"
	"onewindow/internal/register"
	"onewindow/internal/web"
)

// maxVersions is how many versions a page shows, the newest ones.
const maxVersions = 50

// versions lists what changed of the right, the newest first.
func (s *sheet) versions(ctx context.Context) ([]web.Version, error) {
	history, err := s.register.History(ctx, s.v.ID)
	if err != nil {
		return nil, err
	}
	history = history[max(0, len(history)-maxVersions):]
	var out []web.Version
	var before *register.View
	for i, h := range history {
		after, err := s.register.ByID(ctx, s.v.ID, register.AsOf{Known: h.State})
		if err != nil && ierr.KindOf(err) != ierr.NotFound {
			return nil, err
		}
		version := web.Version{State: h.State, At: h.At, Act: named(s.say, "act", string(h.Act)), Load: h.Load}
		s.because(&version, h.Act, before, after)
		if i > 0 {
			for _, f := range h.Fields {
				c := web.Change{Field: f.String(), Before: s.written(before, f), After: s.written(after, f)}
				if c.Before == c.After { // what changed is not in the line that is written of it
					c.Before, c.After = "", ""
				}
				version.Changes = append(version.Changes, c)
			}
		}
		out = append(out, version)
		before = after
	}
	slices.Reverse(out)
	return out, nil
}

// because names the document and the file behind a version: what came with its
// state, or what went.
func (s *sheet) because(version *web.Version, act register.Act, before, after *register.View) {
	from := func(v *register.View, keep func(*register.Statement) bool) bool {
		for i := range statementsOf(v) {
			if st := &v.Statements[i]; keep(st) {
				version.Document = st.Doc.DocID()
				if st.File != nil {
					version.File = filepath.Base(st.File.Path)
				}
				return true
			}
		}
		return false
	}
	if act != register.ActUndo && from(after, func(st *register.Statement) bool { return st.From == version.State }) {
		return
	}
	from(before, func(st *register.Statement) bool { return st.File != nil && st.File.Load == version.Load })
}

func statementsOf(v *register.View) []register.Statement {
	if v == nil {
		return nil
	}
	return v.Statements
}

// written writes the value of a field in one line.
func (s *sheet) written(v *register.View, f register.Field) string {
	if v == nil {
		return ""
	}
	var parts []string
	add := func(part string) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	switch f {
	case register.FieldKind:
		add(named(s.say, "kind", string(v.Kind)))
	case register.FieldApplication:
		add(v.Application.Number)
	case register.FieldFiled:
		add(v.Application.Filed.String())
	case register.FieldTitle:
		for _, t := range v.Titles {
			add(t.Text.Text)
		}
	case register.FieldAbstract:
		for _, t := range v.Abstracts {
			add(t.Text.Text)
		}
	case register.FieldCited:
		parts = v.Cited
	case register.FieldClaims:
		if v.Claims > 0 {
			add(strconv.Itoa(v.Claims))
		}
	case register.FieldStatus:
		if st := v.Status; st != nil {
			parts = present(named(s.say, "state", st.Code), st.Text, st.Date.String())
		}
	case register.FieldDay:
		for _, d := range v.Days {
			add(named(s.say, "day", d.Name) + " " + d.Date.String())
		}
	case register.FieldFiling:
		for _, x := range v.Filings {
			add(x.Office + x.Number)
		}
	case register.FieldPublished, register.FieldGazette, register.FieldDocument:
		for _, d := range v.Documents {
			add(strings.TrimSpace(d.ID + " " + d.Published.String()))
		}
	case register.FieldEvent:
		for _, e := range v.Events {
			add(strings.TrimSpace(e.Date.String() + " " + named(s.say, "event", e.Code) + " " + e.Text))
		}
	case register.FieldOverride:
		for _, o := range v.Overrides {
			add(s.say.T("web.facet."+o.Field, nil) + ": " + s.label(o.Field, classify.Evidence{Code: o.Value}))
		}
	default:
		for i := range v.Parties {
			if field, _ := register.RoleField(v.Parties[i].Role); field == f {
				add(v.Parties[i].Name())
			}
		}
		for _, c := range v.Classes {
			if field, _ := register.SchemeField(c.Scheme); field == f {
				add(c.Symbol)
			}
		}
	}
	return strings.Join(parts, "; ")
}
