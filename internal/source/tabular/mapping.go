// Package tabular reads tables of any register under a mapping, a definition
// that says which column is which field of a record and how it is cleaned.
//
// A table is text with separated values, a JSON array of flat objects, or a
// worksheet that came as text. Its columns are known by their heads.
package tabular

import (
	"regexp"

	"onewindow/internal/date"
	"onewindow/internal/number"
	"onewindow/internal/record"
)

// Mapping says how the rows of one sort of table become documents.
type Mapping struct {
	ID      string            // what --as takes
	Names   map[string]string // by language
	About   map[string]string
	Kind    record.Kind // of every row; "" where a column says it, or where only numbers do
	Office  string      // ST.3
	Lang    string      // BCP 47 of texts whose column names none
	Rank    int         // see entry.Entry.Rank
	Notice  bool        // rows say something of rights that are registered elsewhere
	Event   string      // what every row states; "" where a column says it or none is stated
	Columns []*Column

	ordered   []*Column // as they are read: what is a part of another behind it
	constants []constant
	before    [][2]string     // checks: the day of the first column is not after that of the second
	recognise []string        // columns that a header must have
	needs     []string        // columns of which a row must fill at least one
	join      string          // column that rows of one entry have alike, where they stand together; "" for none
	adds      map[string]bool // columns of which each of these rows adds something
	forms     *number.Set
	byID      map[string]*Column
}

// Column is one column of a mapping.
type Column struct {
	ID       string
	Heads    map[string][]string // by language; the first one stands in templates
	About    map[string]string
	Required bool
	Each     bool     // every value of a cell makes an entry of its own
	Along    bool     // has as many values as the column of entries, one for each
	Forms    []string // forms of numbers, tried in turn
	Values   []Value  // what a cell may say, in the order of the definition
	Examples []string
	IsDate   bool // some field takes a day
	Split    string

	fields  []*field
	known   []string // heads, folded, in the order in which they are looked for
	lang    string
	order   dateOrder
	unit    int64 // fen of one unit of money, 0 where there is none
	pattern *regexp.Regexp
	take    string
	lax     bool // values that the table has not are kept as they are
	values  map[string]string
	line    int
}

// Value is one entry of a table of values.
type Value struct{ Says, Means string }

// Fields lists the fields that the column feeds, as they are named in mappings.
func (c *Column) Fields() []string {
	out := make([]string, len(c.fields))
	for i, f := range c.fields {
		out[i] = f.name
	}
	return out
}

// constant is a value of every row.
type constant struct {
	field *field
	value string
}

// Column returns the column with an ID, nil if there is none.
func (m *Mapping) Column(id string) *Column { return m.byID[id] }

// Name returns the mapping's name in a language, in English where it has none.
func (m *Mapping) Name(lang string) string { return inLanguage(m.Names, lang) }

// Head returns the column's head in a language, in any where it has none.
func (c *Column) Head(lang string) string {
	for _, l := range []string{lang, "en", "zh"} {
		if h := c.Heads[l]; len(h) > 0 {
			return h[0]
		}
	}
	return c.ID
}

// Explained returns what stands in the column, in a language.
func (c *Column) Explained(lang string) string { return inLanguage(c.About, lang) }

func inLanguage(texts map[string]string, lang string) string {
	if t := texts[lang]; t != "" {
		return t
	}
	return texts["en"]
}

// Set is the mappings that a table is tried with.
type Set struct {
	Mappings []*Mapping // ready ones by ID
	forms    *number.Set
}

// Named returns the mapping with an ID, nil if there is none.
func (s *Set) Named(id string) *Mapping {
	for _, m := range s.Mappings {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// Forms returns the forms of numbers that the mappings name.
func (s *Set) Forms() *number.Set { return s.forms }

// value is the cleaned content of a cell: texts in the order of the cell, the day
// of a column of days.
type value struct {
	text string
	day  date.Date
}
