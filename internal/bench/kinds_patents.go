package bench

import (
	"math/rand/v2"
	"strconv"

	"onewindow/internal/record"
)

// patent makes the i-th document as the first publication of a patent.
func (c *Corpus) patent(rng *rand.Rand, i int) *record.Document {
	d := c.numbered(rng, i)
	c.words(rng, d)
	role := record.Holder
	if d.Code == "A" {
		role = record.Applicant
	}
	c.held(rng, d, i, role, false)
	c.invented(rng, d)
	c.classes(rng, d)
	if rng.IntN(12) == 0 { // a member of a family, with a priority from abroad
		d.Facts = append(d.Facts, record.Fact{Name: record.FactFamily, Text: strconv.Itoa(50_000_000 + i/40)})
		d.Filings = append(d.Filings, record.Filing{Relation: record.RelPriority, Office: "US", Number: strconv.Itoa(15_000_000 + i/40), Date: d.Application.Filed.AddDays(-300)})
	}
	return d
}

func (c *Corpus) invented(rng *rand.Rand, d *record.Document) {
	for range 1 + rng.IntN(4) {
		d.Parties = append(d.Parties, record.Party{Role: record.Inventor,
			Names: []record.Text{{Lang: "zh", Text: c.people[c.inventorRank.draw(rng)]}}})
	}
	n := rng.IntN(900)
	d.Parties = append(d.Parties, record.Party{Role: record.Agency, Ident: strconv.Itoa(31000 + n),
		Names: []record.Text{{Lang: "zh", Text: "专利事务所" + strconv.Itoa(n)}}})
}

// grantedAfter is how many documents lie at least between an application and its
// grant, so that they come in commits of their own.
const grantedAfter = 20_011

// grant makes the publication of the grant of an application that was published
// before: each application is granted once at most, like brackets that close.
// Where all are granted, the grant stands alone.
func (c *Corpus) grant(rng *rand.Rand, i int) *record.Document {
	from := i
	for at, open := i-grantedAfter, 0; at >= 0 && at > i-grantedAfter-2000; at-- {
		if at < i-grantedAfter && c.formOf(at+grantedAfter) == formGrant {
			open++
		}
		if c.formOf(at) != formPatent || c.numbered(c.draws(drawWords, at), at).Kind != record.Invention {
			continue
		}
		if open == 0 {
			from = at
			break
		}
		open--
	}
	d := c.patent(c.draws(drawWords, from), from)
	if d.Kind == record.Invention {
		d.Code = "B"
		d.Published = d.Published.AddDays(400 + rng.IntN(400))
		d.Issued = d.Published
		for k := range d.Parties {
			if d.Parties[k].Role == record.Applicant {
				d.Parties[k].Role = record.Holder
			}
		}
	}
	return d
}

// pct makes the publication of an international application.
func (c *Corpus) pct(rng *rand.Rand, i int) *record.Document {
	d := c.numbered(rng, i)
	year := d.Published.Year()
	d.Office, d.Kind, d.Code = "WO", record.PCT, "A1"
	d.Number = strconv.Itoa(year) + strconv.Itoa(10_000_000 + i)[1:]
	d.Application.Number = "PCT/CN" + strconv.Itoa(d.Application.Filed.Year()) + "/" + strconv.Itoa(10_000_000 + i)[1:]
	d.Application.Raw, d.Gazette = d.Application.Number, ""
	c.words(rng, d)
	c.held(rng, d, i, record.Applicant, true)
	c.invented(rng, d)
	for len(d.Classes) == 0 {
		c.classes(rng, d)
	}
	d.Facts = []record.Fact{{Name: record.FactFamily, Text: strconv.Itoa(50_000_000 + i/40)}}
	return d
}
