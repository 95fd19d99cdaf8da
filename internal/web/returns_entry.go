package web

import (
	"strconv"

	"onewindow/internal/api/v1"
)

// maxReturnText bounds a note or reason of a return, in characters.
const maxReturnText = 500

// maxNumber bounds what is typed as a number of a return, in characters.
const maxNumber = 40

// The fields that each number of a return has.
const (
	entryValue     = "value"
	entryQualifier = "qualifier"
	entryNote      = "note"
	entryReason    = "reason"
)

// exactly is the choice of a number without a qualifier.
const exactly = "exact"

// qualifiers are the ways in which a number can be meant besides exactly.
var qualifiers = []string{"more-than", "nearly", "about"}

// returnEntry is the form in which a return is typed.
type returnEntry struct {
	form  *form
	sheet *v1.ReturnSheet
	Cells []*returnCell
}

// returnCell is one number to be typed, with its fields.
type returnCell struct {
	v1.ReturnCell
	ID                             string
	Value, Qualifier, Note, Reason *field
}

// More tells whether anything is said of the number besides it, or wrong with that.
func (c *returnCell) More() bool {
	if q := c.Qualifier; q.Value != "" && q.Value != exactly || q.Error != "" {
		return true
	}
	return c.Note.Value != "" || c.Note.Error != "" || c.Reason.Value != "" || c.Reason.Error != ""
}

// Form is the form with all fields.
func (e *returnEntry) Form() *form { return e.form }

// Head returns the fields about the whole return that are filled in.
func (e *returnEntry) Head() []*field { return e.form.Fields[1:4] }

// returnHead are the fields about a return as a whole, the period first.
func (v *visit) returnHead(sheet *v1.ReturnSheet) []*field {
	reason := &field{Name: "reason", Label: "web.returns.reason", Hint: "web.returns.reason-hint", Kind: kindLines, Limit: maxReturnText}
	if len(sheet.Revisions) == 0 {
		reason.Kind, reason.Optional = kindUnshown, true
	}
	return []*field{
		{Name: "period", Label: "web.returns.period", Kind: kindUnshown, Limit: 10, Value: sheet.Period},
		{Name: "cut_off", Label: "web.returns.cut-off", Hint: "web.returns.cut-off-hint", Kind: kindText, Limit: 10, Optional: true},
		reason,
		{Name: "note", Label: "web.returns.note", Kind: kindLines, Limit: maxReturnText, Optional: true},
	}
}

func (v *visit) uploadForm(sheet *v1.ReturnSheet) *form {
	return v.newForm("return-file", returnURL(v.lang, sheet.Form.ID, 0)+"/file", "web.returns.upload", v.returnHead(sheet)...)
}

// returnEntry makes the form for a period. What counts already stands in it.
func (v *visit) returnEntry(sheet *v1.ReturnSheet) *returnEntry {
	e := &returnEntry{sheet: sheet}
	fields := v.returnHead(sheet)
	meant := []fieldOption{{exactly, v.print.T("web.returns.exact", nil)}}
	for _, q := range qualifiers {
		meant = append(meant, fieldOption{q, v.print.T("figure.qualifier."+q, nil)})
	}
	for _, c := range sheet.Cells {
		x := &returnCell{
			ReturnCell: c,
			Value:      &field{Name: entryValue + ":" + c.Figure, Label: "web.returns.value", Kind: kindText, Limit: maxNumber, Optional: true, Keys: "decimal", Value: c.Counting.Value},
			Qualifier:  &field{Name: entryQualifier + ":" + c.Figure, Label: "web.returns.meant", Kind: kindChoice, Options: meant, Optional: true, Value: c.Counting.Qualifier},
			Note:       &field{Name: entryNote + ":" + c.Figure, Label: "web.returns.note-one", Kind: kindText, Limit: maxReturnText, Optional: true, Value: c.Counting.Note},
			Reason:     &field{Name: entryReason + ":" + c.Figure, Label: "web.returns.change", Kind: kindText, Limit: maxReturnText, Optional: true, Value: c.Counting.Reason},
		}
		fields = append(fields, x.Value, x.Qualifier, x.Note, x.Reason)
		e.Cells = append(e.Cells, x)
	}
	e.form = v.newForm("return", returnURL(v.lang, sheet.Form.ID, 0), "web.returns.prepare", fields...)
	for i := range e.Cells { // names of figures are no ids
		x := e.Cells[i]
		x.ID = "cell-" + strconv.Itoa(i+1)
		x.Value.ID, x.Qualifier.ID, x.Note.ID, x.Reason.ID = x.ID+"-value", x.ID+"-qualifier", x.ID+"-note", x.ID+"-reason"
	}
	return e
}

// submission is what was typed.
func (e *returnEntry) submission() v1.SubmitReturn {
	r := v1.SubmitReturn{Period: e.sheet.Period, CutOff: e.form.value("cut_off"), Reason: e.form.value("reason"), Note: e.form.value("note"), Format: "values"}
	for _, c := range e.Cells {
		n := v1.TypedNumber{Figure: c.Figure, Value: c.Value.Value, Qualifier: c.Qualifier.Value, Note: c.Note.Value, Reason: c.Reason.Value}
		if n.Qualifier == exactly {
			n.Qualifier = ""
		}
		r.Values = append(r.Values, n)
	}
	return r
}

// reject notes a problem at the field that it is about.
func (e *returnEntry) reject(p v1.ReturnProblem) {
	f, name := e.at(p), p.Message
	if p.Name != "" {
		name = p.Name + e.form.say.T("web.returns.colon", nil) + p.Message
	}
	if f == nil {
		e.form.Faults = append(e.form.Faults, fault{"", name})
		return
	}
	if f.Error == "" {
		f.Error = p.Message
	}
	e.form.Faults = append(e.form.Faults, fault{f.ID, name})
}

// at returns the field that a problem is about, nil where it is about none.
func (e *returnEntry) at(p v1.ReturnProblem) *field {
	switch {
	case p.Code == "cut_off":
		return e.form.field("cut_off")
	case p.Code == "revision_reason":
		return e.form.field("reason")
	}
	for i := range e.Cells {
		c := e.Cells[i]
		if c.Figure != p.Figure {
			continue
		}
		switch p.Code {
		case "change":
			return c.Reason
		case "qualifier":
			return c.Qualifier
		case "text":
			return c.Note
		}
		return c.Value
	}
	return nil
}
