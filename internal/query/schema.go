package query

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Type says what a field holds, and so which operators it takes.
type Type uint8

// The types of fields.
const (
	Text   Type = iota // running text, found by its words
	Name               // names of persons and bodies, found by their words or whole
	Number             // official numbers, found whole or by pattern
	Date               // days
	Class              // symbols of a classification, found with all below them
	Listed             // one of a list of values that have codes and labels
)

// operators are what may stand between a field of each type and its value.
var operators = [...][]string{
	Text:   {"=", "any", "all"},
	Name:   {"=", "==", "any", "all"},
	Number: {"=", "==", "any"},
	Date:   {"=", "within", "<", "<=", ">", ">=", "any"},
	Class:  {"=", "==", "any", "all"},
	Listed: {"=", "==", "any", "all"},
}

// Choice is one value of a Listed field.
type Choice struct {
	Code     string
	Labels   map[string]string // by language
	Narrower bool              // other values lie below this one
}

// Label returns the choice's label in lang, or its code where there is none.
func (c Choice) Label(lang string) string {
	if l := c.Labels[lang]; l != "" {
		return l
	}
	return c.Code
}

// Field is something that a query can ask about.
type Field struct {
	Name    string              // canonical: lower case, without blanks
	Aliases map[string][]string // other spellings, by language
	Type    Type
	Label   string // key of the label in the catalogues
	// Guess lets a bare word that looks like a value of this Number or Date field
	// ask for that value; of a Class the reader is told how to.
	Guess bool
	// Normalize brings a Number or a Class symbol into its one spelling and tells
	// whether it is one. What it returns it must accept and return unchanged.
	Normalize func(value string) (string, bool)
	// Likely tells, of a field with Guess, whether a bare word that Normalize takes
	// is a value of it rather than a word; nil means that it always is.
	Likely func(value string) bool
	// Narrower tells whether other symbols can lie below one of a Class; nil means
	// that none does.
	Narrower func(symbol string) bool
	// Examples are symbols of a Class, for the reader who wrote something else.
	Examples string
	// Resolve finds a value of a Listed field by its code, label or other name in
	// any language; where there is none it may name the nearest ones. It must find
	// every Choice that it returns by its Code.
	Resolve func(value string) (c Choice, nearest []string, ok bool)
	// Open says that the values of a Listed field are names that many may bear: the
	// nearest ones that Resolve names are those that may be meant, and are all told.
	Open bool
}

// holdsMore tells whether symbols can lie below this one.
func (f *Field) holdsMore(symbol string) bool { return f.Narrower != nil && f.Narrower(symbol) }

// takes tells whether op may stand behind the field.
func (f *Field) takes(op string) bool {
	for _, o := range operators[f.Type] {
		if o == op {
			return true
		}
	}
	return false
}

// Schema is the list of fields that queries can ask about. It may be used by
// several goroutines at once.
type Schema struct {
	Fields []Field

	// Pattern tells whether words can be looked for by a pattern with * or ?
	// inside; nil takes every pattern.
	Pattern func(pattern string) bool

	byName map[string]*Field
	names  []string // all spellings, in the order of the fields
}

// NewSchema checks fields and makes a schema of them: each has a name, no
// spelling belongs to two fields or would read as something else, and each has
// the functions that its type needs.
func NewSchema(fields []Field) (*Schema, error) {
	s := &Schema{Fields: fields, byName: map[string]*Field{}}
	for i := range fields {
		f := &fields[i]
		if int(f.Type) >= len(operators) {
			return nil, fmt.Errorf("query: field %q has no known type", f.Name)
		}
		if (f.Type == Number || f.Type == Class) && f.Normalize == nil {
			return nil, fmt.Errorf("query: field %q of numbers or classes lacks Normalize", f.Name)
		}
		if f.Type == Listed && f.Resolve == nil {
			return nil, fmt.Errorf("query: field %q of choices lacks Resolve", f.Name)
		}
		spellings := []string{f.Name}
		for _, lang := range slices.Sorted(maps.Keys(f.Aliases)) {
			spellings = append(spellings, f.Aliases[lang]...)
		}
		for _, name := range spellings {
			key := strings.ToLower(name)
			if !plain(key) {
				return nil, fmt.Errorf("query: field %q cannot be called %q", f.Name, name)
			}
			if other := s.byName[key]; other != nil && other != f {
				return nil, fmt.Errorf("query: fields %q and %q are both called %q", other.Name, f.Name, name)
			}
			s.byName[key] = f
			s.names = append(s.names, name)
		}
	}
	return s, nil
}

// Field returns the field with this name or alias in any case, nil if there is none.
func (s *Schema) Field(name string) *Field { return s.byName[strings.ToLower(name)] }

// nearest returns the spelling of a field that name was probably meant to be, ""
// if none comes near.
func (s *Schema) nearest(name string) string {
	name = strings.ToLower(name)
	best, least := "", max(1, len([]rune(name))/3)+1
	for _, known := range s.names {
		if d := distance(name, strings.ToLower(known)); d < least {
			best, least = known, d
		}
	}
	return best
}

// distance is the number of runes to insert, delete, replace or swap with their
// neighbour that turns a into b (optimal string alignment).
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}
