package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

func (a *app) show() *cobra.Command {
	var asOf v1.AsOf
	var history bool
	cmd := a.command("show", &cobra.Command{Use: "show NUMBER", Args: a.args(1, -1)})
	a.asOfFlags(cmd.Flags(), &asOf)
	cmd.Flags().BoolVar(&history, "history", false, a.flag("history"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		wanted := strings.Join(args, " ") // a number may be written in groups
		if history {
			h, err := c.History(ctx, wanted)
			if err != nil {
				return err
			}
			return a.emit(format, h, func() *sheet { return a.history(h) })
		}
		r, err := c.Record(ctx, wanted, asOf)
		if err != nil {
			return err
		}
		return a.emit(format, r, func() *sheet { return a.record(r) })
	})
	return cmd
}

// page lays a record out as a sheet of one line a value.
type page struct {
	*sheet
	app *app
	r   *v1.Record
}

// line adds a value; sources are told by their number in the list below.
func (p *page) line(inid, name, value string, source int) {
	if value == "" {
		return
	}
	mark, file, row := "", "", ""
	if source >= 0 && source < len(p.r.Sources) {
		s := p.r.Sources[source]
		mark, file, row = "["+strconv.Itoa(source+1)+"]", located(s), nonzero(s.Position.Row)
	}
	p.add(inid, name, mark, value, file, row)
}

func (p *page) text(name string) string { return p.app.t("cli.show."+name, nil) }

// origin returns the source of a field of one value.
func (p *page) origin(field string) int {
	if n, ok := p.r.Origins[field]; ok {
		return n
	}
	return -1
}

func located(s v1.Source) string {
	if s.Position.Member != "" {
		return s.File + "!" + s.Position.Member
	}
	return s.File
}

func (a *app) record(r *v1.Record) *sheet {
	p := &page{a.sheet(r.Mark, column{name: "inid"}, column{name: "name"}, column{name: "source"},
		column{name: "value", wide: true}, column{name: "file", plain: true}, column{name: "row", plain: true}), a, r}
	p.line("", p.text("record"), strconv.FormatInt(r.ID, 10), -1)
	p.line("", p.text("kind"), label(r.Kind), p.origin("kind"))
	p.numbers()
	p.bibliography()
	p.parties()
	p.classified()
	p.timeline()
	p.doubts()
	p.sources()
	return p.sheet
}

func (p *page) numbers() {
	for _, d := range p.r.Documents {
		value := strings.TrimSpace(strings.Join([]string{d.ID, d.Published, d.Gazette}, "  "))
		if d.Versions > 1 {
			value += "  " + p.app.t("cli.show.versions", ierr.Args{"n": int64(d.Versions)})
		}
		p.line("(11)", p.text("publication"), value, d.Source)
	}
	number := p.r.Application.Number
	if number == "" {
		number = p.r.Application.Raw
	}
	p.line("(21)", p.text("application"), number, p.origin("application"))
	p.line("(22)", p.text("filed"), p.r.Application.Filed, p.origin("filed"))
	for _, f := range p.r.Filings {
		p.line("", label(f.Relation), strings.TrimSpace(f.Office+f.Number+"  "+f.Date), f.Source)
	}
}

func (p *page) bibliography() {
	for _, t := range p.r.Titles {
		p.line("(54)", p.text("title")+" "+t.Lang, t.Text, t.Source)
	}
	for _, s := range p.r.Symbols {
		value := s.Symbol
		if s.Version != "" {
			value += " (" + s.Version + ")"
		}
		p.line("(51)", p.text(s.Scheme), value, s.Source)
	}
	for _, t := range p.r.Abstracts {
		p.line("(57)", p.text("abstract")+" "+t.Lang, t.Text, t.Source)
	}
	if p.r.Claims > 0 {
		p.line("", p.text("claims"), strconv.Itoa(p.r.Claims), p.origin("claims"))
	}
	p.line("(56)", p.text("cited"), strings.Join(p.r.Cited, "; "), p.origin("cited"))
}

func (p *page) parties() {
	for _, x := range p.r.Parties {
		var parts []string
		for _, n := range x.Names {
			parts = append(parts, n.Name)
		}
		for _, s := range []string{x.Address, x.Postcode, x.Country} {
			if s != "" {
				parts = append(parts, s)
			}
		}
		p.line(x.INID, label(x.Role), strings.Join(parts, ", "), x.Source)
	}
}

func (p *page) classified() {
	finding := func(name string, f v1.Finding) {
		if f.Code == "" && f.Label == "" {
			return
		}
		why := fmt.Sprintf("%s (%s; %s; %s)", label(f.Class), f.Code, f.Evidence, p.app.say.Percent(f.Confidence))
		if f.Override > 0 {
			why = fmt.Sprintf("%s (%s; %s)", label(f.Class), f.Code, p.app.t("cli.show.overridden", ierr.Args{"id": strconv.FormatInt(f.Override, 10)}))
		}
		p.line("", name, why, -1)
	}
	finding(p.text("region"), p.r.Region)
	finding(p.text("holder-type"), p.r.HolderType)
	finding(p.text("field"), p.r.Field)
}

func (p *page) timeline() {
	for _, e := range p.r.Events {
		value := strings.TrimSpace(e.Date + "  " + label(e.Event))
		for _, s := range []string{e.Document, e.Text} {
			if s != "" {
				value += "  " + s
			}
		}
		p.line("", p.text("event"), value, e.Source)
	}
}

// doubts lists what is disputed and what is flagged.
func (p *page) doubts() {
	for _, d := range p.r.Disputed {
		for i, v := range d.Variants {
			source := -1
			if len(v.Sources) > 0 {
				source = v.Sources[0]
			}
			p.line("", p.app.t("cli.show.disputed", ierr.Args{"field": label(d.Field)}), fmt.Sprintf("%d: %s", i+1, v.Text), source)
		}
	}
	for _, f := range p.r.Flags {
		p.line("", p.text("flag"), strings.TrimSpace(label(f.Flag)+"  "+f.Field+"  "+f.Raw), f.Source)
	}
}

func (p *page) sources() {
	p.note("")
	for i, s := range p.r.Sources {
		p.note(p.app.t("cli.show.source", ierr.Args{
			"mark": "[" + strconv.Itoa(i+1) + "]", "file": located(s), "row": strconv.FormatInt(s.Position.Row, 10),
			"load": strconv.FormatInt(s.Load, 10), "state": strconv.FormatInt(s.State, 10),
		}))
		if s.Repeats > 0 {
			p.note(p.app.t("cli.show.repeats", ierr.Args{"n": s.Repeats}))
		}
	}
}

func (a *app) history(h *v1.History) *sheet {
	s := a.sheet(h.Mark, column{name: "state"}, column{name: "time"}, column{name: "act"}, column{name: "load"}, column{name: "what", wide: true})
	for _, c := range h.Changes {
		names := make([]string, len(c.Fields))
		for i, f := range c.Fields {
			names[i] = label(f)
		}
		what := a.say.List(names)
		if c.Gone {
			what = a.t("cli.show.gone", nil)
		}
		s.add(c.State, moment(&c.Time), label(c.Act), nonzero(c.Load), what)
	}
	return s
}
