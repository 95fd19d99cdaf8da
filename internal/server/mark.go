package server

import (
	"strings"
	"unicode"

	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/web"
)

// snippetRunes is the length of a snippet, in characters.
const snippetRunes = 160

// wordsOf lists the terms of text that a query asks for, without those that it
// excludes.
func wordsOf(q *query.Query) []query.Term {
	var out []query.Term
	query.Walk(q.Root, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Not:
			return false
		case query.Term:
			switch n.Field {
			case "", "ti", "ab", "ta":
				out = append(out, n)
			}
		}
		return true
	})
	return out
}

// marked marks the words asked for in a text. With limit above zero the text is
// cut to about that many characters around the first of them.
//
// Marks help the eye and decide nothing: an English word is marked when it
// begins as the one asked for does, whatever its ending.
func marked(t record.Text, words []query.Term, limit int) web.Marked {
	runes := []rune(t.Text)
	hit := make([]bool, len(runes))
	folded := make([]rune, len(runes))
	for i, r := range runes {
		folded[i] = unicode.ToLower(r)
	}
	for _, w := range words {
		for _, part := range parts(w) {
			mark(folded, hit, part)
		}
	}
	from, to := 0, len(runes)
	if limit > 0 && to > limit {
		from, to = whole(runes, hit, limit)
	}
	out := web.Marked{Lang: t.Lang}
	add := func(text string, isHit bool) {
		if n := len(out.Spans); n > 0 && out.Spans[n-1].Hit == isHit {
			out.Spans[n-1].Text += text
			return
		}
		out.Spans = append(out.Spans, web.Span{Text: text, Hit: isHit})
	}
	if from > 0 {
		add("…", false)
	}
	for i := from; i < to; i++ {
		add(string(runes[i]), hit[i])
	}
	if to < len(runes) {
		add("…", false)
	}
	return out
}

// parts cuts a term into runs of Han and words of other letters.
func parts(t query.Term) [][]rune {
	var out [][]rune
	var run []rune
	end := func() {
		if len(run) > 0 {
			out = append(out, run)
		}
		run = nil
	}
	for _, r := range strings.ToLower(t.Text) {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
			continue
		case len(run) > 0 && unicode.Is(unicode.Han, r) != unicode.Is(unicode.Han, run[0]):
			end()
		}
		run = append(run, r)
	}
	end()
	return out
}

// mark marks where a part occurs: a run of Han anywhere, a word at the
// beginning of a word.
func mark(text []rune, hit []bool, part []rune) {
	han := unicode.Is(unicode.Han, part[0])
	stem := part
	if !han && len(part) > 4 {
		stem = part[:max(4, len(part)-2)]
	}
	for i := 0; i+len(stem) <= len(text); i++ {
		if string(text[i:i+len(stem)]) != string(stem) || !han && i > 0 && inWord(text[i-1]) {
			continue
		}
		end := i + len(stem)
		if !han {
			for end < len(text) && inWord(text[end]) {
				end++
			}
			if end-i > len(part)+3 {
				continue
			}
		}
		for ; i < end; i++ {
			hit[i] = true
		}
		i--
	}
}

func inWord(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.Is(unicode.Han, r)
}

// whole chooses about limit characters with the first hit among them, and no
// half words at the ends.
func whole(text []rune, hit []bool, limit int) (from, to int) {
	from, to = window(hit, limit)
	cut := func(i int) bool { return i > 0 && i < len(text) && inWord(text[i-1]) && inWord(text[i]) }
	for n := 0; cut(from) && !hit[from] && n < limit/8; n++ {
		from++
	}
	for n := 0; cut(to) && !hit[to-1] && n < limit/8; n++ {
		to--
	}
	return from, to
}

// window chooses limit characters with the first hit among them.
func window(hit []bool, limit int) (from, to int) {
	for i, h := range hit {
		if h {
			from = max(0, i-limit/4)
			break
		}
	}
	from = min(from, len(hit)-limit)
	return from, from + limit
}
