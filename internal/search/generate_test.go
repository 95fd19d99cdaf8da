package search

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// corpus makes invented documents, the same for the same number: a quarter in
// Chinese, the rest in English, with few words that are everywhere and many that
// are rare.
type corpus struct {
	words, han   []string
	draw, drawHz []uint32
	names        []string
}

func newCorpus() *corpus {
	r := rand.New(rand.NewPCG(1, 2))
	c := &corpus{}
	syllables := strings.Fields("ba be bi bo bu ca ce co da de di do fa fe fi ga ge go ha he hi ka ke la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi vo wa we za zo tra ble con ter sta pro ver")
	seen := map[string]bool{}
	for len(c.words) < 200_000 {
		var w strings.Builder
		for range 2 + r.IntN(3) {
			w.WriteString(syllables[r.IntN(len(syllables))])
		}
		w.WriteString([]string{"", "n", "r", "t", "l", "d"}[r.IntN(6)])
		if s := w.String(); !seen[s] {
			seen[s] = true
			c.words = append(c.words, s)
		}
	}
	for len(c.han) < 60_000 {
		var w strings.Builder
		for range 1 + r.IntN(3) {
			x := r.Float64()
			w.WriteRune(rune(0x4e00 + int(3000*x*x)))
		}
		if s := w.String(); !seen[s] {
			seen[s] = true
			c.han = append(c.han, s)
		}
	}
	c.draw = zipfTable(len(c.words), 0.95)
	c.drawHz = zipfTable(len(c.han), 0.9)
	for range 20_000 {
		c.names = append(c.names, c.han[r.IntN(3000)]+c.han[r.IntN(len(c.han))]+"有限公司")
	}
	return c
}

// zipfTable gives ranks to draw from, each as often as its share.
func zipfTable(n int, s float64) []uint32 {
	const size = 1 << 20
	total := 0.0
	for k := range n {
		total += math.Pow(float64(k)+6, -s)
	}
	out := make([]uint32, 0, size)
	sum := 0.0
	for k := range n {
		sum += math.Pow(float64(k)+6, -s)
		for len(out) < int(sum/total*size) {
			out = append(out, uint32(k))
		}
	}
	for len(out) < size {
		out = append(out, uint32(n-1))
	}
	return out
}

func (c *corpus) doc(i int) Doc {
	r := rand.New(rand.NewPCG(uint64(i), 77))
	var b strings.Builder
	text := func(n int) string {
		b.Reset()
		for k := range n {
			if i%4 == 3 {
				b.WriteString(c.han[c.drawHz[r.Uint32()%(1<<20)]])
				if k%9 == 8 {
					b.WriteString("，")
				}
				continue
			}
			b.WriteString(c.words[c.draw[r.Uint32()%(1<<20)]])
			if k%12 == 11 {
				b.WriteString(", ")
			} else {
				b.WriteByte(' ')
			}
		}
		return b.String()
	}
	return Doc{[]Field{
		{'t', 0, text(5 + r.IntN(6))},
		{'t', 1, text(80 + r.IntN(71))},
		{'p', 0, c.names[r.IntN(len(c.names))*r.IntN(len(c.names))/len(c.names)]},
		{'n', 0, c.han[r.IntN(2000)] + c.han[r.IntN(2000)]},
		{'i', 0, fmt.Sprintf("%c%02d%c%d/%02d", 'A'+r.IntN(8), r.IntN(50), 'A'+r.IntN(20), r.IntN(60), r.IntN(10))},
		{'k', 0, fmt.Sprintf("CN2019%08d", i)},
		{'k', 0, fmt.Sprintf("CN%dA", 109000000+i)},
	}}
}
