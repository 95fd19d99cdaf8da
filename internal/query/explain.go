package query

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"onewindow/internal/date"
)

// Step is one line of an explanation, with the lines that it leads to.
type Step struct {
	Text  string
	Steps []Step
}

// String writes the steps as an indented list.
func (s Step) String() string {
	var b strings.Builder
	s.write(&b, 0)
	return strings.TrimSuffix(b.String(), "\n")
}

func (s Step) write(b *strings.Builder, depth int) {
	if depth > 0 {
		b.WriteString(strings.Repeat("  ", depth-1) + "- ")
	}
	b.WriteString(s.Text + "\n")
	for _, c := range s.Steps {
		c.write(b, depth+1)
	}
}

// Explain says in lang how the query was understood, as lines of text; t gives a
// text of the catalogues by its key and arguments.
func (q *Query) Explain(lang string, t func(key string, args map[string]any) string) string {
	lines := append([]string{q.Steps(lang, t).String()}, q.NoteTexts(t)...)
	return strings.Join(lines, "\n")
}

// Steps says in lang how the query was understood, as a tree.
func (q *Query) Steps(lang string, t func(key string, args map[string]any) string) Step {
	return explainer{q.schema, lang, t}.step(q.Root)
}

// NoteTexts returns the texts of the query's notes.
func (q *Query) NoteTexts(t func(key string, args map[string]any) string) []string {
	var texts []string
	e := explainer{schema: q.schema, t: t}
	for _, n := range q.Notes {
		a := maps.Clone(n.Args)
		a["label"] = e.label(a["field"].(string))
		texts = append(texts, t(n.Code, a))
	}
	return slices.Compact(texts)
}

type explainer struct {
	schema *Schema
	lang   string
	t      func(key string, args map[string]any) string
}

func (e explainer) step(n Node) Step {
	switch n := n.(type) {
	case And:
		return e.steps("and", n.Nodes)
	case Or:
		return e.steps("or", n.Nodes)
	case Not:
		return e.steps("not", []Node{n.Node})
	case Near:
		key := "near"
		if n.Ordered {
			key = "near_ordered"
		}
		return e.line(key, n.Field, args{"a": e.term(n.A), "b": e.term(n.B), "distance": n.Distance})
	case Term:
		return e.line("contains", n.Field, args{"term": e.term(n)})
	case Is:
		return e.is(n)
	case Between:
		return e.between(n)
	}
	return e.line("all", "", nil)
}

func (e explainer) steps(key string, nodes []Node) Step {
	s := Step{Text: e.t("query.explain."+key, nil)}
	for _, n := range nodes {
		s.Steps = append(s.Steps, e.step(n))
	}
	return s
}

func (e explainer) line(key, field string, a args) Step {
	if a == nil {
		a = args{}
	}
	a["field"] = e.label(field)
	return Step{Text: e.t("query.explain."+key, a)}
}

// label returns the name of a field in the reader's language.
func (e explainer) label(field string) string {
	if field == "" {
		return e.t("query.field.any", nil)
	}
	return e.t(e.schema.Field(field).Label, nil)
}

// term names what a Term looks for: the word “battery”, the characters “电池” …
func (e explainer) term(n Term) string {
	key := [...]string{Word: "word", Phrase: "phrase", Prefix: "prefix", Wildcard: "wildcard"}[n.Form]
	if n.Form == Word && strings.ContainsFunc(n.Text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		key = "han"
	}
	return e.t("query.explain.term."+key, args{"text": n.Text})
}

func (e explainer) is(n Is) Step {
	a := args{"value": n.Value}
	key := [...]string{Whole: "is", Below: "below", Begins: "begins"}[n.Match]
	if e.schema.Field(n.Field).Type == Listed {
		key = "choice"
		switch {
		case n.Match == Below:
			key = "choice_below"
		case n.Choice.Narrower:
			key = "choice_alone"
		case !strings.ContainsAny(n.Value, "0123456789"):
			key = "choice_named" // the code is a word that says what the label does
		}
		a["label"] = n.Choice.Label(e.lang)
	}
	switch kind := e.schema.Field(n.Field).Type; {
	case kind == Name:
		key = "whole_name"
	case kind == Class && n.Match == Whole && e.schema.Field(n.Field).holdsMore(n.Value):
		key = "alone"
	}
	return e.line(key, n.Field, a)
}

func (e explainer) between(n Between) Step {
	a := args{"from": n.From.String(), "to": n.To.String()}
	switch {
	case n.From == n.To:
		return e.line("on", n.Field, a)
	case n.From == 0:
		return e.line("until", n.Field, a)
	case n.To == 0:
		return e.line("from", n.Field, a)
	case n.From == date.Of(n.From.Year(), 1, 1) && n.To == date.Of(n.From.Year(), 12, 31):
		a["year"] = strconv.Itoa(n.From.Year())
		return e.line("year", n.Field, a)
	}
	return e.line("between", n.Field, a)
}
