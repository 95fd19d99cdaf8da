package bench

import (
	"strconv"

	"onewindow/internal/record"
)

// states are events that the gazette announces of patents.
var states = []string{record.EventExamination, record.EventLapse, record.EventWithdrawn, record.EventRefused, record.EventAbandoned}

// notice makes something that is said of an earlier right. Where there is no
// earlier one, it is said of the patent that the document would have been.
func (c *Corpus) notice(i int, form form) *record.Document {
	rng := c.draws(drawEvent, i)
	of := i
	for range 40 {
		at := rng.IntN(max(1, i))
		if f := c.formOf(at); f == formPatent && form != formMarkTransfer || f == formTrademark && (form == formMarkTransfer || form == formChange) {
			of = at
			break
		}
	}
	right := c.concerned(of, form == formMarkTransfer)
	day := right.Published.AddDays(200 + rng.IntN(2500))
	d := &record.Document{Office: "CN", Number: right.Number, Code: right.Code, Kind: right.Kind, Notice: true, Published: day, Issued: day, Application: right.Application}
	e := record.Event{Date: day}
	before, other := c.owner(c.holder(of)), c.owner(c.kinds.owners.draw(rng))
	switch form {
	case formState:
		e.Code = states[rng.IntN(len(states))]
	case formAnnuity:
		e.Code, e.Until = record.EventAnnuity, day.AddDays(365)
		e.Facts = []record.Fact{{Name: record.FactAnnuityYear, Text: strconv.Itoa(2 + rng.IntN(12))}, {Name: record.FactAmount, Text: strconv.Itoa(60_000 * (1 + rng.IntN(6)))}}
	case formTransfer, formMarkTransfer:
		e.Code = record.EventTransfer
		e.Parties = []record.Party{before.stated(rng, record.Former, false), other.stated(rng, record.Holder, false)}
	case formChange:
		e.Code = record.EventChanged
		was, now := before.stated(rng, record.Former, false), before.stated(rng, record.Holder, false)
		if before.former != "" {
			was.Names[0].Text, now.Names[0].Text = before.former, before.name
		}
		e.Parties = []record.Party{was, now}
	case formLicence:
		e.Code, e.Number, e.Until = record.EventLicence, "X"+strconv.Itoa(10_000_000+i), day.AddDays(1095)
		e.Parties = []record.Party{before.stated(rng, record.Holder, false), other.stated(rng, record.Licensee, false)}
		e.Facts = []record.Fact{{Name: record.FactLicenceType, Text: "ordinary"}}
	default:
		e.Code, e.Number, e.Until = record.EventPledge, "Y"+strconv.Itoa(10_000_000+i), day.AddDays(730)
		bank := c.owner(5 * rng.IntN(40))
		e.Parties = []record.Party{before.stated(rng, record.Holder, false), bank.stated(rng, record.Pledgee, false)}
		e.Facts = []record.Fact{{Name: record.FactAmount, Text: strconv.Itoa(10_000_000 * (1 + rng.IntN(30)))}}
	}
	d.Events = []record.Event{e}
	return d
}

// concerned makes what a notice repeats of the right that it concerns.
func (c *Corpus) concerned(i int, mark bool) *record.Document {
	if mark || c.formOf(i) == formTrademark {
		d := c.registered(c.draws(drawWords, i), record.Trademark, strconv.Itoa(30_000_000+i), 10)
		d.Application = record.Application{}
		return d
	}
	return c.numbered(c.draws(drawWords, i), i)
}
