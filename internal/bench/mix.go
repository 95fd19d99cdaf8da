package bench

import (
	"fmt"
	"strings"
	"unicode"
)

// Draws is how many times each kind of question is asked, each time with other words.
const Draws = 20

// Question is one kind of question of the mix, with its draws in the query language.
type Question struct {
	Number  int
	Name    string
	Sort    string // "" lets the finder choose
	Queries []string
}

// Mix returns the forty kinds of questions over n documents of the corpus.
// Counties and cities are names that the region field knows.
func (c *Corpus) Mix(n int, cities, counties []string) []Question {
	var out []Question
	add := func(name string, ask func(k int) string) {
		q := Question{Number: len(out) + 1, Name: name}
		for k := range Draws {
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

	add("word in about 50 records", rare)
	add("word in 1 %", one)
	add("word in 7 %", seven)
	add("word in 20 %", twenty)

	add("AND of 7 % and 20 %", func(k int) string { return join("and", seven(k), twenty(k)) })
	add("AND of 1 % and 20 %", func(k int) string { return join("and", one(k), twenty(k)) })
	add("AND of two of 20 %", func(k int) string { return join("and", twenty(k), c.LatinWord(0.18, k)) })
	add("AND of three", func(k int) string { return join("and", seven(k), twenty(k), c.LatinWord(0.15, k)) })

	add("OR of two", func(k int) string { return join("or", seven(k), twenty(k)) })
	add("OR of four", func(k int) string { return join("or", one(k), seven(k), twenty(k), c.LatinWord(0.05, k)) })
	add("OR of sixteen", func(k int) string {
		var words []string
		for i := range 16 {
			words = append(words, c.LatinWord(0.01+0.012*float64(i), k))
		}
		return join("or", words...)
	})

	add("20 % without 7 %", func(k int) string { return twenty(k) + " not " + seven(k) })
	add("1 % without 20 %", func(k int) string { return one(k) + " not " + twenty(k) })

	add("phrase, rare", func(k int) string { return c.phrase(n, k, 2, 3) })
	add("phrase of two common words", func(k int) string { return fmt.Sprintf("%q", common(k)+" "+c.LatinWord(0.45, k)) })
	add("phrase of three", func(k int) string {
		return fmt.Sprintf("%q", common(k)+" "+c.LatinWord(0.6, k)+" "+c.LatinWord(0.7, k))
	})
	add("phrase of two in titles only", func(k int) string { return fmt.Sprintf("ti=%q", common(k)+" "+c.LatinWord(0.6, k)) })

	add("within 5 words", func(k int) string { return twenty(k) + " near/5 " + c.LatinWord(0.15, k) })
	add("within 20 words", func(k int) string { return seven(k) + " near/20 " + twenty(k) })

	add("prefix of six letters", func(k int) string { return c.stem(k, 6) })
	add("prefix of four letters", func(k int) string { return c.stem(k, 4) })
	add("prefix of two letters", func(k int) string { return c.stem(k, 2) })
	add("wildcard inside a word", func(k int) string {
		s := []byte(c.long(k, 6))
		s[3] = '?'
		return string(s[:5]) + "*"
	})

	add("one Chinese character", func(k int) string { return c.HanWord(0.02, 1, k) })
	add("Chinese word of two", func(k int) string { return c.HanWord(0.01, 2, k) })
	add("Chinese word of three", func(k int) string { return c.HanWord(0.0002, 3, k) })
	add("Chinese phrase of four", func(k int) string { return c.run(n, k, 4) })
	add("Chinese phrase of six", func(k int) string { return c.run(n, k, 6) })
	add("Chinese and Latin", func(k int) string { return c.HanWord(0.01, 2, k) + " and " + c.LatinWord(0.25, k) })

	add("years with a word in 20 %", func(k int) string {
		return twenty(k) + fmt.Sprintf(" and pd within \"%d %d\"", 2008+k%10, 2014+k%10)
	})
	add("years alone", func(k int) string { return fmt.Sprintf("pd within \"%d %d\"", 2008+k%10, 2014+k%10) })
	add("a city with a word in 7 %", func(k int) string { return seven(k) + " and region=" + cities[k%len(cities)] })
	add("a county alone", func(k int) string { return "region=" + counties[k%len(counties)] })
	add("an IPC subclass", func(k int) string { return "ipc=" + c.symbol(n, k)[:4] })
	add("an IPC section", func(k int) string { return "ipc=" + c.symbol(n, k)[:1] })
	add("a holder by name", func(k int) string { return fmt.Sprintf("pa==%q", c.HolderName(k*7)) })
	add("holder type, kind and years", func(k int) string {
		return fmt.Sprintf("holder-type=enterprise and kind=%s and pd within \"%d %d\"",
			[]string{"invention", "utility_model"}[k%2], 2010+k%8, 2016+k%8)
	})
	add("tree of twelve words", func(k int) string {
		return fmt.Sprintf("((%s or %s) and (%s or %s or %s) and not (%s or %s)) or (%s and %s and (%s or %s) not %s)",
			one(k), seven(k), twenty(k), c.LatinWord(0.1, k), c.LatinWord(0.3, k), rare(k), c.LatinWord(0.04, k),
			c.LatinWord(0.12, k), c.LatinWord(0.16, k), c.LatinWord(0.22, k), c.LatinWord(0.05, k), c.LatinWord(0.02, k))
	})
	add("everything, newest first", func(int) string { return "*" })
	out[len(out)-1].Sort = "date"
	add("nothing found", func(k int) string { return fmt.Sprintf("zzqx%dvw and %s", k, twenty(k)) })
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

// phrase takes a few Latin words in a row out of a document, as a quoted phrase.
func (c *Corpus) phrase(n, k, words, skip int) string {
	for i := 1 + k*7919%n; ; i = (i + 1) % n {
		d := c.Document(i)
		if d.Abstracts[0].Lang != "en" {
			continue
		}
		all := strings.FieldsFunc(d.Abstracts[0].Text, func(r rune) bool { return r == ' ' || r == ',' || r == '.' })
		return fmt.Sprintf("%q", strings.Join(all[skip:skip+words], " "))
	}
}

// run takes a run of Chinese characters out of a document.
func (c *Corpus) run(n, k, length int) string {
	for i := 1 + k*7907%n; ; i = (i + 1) % n {
		if d := c.Document(i); d.Abstracts[0].Lang == "zh" {
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
		if s := c.Document(i).Classes[0]; s.Scheme == "ipc" {
			return s.Symbol
		}
	}
}
