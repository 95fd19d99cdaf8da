package search

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// The model keeps documents as they read: words and single characters at their
// places, and knows neither pairs nor forms nor segments.

type unit struct {
	text string
	run  int // 0: a word; else which run the character belongs to
	pos  int
}

type modelText struct {
	part  uint8
	units []unit
}

type modelDoc struct {
	texts map[byte][]modelText
	keys  map[string]bool
}

func unitsOf(s string) []unit {
	var out []unit
	runs := 0
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			out = append(out, unit{word.String(), 0, len(out)})
			word.Reset()
		}
	}
	inRun := false
	for _, r := range s {
		switch {
		case isHan(r):
			end()
			if !inRun {
				runs++
			}
			inRun = true
			out = append(out, unit{string(r), runs, len(out)})
			continue
		case r == ' ' || r == '，':
			end()
		default:
			word.WriteRune(r)
		}
		inRun = false
	}
	end()
	return out
}

func modelOf(d Doc) *modelDoc {
	m := &modelDoc{map[byte][]modelText{}, map[string]bool{}}
	for _, f := range d.Fields {
		if f.Space == 'i' || f.Space == 'k' {
			m.keys[string(f.Space)+f.Text] = true
		} else {
			m.texts[f.Space] = append(m.texts[f.Space], modelText{f.Part, unitsOf(f.Text)})
		}
	}
	return m
}

func (m *modelDoc) length(space byte) uint32 {
	n := 0
	for _, t := range m.texts[space] {
		n += len(t.units)
	}
	return lengthOf(lengthCode(uint32(n)))
}

// hit is an occurrence: text, place, whether in part 0.
type occurrence struct {
	text, pos int
	title     bool
}

// same tells whether a unit of a text is what a unit of a question asks for.
func (q modelOperand) same(asked, u unit, last bool) bool {
	switch {
	case asked.run > 0 || u.run > 0:
		return asked.run > 0 && u.run > 0 && asked.text == u.text
	case q.match != nil:
		return q.match(u.text)
	case q.prefix && last:
		return strings.HasPrefix(u.text, asked.text)
	}
	return stem(asked.text) == stem(u.text)
}

type modelOperand struct {
	units  []unit
	prefix bool
	match  func(string) bool
}

func operandOf(n Node) (op modelOperand, space byte, part Part) {
	switch n := n.(type) {
	case Text:
		return modelOperand{units: unitsOf(n.Text)}, n.Space, n.Part
	case Prefix:
		return modelOperand{units: unitsOf(n.Text), prefix: true}, n.Space, n.Part
	case Wildcard:
		return modelOperand{units: []unit{{text: "?"}}, match: func(w string) bool { return slowGlob([]rune(n.Pattern), []rune(w)) }}, n.Space, n.Part
	}
	panic("no operand")
}

func slowGlob(g, w []rune) bool {
	if len(g) == 0 {
		return len(w) == 0
	}
	if g[0] == '*' {
		return slowGlob(g[1:], w) || len(w) > 0 && slowGlob(g, w[1:])
	}
	return len(w) > 0 && (g[0] == '?' || g[0] == w[0]) && slowGlob(g[1:], w[1:])
}

func (m *modelDoc) find(q modelOperand, space byte, part Part) []occurrence {
	var out []occurrence
	if len(q.units) == 0 {
		return nil
	}
	for ti, t := range m.texts[space] {
		if part != AnyPart && uint8(part-Part0) != t.part {
			continue
		}
	start:
		for s := 0; s+len(q.units) <= len(t.units); s++ {
			for k, a := range q.units {
				u := t.units[s+k]
				if !q.same(a, u, k == len(q.units)-1) {
					continue start
				}
				if k > 0 && a.run > 0 && a.run == q.units[k-1].run && u.run != t.units[s+k-1].run {
					continue start
				}
			}
			out = append(out, occurrence{ti, s, t.part == 0})
		}
	}
	return out
}

type model struct {
	docs    []*modelDoc
	deleted []bool
	dropped []bool // deleted and merged away: no longer counted for scores
}

// holds tells whether document d matches, and what it scores; leaf weights are
// computed once for each question in idf.
func (m *model) holds(d *modelDoc, n Node, idf map[string]float64, avg map[byte]float64) (bool, float64) {
	switch n := n.(type) {
	case All:
		return true, 0
	case None:
		return false, 0
	case Filter:
		return false, 0
	case Key:
		return d.keys[string(n.Space)+n.Key], 0
	case KeyPrefix:
		for k := range d.keys {
			if strings.HasPrefix(k, string(n.Space)+n.Prefix) {
				return true, 0
			}
		}
		return false, 0
	case Not:
		ok, _ := m.holds(d, n.Node, idf, avg)
		return !ok, 0
	case And:
		sum := 0.0
		for _, k := range n.Nodes {
			ok, s := m.holds(d, k, idf, avg)
			if !ok {
				return false, 0
			}
			sum += s
		}
		return true, sum
	case Or:
		sum, any := 0.0, false
		for _, k := range n.Nodes {
			if ok, s := m.holds(d, k, idf, avg); ok {
				any = true
				sum += s
			}
		}
		return any, sum
	case Near:
		qa, space, part := operandOf(n.A)
		qb, _, _ := operandOf(n.B)
		count, title := 0.0, false
		bs := d.find(qb, space, part)
		for _, a := range d.find(qa, space, part) {
			for _, b := range bs {
				ab := b.pos - (a.pos + len(qa.units) - 1)
				ba := a.pos - (b.pos + len(qb.units) - 1)
				if a.text == b.text && (ab >= 1 && ab <= n.Distance || !n.Ordered && ba >= 1 && ba <= n.Distance) {
					count++
					title = title || a.title
					break
				}
			}
		}
		return count > 0, m.value(d, n, space, count, title, idf, avg)
	}
	q, space, part := operandOf(n)
	occ := d.find(q, space, part)
	if len(occ) == 0 {
		return false, 0
	}
	f, title := float64(len(occ)), false
	for _, o := range occ {
		title = title || o.title
	}
	if len(q.units) == 1 && (q.units[0].run > 0 || q.prefix || q.match != nil) {
		f = 1
		if part == Part1 {
			// The title counts where one and the same term stands in both parts.
			title = m.termInBoth(d, q, space)
		}
	} else if len(q.units) == 1 {
		return true, m.value(d, n, space, d.formFrequency(q, space, part), false, idf, avg)
	} else if len(q.units) == 2 && q.units[0].run > 0 && q.units[0].run == q.units[1].run {
		all := d.find(q, space, AnyPart)
		f = float64(len(all))
		title = slices.ContainsFunc(all, func(o occurrence) bool { return o.title })
	}
	return true, m.value(d, n, space, f, title, idf, avg)
}

// termInBoth tells whether a term that a pattern takes is in both parts.
func (m *model) termInBoth(d *modelDoc, q modelOperand, space byte) bool {
	in := [2]map[string]bool{{}, {}}
	for _, t := range d.texts[space] {
		for i, u := range t.units {
			if q.same(q.units[0], u, true) {
				w := u.text
				if u.run > 0 && i+1 < len(t.units) && t.units[i+1].run == u.run {
					w += t.units[i+1].text
				}
				in[t.part][w] = true
			}
		}
	}
	for w := range in[0] {
		if in[1][w] {
			return true
		}
	}
	return false
}

// formFrequency adds up frequency and title bonus of each form of a word.
func (d *modelDoc) formFrequency(q modelOperand, space byte, part Part) float64 {
	type stand struct {
		n  float64
		in [2]bool
	}
	forms := map[string]*stand{}
	for _, t := range d.texts[space] {
		for _, u := range t.units {
			if q.same(q.units[0], u, true) {
				s := forms[u.text]
				if s == nil {
					s = &stand{}
					forms[u.text] = s
				}
				s.n++
				s.in[t.part] = true
			}
		}
	}
	f := 0.0
	for _, s := range forms {
		if part != AnyPart && !s.in[part-Part0] {
			continue
		}
		f += s.n
		if s.in[0] {
			f += titleBonus
		}
	}
	return f
}

func (m *model) value(d *modelDoc, n Node, space byte, f float64, title bool, idf map[string]float64, avg map[byte]float64) float64 {
	if f == 0 || idf == nil {
		return 0
	}
	if title {
		f += titleBonus
	}
	key := fmt.Sprintf("%T%v", n, n)
	w, ok := idf[key]
	if !ok {
		w = m.idf(n)
		idf[key] = w
	}
	k := 1.2 * (1 - 0.75 + 0.75*float64(d.length(space))/avg[space])
	return w * 2.2 * f / (f + k)
}

// idf adds up the weights of a leaf's elements.
func (m *model) idf(n Node) float64 {
	if near, ok := n.(Near); ok {
		return m.idf(near.A) + m.idf(near.B)
	}
	q, space, part := operandOf(n)
	docs, sum := 0.0, 0.0
	for i := range m.docs {
		if !m.dropped[i] {
			docs++
		}
	}
	add := func(df float64) {
		df = min(df, docs)
		sum += math.Log(1 + (docs-df+0.5)/(df+0.5))
	}
	for i := 0; i < len(q.units); i++ {
		u := q.units[i]
		last := i == len(q.units)-1
		switch {
		case u.run > 0 && !last && q.units[i+1].run == u.run:
			add(m.df(modelOperand{units: q.units[i : i+2]}, space, AnyPart))
		case u.run > 0 && i > 0 && q.units[i-1].run == u.run:
		case u.run > 0:
			add(m.df(modelOperand{units: []unit{u}}, space, part))
		case q.match != nil || q.prefix && last:
			add(m.df(modelOperand{units: []unit{u}, prefix: q.prefix, match: q.match}, space, part))
		default:
			df := 0.0
			seen := map[string]bool{}
			for j, d := range m.docs {
				clear(seen)
				for _, t := range d.texts[space] {
					for _, x := range t.units {
						if !m.dropped[j] && x.run == 0 && stem(x.text) == stem(u.text) {
							seen[x.text] = true
						}
					}
				}
				df += float64(len(seen))
			}
			add(df)
		}
	}
	return sum
}

func (m *model) df(q modelOperand, space byte, part Part) float64 {
	n := 0.0
	for i, d := range m.docs {
		if !m.dropped[i] && len(d.find(q, space, part)) > 0 {
			n++
		}
	}
	return n
}

func (m *model) averages() map[byte]float64 {
	out := map[byte]float64{}
	for _, sp := range testSchema.Spaces {
		words, docs := 0.0, 0.0
		for i, d := range m.docs {
			if !m.dropped[i] {
				docs++
				words += float64(d.length(sp.ID))
			}
		}
		if out[sp.ID] = 1; words > 0 {
			out[sp.ID] = words / docs
		}
	}
	return out
}

// answer returns the hits of n with their scores.
func (m *model) answer(n Node) map[uint32]float64 {
	out := map[uint32]float64{}
	idf, avg := map[string]float64{}, m.averages()
	for i, d := range m.docs {
		if !m.deleted[i] {
			if ok, s := m.holds(d, n, idf, avg); ok {
				out[uint32(i)] = s
			}
		}
	}
	return out
}
