package server

import (
	"strings"
	"testing"

	"onewindow/internal/query"
	"onewindow/internal/record"
)

func TestWordsAskedForAreMarked(t *testing.T) {
	for _, c := range []struct{ text, term, want string }{
		{"一种电池及其制造方法", "电池", "一种[电池]及其制造方法"},
		{"Batteries and battery cases; a battle", "battery", "[Batteries] and [battery] cases; a battle"},
		{"Solid electrolytes", "solid electrolyte", "[Solid] [electrolytes]"},
		{"LED灯", "led", "[LED]灯"},
		{"unled", "led", "unled"},
		{"", "led", ""},
		{"电池电池", "电池", "[电池电池]"},
	} {
		m := marked(record.Text{Text: c.text}, []query.Term{{Text: c.term}}, 0)
		var b strings.Builder
		for _, s := range m.Spans {
			if s.Hit {
				b.WriteString("[" + s.Text + "]")
			} else {
				b.WriteString(s.Text)
			}
		}
		if got := b.String(); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.term, c.text, got, c.want)
		}
	}
}

func TestSnippetsShowTheFirstHit(t *testing.T) {
	text := strings.Repeat("前", 500) + "电池" + strings.Repeat("后", 500)
	m := marked(record.Text{Text: text}, []query.Term{{Text: "电池"}}, 100)
	var all string
	hits := 0
	for _, s := range m.Spans {
		all += s.Text
		if s.Hit {
			hits++
		}
	}
	if n := len([]rune(all)); n != 102 || hits != 1 || !strings.HasPrefix(all, "…") || !strings.HasSuffix(all, "…") {
		t.Errorf("%d characters, %d hits: %s", n, hits, all)
	}
}

func TestSnippetsHoldWholeWords(t *testing.T) {
	text := strings.Repeat("remarkable ", 30) + "battery " + strings.Repeat("considerations ", 30)
	m := marked(record.Text{Text: text}, []query.Term{{Text: "battery"}}, 100)
	var all string
	for _, s := range m.Spans {
		all += s.Text
	}
	for _, word := range strings.Fields(strings.Trim(all, "…")) {
		if word != "remarkable" && word != "battery" && word != "considerations" {
			t.Errorf("%q is cut in %q", word, all)
		}
	}
	if n := len([]rune(all)); n < 75 || n > 102 {
		t.Errorf("%d characters: %q", n, all)
	}
}
