package bench

import (
	"math"
	"math/rand/v2"

	"onewindow/internal/record"
	"onewindow/internal/sample"
)

// What the corpus is made of.
const (
	KindsPatents = "patents" // patents alone
	KindsAll     = "all"     // every kind of right and what happens to rights
)

// form is one sort of document in a corpus of all kinds.
type form uint8

const (
	formPatent form = iota
	formGrant
	formTrademark
	formWork
	formSoftware
	formPCT
	formMadrid
	formVariety
	formLayout
	formIndication
	formCustoms
	formAgreement
	formState
	formAnnuity
	formTransfer
	formMarkTransfer
	formChange
	formLicence
	formPledge
)

// shares says how many of a thousand documents are of each form. Patents and
// trademarks make up two thirds and works a fifth, about as the registers of a
// coastal province grow; the rare kinds have more than in life, so that there are
// some thousands of each. A sixth says something of an earlier right.
var shares = []struct {
	form     form
	thousand int
}{
	{formPatent, 345}, {formGrant, 40}, {formTrademark, 270}, {formWork, 105}, {formSoftware, 50},
	{formPCT, 12}, {formMadrid, 8}, {formVariety, 3}, {formLayout, 3}, {formIndication, 1}, {formCustoms, 3}, {formAgreement, 2},
	{formState, 60}, {formAnnuity, 40}, {formTransfer, 20}, {formMarkTransfer, 10}, {formChange, 8}, {formLicence, 11}, {formPledge, 9},
}

// length is a share of the documents and about how many words they have of a
// vocabulary.
type length struct{ share, words float64 }

// Words of the vocabularies in documents of all kinds. Grants have the words of
// their applications, so that they add nothing to what is found of a right.
var (
	latinLengths = []length{{(0.345 + 0.012) * (1 - chineseShare), meanWords}, {0.345 * chineseShare, 5}, {0.27 * 0.4, 3}, {0.008, 6}}
	hanLengths   = []length{{(0.345 + 0.012) * chineseShare, meanWords}, {0.27, 8}, {0.155, 4}}
)

// kinds is what a corpus of all kinds needs beyond one of patents.
type kinds struct {
	table  [1000]form
	owners ranks
	nice   ranks
}

// NewCorpusOfAll builds a corpus of all kinds of documents: see shares.
func NewCorpusOfAll(places []sample.Place, seed uint64) *Corpus {
	c := NewCorpus(places, seed)
	c.kinds = &kinds{owners: newRanks(owners), nice: newRanks(45)}
	at := 0
	for _, s := range shares {
		for range s.thousand {
			c.kinds.table[at] = s.form
			at++
		}
	}
	return c
}

// near returns the k-th of the ranks whose word stands in a share of all
// documents. What is too common for that stands in the same share of the patents
// alone.
func (*kinds) near(share float64, vocabulary int, lengths []length, k int) int {
	if share > 0.21 {
		return near(share/(1-chineseShare), meanWords, vocabulary, k)
	}
	lo, hi := 0.5, float64(vocabulary)
	for range 60 {
		mid := math.Sqrt(lo * hi)
		p, sum := 1/(mid*math.Log(float64(vocabulary))), 0.0
		for _, l := range lengths {
			sum += l.share * (1 - math.Pow(1-min(p, 0.9), l.words))
		}
		if sum > share {
			lo = mid
		} else {
			hi = mid
		}
	}
	return beside(lo, vocabulary, k)
}

// draws returns what decides one aspect of the i-th document, the same however
// often it is asked for.
func (c *Corpus) draws(aspect, i int) *rand.Rand {
	return rand.New(rand.NewPCG(c.seed, uint64(aspect)<<40|uint64(i)))
}

// The aspects of draws; holders of the corpus of patents have 1.
const (
	drawWords = iota
	_
	drawForm
	drawHolder
	drawOwner
	drawEvent
)

// formOf returns the form of the i-th document.
func (c *Corpus) formOf(i int) form { return c.kinds.table[c.draws(drawForm, i).IntN(1000)] }

// ofAnyKind makes the i-th document.
func (c *Corpus) ofAnyKind(i int) *record.Document {
	form := c.formOf(i)
	rng := c.draws(drawWords, i)
	switch form {
	case formPatent:
		return c.patent(rng, i)
	case formGrant:
		return c.grant(rng, i)
	case formPCT:
		return c.pct(rng, i)
	case formTrademark, formMadrid:
		return c.mark(rng, i, form)
	case formWork, formSoftware, formAgreement:
		return c.work(rng, i, form)
	case formVariety, formLayout, formIndication, formCustoms:
		return c.rare(rng, i, form)
	}
	return c.notice(i, form)
}
