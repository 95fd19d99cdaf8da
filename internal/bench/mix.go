package bench

import (
	"fmt"
	"strings"
	"unicode"

	"onewindow/internal/record"
)

// Draws is how many wordings of each kind of question are measured, each with
// other words; warmDraws more are asked before.
const (
	Draws     = 20
	warmDraws = 2
)

// Question is one kind of question of the mix, with its draws in the query language.
type Question struct {
	Number  int
	Name    string   // bench.question.<name> is its message
	Sort    string   // "" lets the finder choose
	Queries []string // by draw
}

// Mix returns the forty kinds of questions over n documents of the corpus.
// Counties and cities are names that the region field knows.
func (c *Corpus) Mix(n int, cities, counties []string) []Question {
	var out []Question
	add := func(name string, ask func(k int) string) {
		q := Question{Number: len(out) + 1, Name: name}
		for k := range Draws + warmDraws {
			q.Queries = append(q.Queries, ask(k))
		}
		out = append(out, q)
	}
	w := func(share float64) func(k int) string {
		return func(k int) string { return c.LatinWord(share, k) }
	}
	half := 0.5
	rare, one, seven, twenty := w(50/float64(n)), w(0.01), w(0.07), w(0.20)
	common := w(half)
	join := func(op string, words ...string) string { return strings.Join(words, " "+op+" ") }

	add("word-rare", rare)
	add("word-1", one)
	add("word-7", seven)
	add("word-20", twenty)

	add("and-7-20", func(k int) string { return join("and", seven(k), twenty(k)) })
	add("and-1-20", func(k int) string { return join("and", one(k), twenty(k)) })
	add("and-20-20", func(k int) string { return join("and", twenty(k), c.LatinWord(0.18, k)) })
	add("and-three", func(k int) string { return join("and", seven(k), twenty(k), c.LatinWord(0.15, k)) })

	add("or-two", func(k int) string { return join("or", seven(k), twenty(k)) })
	add("or-four", func(k int) string { return join("or", one(k), seven(k), twenty(k), c.LatinWord(0.05, k)) })
	add("or-sixteen", func(k int) string {
		var words []string
		for i := range 16 {
			words = append(words, c.LatinWord(0.01+0.012*float64(i), k))
		}
		return join("or", words...)
	})

	add("not-7", func(k int) string { return twenty(k) + " not " + seven(k) })
	add("not-20", func(k int) string { return one(k) + " not " + twenty(k) })

	add("phrase-rare", func(k int) string { return c.phrase(n, k, 2, 3) })
	add("phrase-two", func(k int) string { return fmt.Sprintf("%q", common(k)+" "+c.LatinWord(0.45, k)) })
	add("phrase-three", func(k int) string {
		return fmt.Sprintf("%q", common(k)+" "+c.LatinWord(0.6, k)+" "+c.LatinWord(0.7, k))
	})
	add("phrase-title", func(k int) string { return fmt.Sprintf("ti=%q", common(k)+" "+c.LatinWord(0.6, k)) })

	add("near-5", func(k int) string { return twenty(k) + " near/5 " + c.LatinWord(0.15, k) })
	add("near-20", func(k int) string { return seven(k) + " near/20 " + twenty(k) })

	add("prefix-six", func(k int) string { return c.stem(k, 6) })
	add("prefix-four", func(k int) string { return c.stem(k, 4) })
	add("prefix-two", func(k int) string { return c.stem(k, 2) })
	add("wildcard", func(k int) string {
		s := []byte(c.long(k, 6))
		s[3] = '?'
		return string(s[:5]) + "*"
	})

	add("han-one", func(k int) string { return c.HanWord(0.02, 1, k) })
	add("han-two", func(k int) string { return c.HanWord(0.01, 2, k) })
	add("han-three", func(k int) string { return c.HanWord(0.0002, 3, k) })
	add("han-four", func(k int) string { return c.run(n, k, 4) })
	add("han-six", func(k int) string { return c.run(n, k, 6) })
	add("han-latin", func(k int) string { return c.HanWord(0.01, 2, k) + " and " + c.LatinWord(0.25, k) })

	add("years-word", func(k int) string {
		return twenty(k) + fmt.Sprintf(" and pd within \"%d %d\"", 2008+k%10, 2014+k%10)
	})
	add("years", func(k int) string { return fmt.Sprintf("pd within \"%d %d\"", 2008+k%10, 2014+k%10) })
	add("city-word", func(k int) string { return seven(k) + " and region=" + cities[k%len(cities)] })
	add("county", func(k int) string { return "region=" + counties[k%len(counties)] })
	add("ipc-subclass", func(k int) string { return "ipc=" + c.symbol(n, k)[:4] })
	add("ipc-section", func(k int) string { return "ipc=" + c.symbol(n, k)[:1] })
	add("holder", func(k int) string { return fmt.Sprintf("pa==%q", c.HolderName(k*7)) })
	add("columns", func(k int) string {
		return fmt.Sprintf("holder-type=enterprise and kind=%s and pd within \"%d %d\"",
			[]string{"invention", "utility_model"}[k%2], 2010+k%8, 2016+k%8)
	})
	add("tree", func(k int) string {
		return fmt.Sprintf("((%s or %s) and (%s or %s or %s) and not (%s or %s)) or (%s and %s and (%s or %s) not %s)",
			one(k), seven(k), twenty(k), c.LatinWord(0.1, k), c.LatinWord(0.3, k), rare(k), c.LatinWord(0.04, k),
			c.LatinWord(0.12, k), c.LatinWord(0.16, k), c.LatinWord(0.22, k), c.LatinWord(0.05, k), c.LatinWord(0.02, k))
	})
	add("everything", func(int) string { return "*" })
	out[len(out)-1].Sort = "date"
	add("nothing", func(k int) string { return fmt.Sprintf("zzqx%dvw and %s", k, twenty(k)) })
	return out
}

// long returns an invented word of at least n letters.
func (c *Corpus) long(k, n int) string {
	for i := 3000 + 97*k; ; i++ {
		if len(c.latin[i]) >= n {
			return c.latin[i]
		}
	}
}

func (c *Corpus) stem(k, n int) string { return c.long(k, n)[:n] + "*" }

// isIn tells whether a document has an abstract, in a language.
func isIn(d *record.Document, lang string) bool {
	return len(d.Abstracts) > 0 && d.Abstracts[0].Lang == lang
}

// phrase takes a few Latin words in a row out of a document, as a quoted phrase.
func (c *Corpus) phrase(n, k, words, skip int) string {
	for i := 1 + k*7919%n; ; i = (i + 1) % n {
		d := c.Document(i)
		if !isIn(d, "en") {
			continue
		}
		all := strings.FieldsFunc(d.Abstracts[0].Text, func(r rune) bool { return r == ' ' || r == ',' || r == '.' })
		return fmt.Sprintf("%q", strings.Join(all[skip:skip+words], " "))
	}
}

// run takes a run of Chinese characters out of a document.
func (c *Corpus) run(n, k, length int) string {
	for i := 1 + k*7907%n; ; i = (i + 1) % n {
		if d := c.Document(i); isIn(d, "zh") {
			for _, run := range strings.FieldsFunc(d.Abstracts[0].Text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
				if rs := []rune(run); len(rs) >= length {
					return string(rs[:length])
				}
			}
		}
	}
}

// symbol returns the first IPC symbol of a document.
func (c *Corpus) symbol(n, k int) string {
	for i := 1 + k*7901%n; ; i = (i + 1) % n {
		if all := c.Document(i).Classes; len(all) > 0 && all[0].Scheme == record.IPC {
			return all[0].Symbol
		}
	}
}
