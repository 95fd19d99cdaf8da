package query

import (
	"strings"
	"unicode"
)

func isListOperator(t token) bool {
	switch operatorText(t) {
	case "any", "all", "within":
		return t.kind == word
	}
	return false
}

// operatorText returns an operator as the table of operators writes it.
func operatorText(t token) string { return strings.ToLower(t.text) }

// bare reads a word that no field stands before.
func (p *parser) bare(t token, asWords bool) (Node, *Error) {
	if t.text == "*" && !asWords {
		return All{}, nil
	}
	if !asWords && !hasPattern(t.text) {
		if n, err := p.guess(t); n != nil || err != nil {
			return n, err
		}
	}
	return p.term(t, "")
}

// guess reads a bare word as the number or the day that it looks like, and notes
// it; it returns nil for any other word.
func (p *parser) guess(t token) (Node, *Error) {
	var nodes []Node
	for i := range p.schema.Fields {
		f := &p.schema.Fields[i]
		switch {
		case f.Type == Date && f.Guess && looksLikeDay(t.text):
			n, err := p.day(t, f, "=")
			if err != nil {
				return nil, err
			}
			p.note("query.note.date", t, f)
			return n, nil
		case f.Type == Number && f.Guess && hasDigit(t.text) && (f.Likely == nil || f.Likely(t.text)):
			if v, ok := f.Normalize(t.text); ok {
				nodes = append(nodes, Is{Field: f.Name, Value: v})
				p.note("query.note.number", t, f)
			}
		case f.Type == Class && f.Guess && looksLikeSymbol(t.text):
			if _, ok := f.Normalize(t.text); ok {
				p.note("query.note.class", t, f)
			}
		}
	}
	if len(nodes) == 0 {
		return nil, nil
	}
	return join(nodes, true), p.count(t, len(nodes))
}

func (p *parser) note(code string, t token, f *Field) {
	p.notes = append(p.notes, Note{code, args{"value": t.text, "field": f.Name}, t.pos, t.end})
}

// value reads t as a value of f behind = or ==, or behind a comparison of days.
func (p *parser) value(t token, f *Field, op string) (Node, *Error) {
	switch {
	case f.Type == Date:
		return p.day(t, f, op)
	case f.Type == Number:
		return p.number(t, f)
	case f.Type == Class:
		return p.class(t, f, op)
	case f.Type == Listed:
		return p.choice(t, f, op)
	case op == "==":
		return p.wholeName(t, f)
	}
	return p.term(t, f.Name)
}

// list reads the words of t, each as a value of f.
func (p *parser) list(t token, f *Field, op string) (Node, *Error) {
	words := strings.FieldsFunc(t.text, func(r rune) bool { return fold(r) == ' ' })
	if len(words) == 0 {
		return nil, fail("query.value_missing", t.pos, t.end, args{"field": f.Name, "op": op})
	}
	var nodes []Node
	for _, w := range words {
		item := token{kind: word, text: foldAll([]rune(w)), pos: t.pos, end: t.end}
		if !plain(item.text) {
			item.kind, item.text = quoted, w
		}
		n, err := p.value(item, f, "=")
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	return join(nodes, op == "any"), nil
}

// term reads words to be found in text.
func (p *parser) term(t token, field string) (Node, *Error) {
	n := Term{Field: field, Form: Phrase, Text: strings.TrimSpace(t.text)}
	if t.kind == word {
		n.Form, n.Text = patternForm(t.text)
		if first := []rune(t.text)[0]; n.Form != Word && !isLetter(first) {
			return nil, fail("query.pattern_start", t.pos, t.end, args{"value": t.text})
		}
		if n.Form == Wildcard && p.schema.Pattern != nil && !p.schema.Pattern(n.Text) {
			return nil, fail("query.pattern_word", t.pos, t.end, args{"value": t.text})
		}
	}
	if !strings.ContainsFunc(n.Text, isLetter) {
		return nil, fail("query.no_word", t.pos, t.end, args{"value": t.text})
	}
	return n, p.count(t, 1)
}

// patternForm tells how an unquoted word is to be found, and by which text.
func patternForm(text string) (Form, string) {
	if !hasPattern(text) {
		return Word, text
	}
	for strings.Contains(text, "**") {
		text = strings.ReplaceAll(text, "**", "*")
	}
	if stem, ok := strings.CutSuffix(text, "*"); ok && !hasPattern(stem) {
		return Prefix, stem
	}
	return Wildcard, text
}

func (p *parser) wholeName(t token, f *Field) (Node, *Error) {
	v := strings.TrimSpace(t.text)
	if !strings.ContainsFunc(v, isLetter) {
		return nil, fail("query.no_word", t.pos, t.end, args{"value": t.text})
	}
	if t.kind == word && hasPattern(v) {
		return nil, fail("query.pattern", t.pos, t.end, args{"value": t.text, "field": f.Name})
	}
	return Is{Field: f.Name, Value: v}, p.count(t, 1)
}

func (p *parser) number(t token, f *Field) (Node, *Error) {
	if t.kind == word && hasPattern(t.text) {
		form, text := patternForm(upper(t.text))
		if !isLetter([]rune(t.text)[0]) {
			return nil, fail("query.pattern_start", t.pos, t.end, args{"value": t.text})
		}
		if form != Prefix {
			return nil, fail("query.pattern_number", t.pos, t.end, args{"value": t.text})
		}
		return Is{Field: f.Name, Match: Begins, Value: text}, p.count(t, 1)
	}
	v, ok := f.Normalize(t.text)
	if !ok {
		return nil, fail("query.number", t.pos, t.end, args{"value": t.text, "field": f.Name})
	}
	return Is{Field: f.Name, Value: v}, p.count(t, 1)
}

func (p *parser) class(t token, f *Field, op string) (Node, *Error) {
	text := t.text
	if t.kind == word && op == "=" {
		text = strings.TrimSuffix(text, "*")
	}
	v, ok := f.Normalize(text)
	if !ok {
		return nil, fail("query.class", t.pos, t.end, args{"value": t.text, "field": f.Name, "examples": f.Examples})
	}
	n := Is{Field: f.Name, Value: v}
	if op == "=" && f.holdsMore(v) {
		n.Match = Below
	}
	return n, p.count(t, 1)
}

func (p *parser) choice(t token, f *Field, op string) (Node, *Error) {
	v := strings.TrimSpace(t.text)
	if t.kind == word && hasPattern(v) {
		return nil, fail("query.pattern", t.pos, t.end, args{"value": t.text, "field": f.Name})
	}
	c, nearest, ok := f.Resolve(v)
	if !ok {
		e := fail("query.choice", t.pos, t.end, args{"value": t.text, "field": f.Name})
		if len(nearest) > 0 {
			e.Code = "query.choice_near"
			if f.Open {
				e.Code = "query.choice_open"
				e.Args["candidates"] = strings.Join(nearest, "; ")
			}
			e.suggest(quote(nearest[0]))
		}
		return nil, e
	}
	n := Is{Field: f.Name, Value: c.Code, Choice: c}
	if op == "=" && c.Narrower {
		n.Match = Below
	}
	return n, p.count(t, 1)
}

func hasPattern(s string) bool { return strings.ContainsAny(s, "*?") }

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// isLetter tells whether r can stand in a word.
func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// upper raises the letters of ASCII.
func upper(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}
