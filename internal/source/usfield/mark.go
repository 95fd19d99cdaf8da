package usfield

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// markStates are the office's status codes of trademarks: the state of the
// trademarks' life cycle that each stands for, where it stands for one, and the
// office's words (USPTO Trademark Status Codes).
//
//go:embed mark_states.csv
var markStates string

type markState struct{ state, text string }

var states = sync.OnceValue(func() map[string]markState {
	rows, err := csv.NewReader(strings.NewReader(markStates)).ReadAll()
	if err != nil {
		panic("mark_states.csv: " + err.Error()) // it is part of the program
	}
	out := map[string]markState{}
	for _, row := range rows[1:] {
		out[row[0]] = markState{row[1], row[2]}
	}
	return out
})

// MarkStatus returns what a status code says since a day, in the office's words
// where they are known. Without a code there is no status.
func MarkStatus(code string, since date.Date) *record.Status {
	if code == "" {
		return nil
	}
	known := states()[code]
	return &record.Status{Code: known.state, Text: Join(" ", code, known.text), Date: since}
}

// MarkForm tells the form of a mark from its drawing code, whose first digit
// counts: 1 and 4 are words in ordinary letters, 5 in special ones, 2 a picture, 3
// both, 6 what cannot be drawn. 0 says nothing.
func MarkForm(drawing string) string {
	if drawing == "" {
		return ""
	}
	switch drawing[0] {
	case '1', '4', '5':
		return "word"
	case '2':
		return "figurative"
	case '3':
		return "combined"
	case '6':
		return "other"
	}
	return ""
}

// MarkNumber normalises a serial or registration number of a mark; zeros are none.
func MarkNumber(s string) string {
	n := strings.TrimLeft(record.RegistrationNumber(record.Trademark, s), "0")
	if !allDigits(n) {
		return ""
	}
	return n
}

// NiceClass adds the class of a number of three digits. The office has classes of
// its own beside it, A, B and 200, which are no Nice classes.
func NiceClass(d *record.Document, code string) (class string) {
	class = strings.TrimLeft(code, "0")
	if len(class) == 1 && allDigits(class) {
		class = "0" + class
	}
	if len(class) != 2 || class > "45" || !allDigits(class) {
		return code
	}
	for _, have := range d.Classes {
		if have.Scheme == record.Nice && have.Symbol == class {
			return class
		}
	}
	d.Classes = append(d.Classes, record.Class{Scheme: record.Nice, Symbol: class})
	return class
}

// DesignCode adds the code of a figurative element, "261721". The office's table
// follows the Vienna Classification, with changes of its own, which the version
// says.
func (r *Notes) DesignCode(d *record.Document, code, field string) {
	digits := strings.ReplaceAll(code, ".", "")
	c := record.Class{Scheme: record.Vienna, Version: Office}
	if len(digits) == 6 && allDigits(digits) {
		var parts []string
		for i := 0; i < 6; i += 2 {
			parts = append(parts, strings.TrimPrefix(digits[i:i+2], "0"))
		}
		c.Symbol = strings.Join(parts, ".")
	}
	r.Class(d, c, c.Symbol != "", code, field)
}

// DayNamed adds a day, the earliest where it is named more than once.
func DayNamed(d *record.Document, name string, day date.Date) {
	if day == 0 {
		return
	}
	for i := range d.Days {
		if d.Days[i].Name == name {
			d.Days[i].Date = min(d.Days[i].Date, day)
			return
		}
	}
	d.Days = append(d.Days, record.Day{Name: name, Date: day})
}

// FactNamed adds a fact where there is text for it.
func FactNamed(d *record.Document, name, lang, text string) {
	if text != "" {
		d.Facts = append(d.Facts, record.Fact{Name: name, Lang: lang, Text: text})
	}
}

// Country returns the ST.3 code in s. Old records have codes of the office's own,
// which are flagged and left out.
func (r *Notes) Country(s, field string) string {
	if len(s) == 2 {
		return s
	}
	if s != "" {
		r.Add("country.unreadable", field, s)
	}
	return ""
}

// IssuedLast dates a source that does not say when it was made by the last event
// or state in it, before which it cannot have been.
func IssuedLast(d *record.Document) {
	for _, e := range d.Events {
		d.Issued = max(d.Issued, e.Date)
	}
	if d.Status != nil {
		d.Issued = max(d.Issued, d.Status.Date)
	}
}
