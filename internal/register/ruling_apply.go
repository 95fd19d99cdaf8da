package register

import (
	"slices"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// CorrectFields are the fields whose value a ruling can correct: of the right
// itself, and of its principal.
var CorrectFields = []string{"application", "filed", "title", "holder", "address", "postcode"}

// Correction is a value that the office put in the place of what sources print.
type Correction struct {
	Field  string // one of CorrectFields
	Was    string
	Value  string
	Ruling int64
}

// Said returns the value of one of CorrectFields as the view shows it.
func (v *View) Said(field string) string {
	p := v.Principal()
	switch {
	case field == "application":
		if v.Application.Number == "" {
			return v.Application.Raw
		}
		return v.Application.Number
	case field == "filed":
		return dayText(v.Application.Filed)
	case field == "title":
		return v.Title()
	case p == nil:
	case field == "holder":
		return p.Name()
	case field == "address":
		return p.Address
	case field == "postcode":
		return p.Postcode
	}
	return ""
}

// Readable tells whether a value can stand for one of CorrectFields, and returns it
// in its canonical form.
func Readable(field, value string) (string, bool) {
	value = strings.TrimSpace(value)
	switch field {
	case "application":
		n, err := record.ParseApplicationCN(value)
		return n, err == nil
	case "filed":
		d, err := date.Parse(value)
		return d.String(), err == nil && d != 0
	case "postcode":
		return value, len(value) > 0 && len(value) <= 12
	}
	return value, value != ""
}

// correct puts a value in its place.
func (v *View) correct(field, value string) {
	switch field {
	case "application":
		v.Application.Number = value
	case "filed":
		v.Application.Filed, _ = date.Parse(value)
		at := slices.IndexFunc(v.Events, func(e Event) bool { return e.Code == EventFiled })
		if at < 0 {
			at = len(v.Events)
			v.Events = append(v.Events, Event{Event: record.Event{Code: EventFiled}, From: -1})
		}
		v.Events[at].Date = v.Application.Filed
		v.sortEvents()
	case "title":
		if len(v.Titles) == 0 {
			v.Titles = []Text{{record.Text{}, -1}}
		}
		v.Titles[0].Text.Text = value
	}
	p := v.Principal()
	if p == nil {
		return
	}
	switch field {
	case "holder":
		names := slices.Clone(p.Names)
		if len(names) == 0 {
			names = []record.Text{{}}
		}
		names[0].Text = value
		p.Names = names
	case "address":
		p.Address = value
	case "postcode":
		p.Postcode = value
	}
}

// rule applies to a view what the office decided of it: corrected values first,
// then classes, which follow the corrected wordings. A ruling on one right goes
// before one on like cases. Disputes are settled where the view is merged.
func (j judge) rule(v *View) {
	if j.any(DoubtValue) && v.Corrections == nil {
		for i := range v.Flags {
			x := j.of(DoubtValue, v.caseKeys(v.Flags[i].Code)...)
			if x != nil && x.Act == Correct && v.Said(x.Field) == x.Was {
				v.correct(x.Field, x.Value)
				v.Corrections = append(v.Corrections, Correction{x.Field, x.Was, x.Value, x.ID})
			}
		}
	}
	if j.any(DoubtRegion) {
		j.assign(v, DoubtRegion, RegionKey(v))
	}
	if j.any(DoubtHolderType) {
		j.assign(v, DoubtHolderType, HolderKey(v))
	}
}

// assign gives a view the class that was ruled, unless an officer overrode it
// later, or at all where the ruling is on like cases.
func (j judge) assign(v *View, d Doubt, like string) {
	field := string(d)
	at := slices.IndexFunc(v.Overrides, func(o Override) bool { return o.Field == field })
	x := j.of(d, v.caseKeys()...)
	if x == nil && at < 0 {
		x = j.of(d, like)
	}
	if x == nil || at >= 0 && v.Overrides[at].From > x.From {
		return
	}
	o := Override{Right: v.ID, Field: field, Value: x.Value, Reason: x.Reason, By: x.By, From: x.From, Ruling: x.ID, Like: x.Like}
	if at >= 0 {
		v.Overrides[at] = o
		return
	}
	v.Overrides = append(v.Overrides, o)
	slices.SortFunc(v.Overrides, func(a, b Override) int { return strings.Compare(a.Field, b.Field) })
}

// believed returns the variant of a dispute that was ruled to be right, and the
// ruling; -1 where none was.
func (j judge) believed(numbers []string, d *Dispute, st []Statement) (int, *Ruling) {
	if !j.any(DoubtConflict) {
		return -1, nil
	}
	var keys []string
	for _, n := range numbers {
		keys = append(keys, CaseKey(n, ConflictCase(d, st)...))
	}
	x := j.of(DoubtConflict, append(keys, RowsKey(d, st), FormatsKey(d, st))...)
	if x == nil || x.Act != Believe {
		return -1, nil
	}
	for i, variant := range d.Variants {
		for _, from := range variant.From {
			if s := &st[from]; x.Value == s.Hash.String() || x.Value == s.File.Format {
				return i, x
			}
		}
	}
	return -1, nil
}
