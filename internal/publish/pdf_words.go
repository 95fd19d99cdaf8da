package publish

import (
	"strings"
	"unicode"

	"onewindow/internal/chart"
	"onewindow/internal/font"
)

// letters says how a run of text is set.
type letters struct {
	size         float64 // in points
	bold, italic bool
	paint        chart.Paint
	rise         float64 // of the base line
}

func (l letters) face() *font.Face { return font.Of(l.bold) }

// in returns the letters in another colour.
func (l letters) in(p chart.Paint) letters {
	l.paint = p
	return l
}

// stretch is text that is set alike and leads to the same place.
type stretch struct {
	letters
	text string
	to   string   // what it leads to: an id of the document or an address; empty nothing
	el   *element // that it is of, where it is another than that of its line
	note int      // number of the footnote that it marks
}

// scrap is a stretch of a line, set at a distance from the line's left edge.
type scrap struct {
	*stretch
	x, w float64
	text string
}

// line is a line of text.
type line struct {
	scraps []scrap
	w      float64
	notes  []int // footnotes that it marks
}

// gapBeside is the gap between a Chinese character and a Latin one, as a part of the
// size. Readers of documents take wider ones for a blank.
const gapBeside = 0.09

// missing stands for a character that the typeface cannot set.
const missing = '〓'

// blankBehind are the signs whose own room is the blank behind them.
const blankBehind = "，。、；：！？）》」』】"

// sign is a character on its way into a line.
type sign struct {
	r       rune
	stretch *stretch
	gap     float64 // before it, unless it begins a line
	w       float64
}

// signs returns the characters of runs: one blank for each stretch of white space and
// none of what cannot be seen.
func signs(runs []stretch) []sign {
	var out []sign
	before := ' '
	for i := range runs {
		r := &runs[i]
		for _, c := range strings.ToValidUTF8(r.text, string(missing)) {
			switch {
			case unicode.IsSpace(c) && c != '\u3000' && c != '\u00a0', unicode.IsControl(c), c == '\u2028', c == '\u2029':
				c = ' '
			case unicode.Is(unicode.Cf, c):
				continue
			case c > 0xFFFF:
				c = missing
			}
			if c == ' ' && (before == ' ' || strings.ContainsRune(blankBehind, before)) {
				continue
			}
			s := sign{r: c, stretch: r, w: r.face().Advance(c, r.size)}
			if han(before) && latin(c) || latin(before) && han(c) {
				s.gap = gapBeside * r.size
			}
			out = append(out, s)
			before = c
		}
	}
	for len(out) > 0 && out[len(out)-1].r == ' ' {
		out = out[:len(out)-1]
	}
	return out
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) && r != '〇' }

func latin(r rune) bool {
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '%' || r == '−'
}

// lines sets runs in lines no wider than width, the first of which begins with an
// indent. Where the last line would hold a scrap of a word or two, the lines before
// give some of their words to it.
func lines(runs []stretch, width, indent float64) []line {
	all := signs(runs)
	out := broken(all, width, indent)
	n := len(out)
	if n < 2 || out[n-1].w > width/6 {
		return out
	}
	for w := width * 0.98; w > width*0.82; w -= width * 0.02 {
		if better := broken(all, w, indent); len(better) == n && better[n-1].w > width/6 {
			return better
		}
	}
	return out
}

// balanced sets runs in lines of about one width, and no more of them than need be.
func balanced(runs []stretch, width float64) []line {
	all := signs(runs)
	out := broken(all, width, 0)
	for w := width * 0.95; w > width/2 && len(out) > 1; w -= width * 0.05 {
		next := broken(all, w, 0)
		if len(next) > len(out) {
			break
		}
		out = next
	}
	return out
}

// broken breaks signs into lines, each as full as it can be.
func broken(all []sign, width, indent float64) []line {
	var out []line
	for len(all) > 0 {
		n := firstLine(all, width-indent)
		out = append(out, setLine(all[:n], indent))
		for n < len(all) && all[n].r == ' ' {
			n++
		}
		all, indent = all[n:], 0
	}
	return out
}

// firstLine returns how many signs the first line holds, the blank at its end with
// them: one at least.
func firstLine(all []sign, width float64) int {
	sum, end := 0.0, 0
	for i, s := range all {
		if i > 0 {
			sum += s.gap
			if font.Breaks(all[i-1].r, s.r) && s.stretch.note == 0 {
				end = i
			}
		}
		sum += s.w
		if s.r != ' ' && sum > width+0.01 && i > 0 {
			if end > 0 {
				return end
			}
			return i
		}
	}
	return len(all)
}

// setLine puts signs side by side.
func setLine(all []sign, x float64) line {
	var l line
	var text []rune
	var from int
	begin, at := x, x
	cut := func(to int) {
		if to > from {
			l.scraps = append(l.scraps, scrap{all[from].stretch, begin, at - begin, string(text)})
			if n := all[from].stretch.note; n > 0 {
				l.notes = append(l.notes, n)
			}
		}
		from, text = to, nil
	}
	for i, s := range all {
		if i > 0 && (s.gap > 0 || s.stretch != all[i-1].stretch) {
			cut(i)
			if s.gap > 0 {
				at += s.gap
			}
			begin = at
		}
		text = append(text, s.r)
		at += s.w
		if s.r != ' ' {
			l.w = at
		}
	}
	cut(len(all))
	return l
}

// widestWord returns the width of the widest part of a text that no line may end in.
func widestWord(text string, l letters) float64 {
	best, sum := 0.0, 0.0
	before := ' '
	for _, s := range signs([]stretch{{letters: l, text: text}}) {
		if font.Breaks(before, s.r) {
			sum = 0
		}
		if s.r != ' ' {
			sum += s.gap + s.w
		}
		best, before = max(best, sum), s.r
	}
	return best
}

// widthOf returns how wide a text is on one line.
func widthOf(text string, l letters) float64 {
	sum := 0.0
	for _, s := range signs([]stretch{{letters: l, text: text}}) {
		sum += s.gap + s.w
	}
	return sum
}
