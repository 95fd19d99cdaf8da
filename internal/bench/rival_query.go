package bench

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/search"
)

// rivalQuery is a query for the rival: words that match and conditions on columns.
type rivalQuery struct {
	match string // "" for no words
	where []string
	args  []any
}

// sql writes the statement that finds the hits.
func (q *rivalQuery) sql() string {
	score, from := "0", "doc AS d"
	where := q.where
	if q.match != "" {
		score, from = "bm25(words)", "words JOIN doc AS d ON d.id = words.rowid"
		where = append([]string{"words MATCH ?"}, where...)
	}
	if len(where) == 0 {
		where = []string{"1"}
	}
	return "INSERT INTO hit SELECT d.id, " + score + ", d.year, d.city, d.kind, d.holder_type, d.field, d.latest FROM " + from +
		" WHERE " + strings.Join(where, " AND ")
}

// translate writes a query for the rival; ok is false where its language cannot
// say it: patterns within words, and words mixed with columns in other ways than
// by AND.
func (t *rivalTable) translate(n query.Node) (q rivalQuery, ok bool) {
	parts := []query.Node{n}
	if and, is := n.(query.And); is {
		parts = and.Nodes
	}
	var words []query.Node
	for _, p := range parts {
		switch p := p.(type) {
		case query.All:
		case query.Is, query.Between:
			where, args, ok := t.condition(p)
			if !ok {
				return q, false
			}
			q.where, q.args = append(q.where, where), append(q.args, args...)
		default:
			words = append(words, p)
		}
	}
	if len(words) == 0 {
		return q, true
	}
	if q.match, ok = t.and(words); !ok {
		return q, false
	}
	q.args = append([]any{q.match}, q.args...)
	return q, true
}

// condition writes a condition on columns.
func (t *rivalTable) condition(n query.Node) (where string, args []any, ok bool) {
	switch n := n.(type) {
	case query.Between:
		column := map[string]string{"pd": "latest", "fd": "filed"}[n.Field]
		to := int64(n.To)
		if to == 0 {
			to = 1 << 40
		}
		return "d." + column + " BETWEEN ? AND ?", []any{max(int64(n.From), 1), to}, column != ""
	case query.Is:
		switch n.Field {
		case "ipc":
			return "d.id IN (SELECT doc FROM symbol WHERE symbol = ?)", []any{n.Value}, n.Match == query.Below
		case "pa":
			return "d.id IN (SELECT doc FROM name WHERE name = ?)", []any{record.FoldName(n.Value)}, n.Match == query.Whole
		case "kind", "field":
			return "d." + n.Field + " = ?", []any{t.code(n.Value)}, true
		case "holder-type":
			return "d.holder_type = ?", []any{t.code(n.Value)}, true
		case "region":
			codes := []string{n.Value}
			if n.Match == query.Below {
				codes = append(codes, t.pack.Descendants(n.Value)...)
			}
			for _, c := range codes {
				args = append(args, t.code(c))
			}
			return "d.region IN (" + strings.TrimSuffix(strings.Repeat("?,", len(args)), ",") + ")", args, true
		}
	}
	return "", nil, false
}

// and writes words that all match, and those that must not.
func (t *rivalTable) and(nodes []query.Node) (string, bool) {
	var yes, no []string
	for _, n := range nodes {
		list := &yes
		if not, is := n.(query.Not); is {
			n, list = not.Node, &no
		}
		s, ok := t.words5(n)
		if !ok {
			return "", false
		}
		*list = append(*list, s)
	}
	if len(yes) == 0 {
		return "", false
	}
	out := strings.Join(yes, " AND ")
	for _, s := range no {
		out = "(" + out + ") NOT " + s
	}
	return "(" + out + ")", true
}

// words5 writes a part of a query in FTS5's language.
func (t *rivalTable) words5(n query.Node) (string, bool) {
	switch n := n.(type) {
	case query.And:
		return t.and(n.Nodes)
	case query.Or:
		var parts []string
		for _, p := range n.Nodes {
			s, ok := t.words5(p)
			if !ok {
				return "", false
			}
			parts = append(parts, s)
		}
		return "(" + strings.Join(parts, " OR ") + ")", true
	case query.Term:
		phrases, ok := t.phrases(n)
		if !ok {
			return "", false
		}
		return inColumns(n.Field, strings.Join(phrases, " OR ")), true
	case query.Near:
		return t.near(n)
	}
	return "", false
}

var rivalColumns = map[string]string{"ti": "{ti} : ", "ab": "{ab} : ", "ta": "{ti ab} : ", "pa": "{pa} : ", "in": "{inventor} : ", "": ""}

func inColumns(field, expression string) string {
	return "(" + rivalColumns[field] + "(" + expression + "))"
}

// near writes every choice of forms; FTS5 counts the words in between, of which
// there is one less than the distance.
func (t *rivalTable) near(n query.Near) (string, bool) {
	a, okA := t.phrases(n.A)
	b, okB := t.phrases(n.B)
	if !okA || !okB || n.Ordered {
		return "", false
	}
	var out []string
	for _, x := range a {
		for _, y := range b {
			out = append(out, fmt.Sprintf("NEAR(%s %s, %d)", x, y, n.Distance-1))
		}
	}
	return inColumns(n.Field, strings.Join(out, " OR ")), true
}

// maxPhrases bounds the choices of forms of one phrase.
const maxPhrases = 256

// phrases writes a term in every choice of the forms of its words that occur.
func (t *rivalTable) phrases(n query.Term) ([]string, bool) {
	if n.Form == query.Wildcard {
		return nil, false
	}
	words := search.Analyse(n.Text)
	if len(words) == 0 {
		return nil, false
	}
	out := []string{""}
	for i, w := range words {
		last := i == len(words)-1
		choices := []string{`"` + w.Text + `"`}
		switch {
		case w.Char, n.Form == query.Prefix && last && w.Text[0] < 0x80:
			if !last {
				return nil, false // a beginning only stands at the end of a phrase
			}
			choices[0] += "*"
		case w.Text[0] < 0x80:
			for _, f := range search.Forms(w.Text) {
				if f != w.Text && t.words[f] {
					choices = append(choices, `"`+f+`"`)
				}
			}
		}
		var longer []string
		for _, before := range out {
			for _, c := range choices {
				if before != "" {
					c = before + " + " + c
				}
				longer = append(longer, c)
			}
		}
		if out = longer; len(out) > maxPhrases {
			return nil, false
		}
	}
	return out, true
}

// lastOfRun returns the last character of the Chinese run that words[k] ends, ""
// where it ends none of two or more.
func lastOfRun(words []search.Word, k int) string {
	w := words[k]
	if w.Text[0] < 0x80 || w.Char || utf8.RuneCountInString(w.Text) != 2 {
		return ""
	}
	first, size := utf8.DecodeRuneInString(w.Text)
	if first < 0x2e80 {
		return "" // a word of another script
	}
	if k+1 < len(words) && words[k+1].Pos == w.Pos+1 {
		return "" // the run goes on
	}
	return w.Text[size:]
}
