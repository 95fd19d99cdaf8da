package api

import (
	"cmp"
	"context"
	"path"
	"path/filepath"

	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/lifecycle"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// registration writes what registers say of a right beyond its publications, and
// its life as of a day, today where none is asked for.
func (s *server) registration(ctx context.Context, say *i18n.Printer, v *register.View, at register.AsOf) v1.Registration {
	var out v1.Registration
	if v.Status != nil {
		out.Status = &v1.SourceStatus{State: named(say, "state", v.Status.Code), Text: v.Status.Text, Date: v.Status.Date.String(), Source: int(v.Status.From)}
	}
	for _, d := range v.Days {
		out.Days = append(out.Days, v1.Day{Day: named(say, "day", d.Name), Date: d.Date.String(), Source: int(d.From)})
	}
	if m := v.Mark; m != nil {
		out.Sign = &v1.Sign{
			Form: named(say, "mark.form", m.Form), Words: namesOf(m.Words), Description: namesOf(m.Description),
			Disclaimer: namesOf(m.Disclaimer), Colours: m.Colours, Source: int(m.From),
		}
		for _, t := range m.Types {
			out.Sign.Types = append(out.Sign.Types, named(say, "mark.type", t))
		}
	}
	for _, g := range v.Goods {
		out.Goods = append(out.Goods, v1.Goods{Class: g.Class, Groups: g.Groups, Texts: namesOf(g.Texts), Since: g.Since.String(), Status: g.Status, Source: int(g.From)})
	}
	for _, p := range v.Images {
		out.Images = append(out.Images, v1.Image{Use: named(say, "image", p.Use), Name: p.Name, Format: p.Format, Text: p.Text, Source: int(p.From)})
	}
	for _, f := range v.Facts {
		out.Facts = append(out.Facts, v1.Fact{Fact: named(say, "fact", f.Name), Lang: f.Lang, Text: f.Text, Source: int(f.From)})
	}
	if !v.Gone {
		on := Day(ctx, s.Register, at)
		life := Life(say, v, s.LifeOf(ctx, v, on, at.Known))
		out.Life = &life
	}
	return out
}

func namesOf(texts []record.Text) []v1.Name {
	var out []v1.Name
	for _, t := range texts {
		out = append(out, v1.Name{Lang: t.Lang, Name: t.Text})
	}
	return out
}

// Life writes a life in the reader's language.
func Life(say *i18n.Printer, v *register.View, l lifecycle.Life) v1.Life {
	out := v1.Life{
		On: l.On.String(), State: named(say, "state", l.State), Since: l.From.String(), AsOf: l.AsOf.String(),
		Certainty: named(say, "life.certainty", string(l.Certainty)), Law: lawOf(say, l.Law), Source: int(l.Origin),
	}
	if l.State == "" {
		out.State = named(say, "state", "unknown")
	}
	if t := l.Term; t != nil {
		out.Ends, out.Endless, out.TermLaw = t.Ends.String(), t.Without, lawOf(say, t.Law)
	}
	for _, n := range l.Next {
		step := v1.DueStep{
			Step: named(say, "life.step", n.ID), Opens: n.Opens.String(), Due: n.Due.String(), Grace: n.Grace.String(),
			Provisional: n.Provisional, Fen: n.Fen, Law: lawOf(say, n.Law),
		}
		if n.Year > 0 {
			step.Step.Label = say.T("life.step.year", map[string]any{"year": n.Year})
		}
		if n.Then != "" {
			then := named(say, "state", n.Then)
			step.Then = &then
		}
		out.Next = append(out.Next, step)
	}
	for _, o := range l.Overlays {
		out.Overlays = append(out.Overlays, v1.Overlay{Overlay: named(say, "life.overlay", o.Name), Since: o.Since.String(), Until: o.Until.String(), Source: int(o.Origin)})
	}
	if l.Certainty == lifecycle.LastKnown && l.State != "" && l.AsOf != 0 {
		out.Notes = append(out.Notes, lastKnown(say, v, &l))
	}
	for _, n := range l.Notes {
		args := map[string]any{}
		for k, x := range n.Args {
			args[k] = x
		}
		for arg, family := range map[string]string{"step": "life.step", "then": "state"} {
			if code, ok := args[arg].(string); ok {
				args[arg] = named(say, family, code).Label
			}
		}
		out.Notes = append(out.Notes, say.T("life.note."+n.Code, args))
	}
	return out
}

// lastKnown says which file a state was last known from, and of which day it is.
func lastKnown(say *i18n.Printer, v *register.View, l *lifecycle.Life) string {
	args := map[string]any{"day": l.AsOf.String()}
	s := v.Source(l.Origin)
	if s == nil || s.File == nil || s.File.Path == "" {
		return say.T("life.last_known", args)
	}
	args["file"] = path.Base(filepath.ToSlash(s.File.Path))
	args["of"] = cmp.Or(s.Issued, s.Doc.Published, l.AsOf).String()
	return say.T("life.last_known.file", args)
}

func lawOf(say *i18n.Printer, l *lifecycle.Law) *v1.Law {
	if l == nil {
		return nil
	}
	name := l.Names[say.Lang()]
	if name == "" {
		name = l.Names["en"]
	}
	key := "life.law"
	if l.Article == "" {
		key = "life.law.whole"
	}
	text := say.T(key, map[string]any{"instrument": name, "article": l.Article})
	if !l.Verified {
		text += " (" + say.T("life.law.unverified", nil) + ")"
	}
	return &v1.Law{Text: text, Verified: l.Verified}
}
