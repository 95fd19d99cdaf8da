package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/sample"
)

// Sizes of the invented vocabulary. Word ranks are drawn log-uniformly, so that
// the word of rank r stands with a share of 1/(r·ln V) of all words, as words do
// in life.
const (
	latinWords   = 300_000
	hanWords     = 120_000
	hanChars     = 3_500
	holders      = 60_000
	inventors    = 200_000
	chineseShare = 0.25 // of the documents
	meanWords    = 123  // words of title and abstract together
)

// Corpus makes deterministic documents for measuring: Document(i) is the same
// for the same seed whoever asks and in whatever order, so several workers may
// call it at once.
type Corpus struct {
	seed   uint64
	latin  []string
	han    []string
	places []sample.Place
	cum    []int
	names  []string
	people []string

	latinRank, hanRank, holderRank, inventorRank, ipcRank, groupRank, yearRank ranks

	kinds *kinds // nil in a corpus of patents
}

// NewCorpus builds the vocabulary. Holders live in the given places, which must
// not be empty; a tenth live abroad.
func NewCorpus(places []sample.Place, seed uint64) *Corpus {
	c := &Corpus{
		seed: seed, latin: latinVocabulary(), han: hanVocabulary(), places: places,
		latinRank: newRanks(latinWords), hanRank: newRanks(hanWords), holderRank: newRanks(holders),
		inventorRank: newRanks(inventors), ipcRank: newRanks(640), groupRank: newRanks(60), yearRank: newRanks(25),
	}
	total := 0
	for _, p := range places {
		total += p.Weight
		c.cum = append(c.cum, total)
	}
	for i := range holders {
		c.names = append(c.names, c.holderName(i))
	}
	for i := range inventors {
		c.people = append(c.people, "李"+c.han[i%len(c.han)])
	}
	return c
}

// latinVocabulary returns distinct pronounceable words, the commonest shortest.
func latinVocabulary() []string {
	onset := []string{"b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl", "ch", "gr", "qu"}
	vowel := []string{"a", "e", "i", "o", "u", "ea", "io"}
	coda := []string{"", "n", "r", "l", "t", "m", "x", "ct"}
	out := make([]string, 0, latinWords)
	seen := make(map[string]bool, latinWords)
	rng := rand.New(rand.NewPCG(11, 17))
	for len(out) < latinWords {
		syllables := 1 + int(math.Log10(float64(len(out)+1))/1.4) + rng.IntN(2)
		w := ""
		for range syllables {
			w += onset[rng.IntN(len(onset))] + vowel[rng.IntN(len(vowel))] + coda[rng.IntN(len(coda))]
		}
		if !seen[w] && !operators[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

// operators of the query language that an invented word must not be.
var operators = map[string]bool{"and": true, "or": true, "not": true, "any": true, "all": true, "within": true, "near": true}

// hanVocabulary returns distinct words of one to four characters.
func hanVocabulary() []string {
	out := make([]string, 0, hanWords)
	seen := make(map[string]bool, hanWords)
	rng := rand.New(rand.NewPCG(13, 19))
	chars := newRanks(hanChars)
	for len(out) < hanWords {
		n := 1 + min(3, int(math.Log10(float64(len(out)+1))/1.6)) + rng.IntN(2)
		w := make([]rune, min(n, 4))
		for i := range w {
			w[i] = rune(0x4E00 + chars.draw(rng)*5)
		}
		if s := string(w); !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// ranks draws ranks from 0 to n-1 with a share of about 1/((r+1)·ln n): a table
// of the quantiles, between which it draws evenly.
type ranks []int32

func newRanks(n int) ranks {
	const steps = 1 << 14
	t := make(ranks, steps+1)
	for i := range t {
		t[i] = int32(min(float64(n), math.Exp(float64(i)/steps*math.Log(float64(n+1))))) - 1
	}
	t[steps] = int32(n)
	return t
}

func (t ranks) draw(rng *rand.Rand) int {
	u := rng.Uint64()
	i := u >> 50
	lo, hi := t[i], t[i+1]
	if hi <= lo+1 {
		return int(lo)
	}
	return int(lo) + int((u&0xffffffff)*uint64(hi-lo)>>32)
}

// LatinWord returns the k-th of the neighbours of the Latin word that stands in
// the given share of all documents.
func (c *Corpus) LatinWord(share float64, k int) string {
	if c.kinds != nil {
		return c.latin[c.kinds.near(share, latinWords, latinLengths, k)]
	}
	return c.latin[near(share/(1-chineseShare), meanWords, latinWords, k)]
}

// HanWord returns the k-th of the neighbours, n characters long, of the Chinese
// word that stands in the given share of all documents.
func (c *Corpus) HanWord(share float64, n, k int) string {
	at := 0
	if c.kinds != nil {
		at = c.kinds.near(share, hanWords, hanLengths, k)
	} else {
		at = near(share/chineseShare, meanWords, hanWords, k)
	}
	for i := 0; ; i++ {
		for _, j := range []int{at + i, at - i} {
			if j >= 0 && j < len(c.han) && len([]rune(c.han[j])) == n {
				return c.han[j]
			}
		}
	}
}

// near returns the k-th rank around the one whose word stands in a share of the
// documents of the given length: far enough for other words, near enough for
// about the same share.
func near(share float64, words, vocabulary, k int) int {
	p := -math.Log(1-math.Min(share, 0.999)) / float64(words)
	return beside(1/(p*math.Log(float64(vocabulary))), vocabulary, k)
}

// beside returns the k-th rank around r.
func beside(r float64, vocabulary, k int) int {
	spread := math.Max(0.35, r*0.01)
	return max(0, min(vocabulary-1, int(r+spread*float64(k-10))-1))
}

// HolderName returns the name of the i-th commonest holder.
func (c *Corpus) HolderName(i int) string {
	if c.kinds != nil {
		return c.owner(i).name
	}
	return c.names[i]
}

func (c *Corpus) holderName(i int) string {
	rng := rand.New(rand.NewPCG(c.seed, 1<<40|uint64(i)))
	if i%9 == 4 {
		return c.latin[2000+i] + " " + c.latin[5000+i] + " Co., Ltd."
	}
	city := c.places[rng.IntN(len(c.places))].City
	switch k := rng.IntN(20); {
	case k < 14:
		return city + c.han[500+i] + "科技有限公司"
	case k < 17:
		return c.han[500+i] + "大学"
	case k < 18:
		return c.han[500+i] + "研究所"
	case k < 19:
		return city + c.han[500+i] + "医院"
	}
	return "王" + string([]rune(c.han[500+i])[:1])
}

func (c *Corpus) place(rng *rand.Rand) sample.Place {
	k := rng.IntN(c.cum[len(c.cum)-1])
	lo, hi := 0, len(c.cum)-1
	for lo < hi {
		if mid := (lo + hi) / 2; c.cum[mid] > k {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return c.places[lo]
}

// Document makes the i-th document, i from 0.
func (c *Corpus) Document(i int) *record.Document {
	if c.kinds != nil {
		return c.ofAnyKind(i)
	}
	rng := rand.New(rand.NewPCG(c.seed, uint64(i)))
	d := c.numbered(rng, i)
	c.words(rng, d)
	c.parties(rng, d)
	c.classes(rng, d)
	return d
}

// numbered makes the kind, the days and the numbers of the i-th document as a patent.
func (c *Corpus) numbered(rng *rand.Rand, i int) *record.Document {
	digit, kind, code := byte('1'), record.Invention, "A"
	switch k := rng.IntN(100); {
	case k >= 45 && k < 87:
		digit, kind, code = '2', record.UtilityModel, "U"
	case k >= 87:
		digit, kind, code = '3', record.Design, "S"
	}
	filed := date.Of(2000+25-c.yearRank.draw(rng), 1+rng.IntN(12), 1+rng.IntN(28))
	d := &record.Document{
		Office: "CN", Number: string(digit) + strconv.Itoa(10_000_000 + i)[0:8], Code: code, Kind: kind,
		Published: filed.AddDays(90 + rng.IntN(600)), Claims: 1 + rng.IntN(20),
	}
	d.Issued = d.Published
	d.Gazette = strconv.Itoa(d.Published.Year()-1984) + "-" + strconv.Itoa(10+rng.IntN(42))
	body := strconv.Itoa(max(filed.Year(), 2004)) + string(digit) + strconv.Itoa(10_000_000 + i)[1:8]
	d.Application = record.Application{Filed: filed, Number: body + "." + string(rune(record.CheckDigit(body)))}
	d.Application.Raw = d.Application.Number
	return d
}

func (c *Corpus) words(rng *rand.Rand, d *record.Document) {
	chinese := rng.Float64() < chineseShare
	lang, write := "en", c.english
	if chinese {
		lang, write = "zh", c.chinese
	}
	d.Titles = []record.Text{{Lang: lang, Text: string(write(rng, make([]byte, 0, 96), 4+rng.IntN(9)))}}
	d.Abstracts = []record.Text{{Lang: lang, Text: string(write(rng, make([]byte, 0, 1200), 80+rng.IntN(71)))}}
}

func (c *Corpus) english(rng *rand.Rand, b []byte, n int) []byte {
	for k := range n {
		if k > 0 {
			b = append(b, ' ')
		}
		b = append(b, c.latin[c.latinRank.draw(rng)]...)
		if k%13 == 12 {
			b = append(b, ',')
		}
	}
	return append(b, '.')
}

func (c *Corpus) chinese(rng *rand.Rand, b []byte, n int) []byte {
	for k := range n {
		if rng.IntN(25) == 0 {
			b = append(b, c.latin[c.latinRank.draw(rng)]...)
			continue
		}
		b = append(b, c.han[c.hanRank.draw(rng)]...)
		if k%9 == 8 {
			b = append(b, "，"...)
		}
	}
	return append(b, "。"...)
}

func (c *Corpus) parties(rng *rand.Rand, d *record.Document) {
	role := record.Holder
	if d.Code == "A" {
		role = record.Applicant
	}
	for k := 0; k == 0 || k < 3 && rng.IntN(6) == 0; k++ {
		p := record.Party{Role: role, Names: []record.Text{{Lang: "zh", Text: c.names[c.holderRank.draw(rng)]}}, Country: "CN"}
		if rng.IntN(10) == 0 {
			p.Country, p.Address = "US", "美国加利福尼亚州"
		} else {
			at := c.place(rng)
			p.Postcode = at.Postcode
			p.Address = at.Province + at.City + at.County + "科技路" + strconv.Itoa(1+rng.IntN(300)) + "号"
		}
		d.Parties = append(d.Parties, p)
	}
	for range 1 + rng.IntN(4) {
		d.Parties = append(d.Parties, record.Party{Role: record.Inventor,
			Names: []record.Text{{Lang: "zh", Text: c.people[c.inventorRank.draw(rng)]}}})
	}
	d.Parties = append(d.Parties, record.Party{Role: record.Agency, Ident: strconv.Itoa(31000 + rng.IntN(900)),
		Names: []record.Text{{Lang: "zh", Text: "专利事务所" + strconv.Itoa(rng.IntN(900))}}})
}

func (c *Corpus) classes(rng *rand.Rand, d *record.Document) {
	if d.Kind == record.Design {
		d.Classes = []record.Class{{Scheme: record.Locarno, Symbol: fmt.Sprintf("%02d-%02d", 1+rng.IntN(32), 1+rng.IntN(9)), Version: "12"}}
		return
	}
	for k := 0; k == 0 || k < 5 && rng.IntN(2) == 0; k++ {
		n := c.ipcRank.draw(rng)
		class := 101 + n/8%47
		b := []byte{"GHBAFCED"[n%8], '0' + byte(class/10%10), '0' + byte(class%10), "BCDFGHKLMN"[n/80%10]}
		b = strconv.AppendInt(b, int64(1+c.groupRank.draw(rng)), 10)
		b = append(b, '/', '0')
		symbol := string(strconv.AppendInt(b, int64(c.groupRank.draw(rng)), 10))
		d.Classes = append(d.Classes, record.Class{Scheme: record.IPC, Symbol: symbol, Version: "2006.01", Value: "I"})
	}
}
