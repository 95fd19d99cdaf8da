package register

import (
	"onewindow/internal/date"
	"onewindow/internal/record"
)

// View is a right as its statements, taken together, describe it. It depends
// only on the set of files that are loaded, never on their order: see Merge.
//
// Every value points to the statement that it was taken from by an index into
// Statements; -1 means that no statement says anything.
type View struct {
	ID   int64  // permanent id of the right
	Gone bool   // nothing stands of it any more; all other fields but ID are empty
	Key  string // "app:CN201710601862.3", else the least of the publications' keys
	Keys []string
	Kind record.Kind

	Application record.Application
	Titles      []Text // one for each language, the newest document's first
	Abstracts   []Text
	Parties     []Party // by role in the order of record.Roles, within a role as printed
	Classes     []Class // by scheme, within a scheme as printed
	Filings     []Filing
	Cited       []string
	Claims      int
	Status      *Stated // the latest that any source states, nil if none does
	Days        []Day   // in the order in which the newest document names them
	Mark        *Mark
	Goods       []Goods
	Images      []Image
	Facts       []Fact

	Events    []Event       // the timeline, oldest first
	Documents []Publication // newest first
	Flags     []Flag
	Disputed  []Dispute
	Settled   []Dispute  // what would be disputed without a ruling; the variant believed comes first
	Overrides []Override // of the classification, by field; they are not part of what sources state

	Corrections []Correction // values of the office in the place of what sources print

	Statements []Statement // what the view rests on, best first

	origin [fieldCount]int32 // of the fields that are one value: index into Statements, -1 if none
}

// Office returns the office (ST.3) whose right it is, "" where nothing tells.
func (v *View) Office() string {
	switch {
	case len(v.Documents) > 0:
		return v.Documents[0].Office
	case len(v.Statements) > 0:
		return v.Statements[0].Doc.Office
	}
	return ""
}

// Text is a text and the statement that it was taken from.
type Text struct {
	record.Text
	From int32
}

// Party is a party and the statement that it was taken from.
type Party struct {
	record.Party
	From int32
}

// Class is a class and the statement that it was taken from.
type Class struct {
	record.Class
	From int32
}

// Filing is another filing that the right refers to, and the statement that
// says so.
type Filing struct {
	record.Filing
	From int32
}

// Stated is the state of a right in a source's words, and the statement that
// says so.
type Stated struct {
	record.Status
	From int32
}

// Day is a day by name and the statement that it was taken from.
type Day struct {
	record.Day
	From int32
}

// Mark is a trademark's sign and the statement that it was taken from.
type Mark struct {
	record.Mark
	From int32
}

// Goods are goods or services of one class and the statement that they were
// taken from.
type Goods struct {
	record.Goods
	From int32
}

// Image is a picture and the statement that it was taken from.
type Image struct {
	record.Image
	From int32
}

// Fact is a value by name and the statement that it was taken from.
type Fact struct {
	record.Fact
	From int32
}

// Flag marks something doubtful in the entry behind a statement.
type Flag struct {
	record.Flag
	From int32
}

// The codes of events that follow from a document itself.
const (
	EventFiled     = "filed"     // the application was filed, (22)
	EventPublished = "published" // the document in Event.Document was published, (43) or (45)
)

// Event is a point of a right's timeline.
type Event struct {
	record.Event
	Document string // the document that states it, or whose publication it is
	From     int32
}

// Publication is one of a right's documents.
type Publication struct {
	ID        string // "CN109996757A"
	Office    string
	Number    string
	Code      string // ST.16
	Kind      record.Kind
	Published date.Date
	Gazette   string
	From      int32   // the best statement of it
	Versions  []int32 // statements with distinct content, best first
}

// Dispute is a field on which statements of equal standing about the same
// document disagree. None of them wins: the view shows the first, which is
// chosen by content hash, and marks it.
type Dispute struct {
	Field    Field
	Part     string // language of a text, relation of a filing, name of a day or fact, else the document's number
	Variants []Variant
	Ruling   int64 // that settled it, 0 for none
}

// Variant is one of the contents that a disputed field was stated with.
type Variant struct {
	Text string  // written out, parts separated by "; "
	From []int32 // the statements that say so
}

// Origin returns the statement that a field of one value was taken from: kind,
// application, filed, cited, claims. It returns nil where none says anything;
// other fields carry their origin with each value.
func (v *View) Origin(f Field) *Statement { return v.Source(v.origin[f]) }

// Source returns the statement behind index i, nil for -1.
func (v *View) Source(i int32) *Statement {
	if i < 0 || int(i) >= len(v.Statements) {
		return nil
	}
	return &v.Statements[i]
}

// Title returns the first title, whatever its language; of a mark its words, of a
// plant variety its denomination.
func (v *View) Title() string {
	if len(v.Titles) > 0 {
		return first(v.Titles)
	}
	if v.Mark != nil && len(v.Mark.Words) > 0 {
		return v.Mark.Words[0].Text
	}
	return v.Fact(record.FactDenomination)
}

// Abstract returns the first abstract, whatever its language.
func (v *View) Abstract() string { return first(v.Abstracts) }

func first(texts []Text) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0].Text.Text
}

// Day returns the day of that name, 0 if none is stated.
func (v *View) Day(name string) date.Date {
	for i := range v.Days {
		if v.Days[i].Name == name {
			return v.Days[i].Date
		}
	}
	return 0
}

// Fact returns the first value of that name, "" if none is stated.
func (v *View) Fact(name string) string {
	for i := range v.Facts {
		if v.Facts[i].Name == name {
			return v.Facts[i].Text
		}
	}
	return ""
}

// First returns the first party that holds any of the given roles, trying the
// roles in turn, and nil if none does.
func (v *View) First(roles ...record.Role) *Party {
	for _, role := range roles {
		for i := range v.Parties {
			if v.Parties[i].Role == role {
				return &v.Parties[i]
			}
		}
	}
	return nil
}

// Principal returns the first-named holder, else the first-named applicant:
// statistics go by it.
func (v *View) Principal() *Party { return v.First(record.Holder, record.Applicant) }

// IsDisputed tells whether statements disagree on field f.
func (v *View) IsDisputed(f Field) bool {
	for i := range v.Disputed {
		if v.Disputed[i].Field == f {
			return true
		}
	}
	return false
}

// Repeats returns how many rows only repeat, within one file, what is counted
// already.
func (v *View) Repeats() int {
	n := 0
	for i := range v.Statements {
		n += len(v.Statements[i].Repeats)
	}
	return n
}

// Override returns the override of a field of the classification, nil if there
// is none.
func (v *View) Override(field string) *Override {
	for i := range v.Overrides {
		if v.Overrides[i].Field == field {
			return &v.Overrides[i]
		}
	}
	return nil
}
