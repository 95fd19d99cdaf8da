package indicator

import (
	"onewindow/internal/date"
	"onewindow/internal/decimal"
)

// Qualifier says how exactly a number is meant.
type Qualifier string

// The qualifiers.
const (
	Exact    Qualifier = ""
	MoreThan Qualifier = "more-than" // more than the number
	Nearly   Qualifier = "nearly"    // a little less than the number
	About    Qualifier = "about"     // near the number, above or below
)

// Qualifiers are all qualifiers.
var Qualifiers = []Qualifier{Exact, MoreThan, Nearly, About}

// Observation is one number as somebody states it, with the attributes that it
// carries and the place where it stands.
type Observation struct {
	Ref       Ref
	Value     decimal.Number
	Places    int // decimal places that it was written with
	Qualifier Qualifier
	Unit      string    // id of a unit
	Basis     string    // what is counted and how, where the place says so
	Vintage   date.Date // of the denominator of a ratio
	Where     string    // section or table
	Table     bool      // it stands in a table
}

// Book holds the observations of one edition in the order of their places. A figure
// may be stated more than once.
type Book struct {
	all   []Observation
	first map[Ref]int
	next  []int // by observation: the next of the same figure, -1 for none
	last  map[Ref]int
}

// NewBook returns a book of observations.
func NewBook(all []Observation) *Book {
	b := &Book{first: make(map[Ref]int, len(all)), last: make(map[Ref]int, len(all))}
	for i := range all {
		b.add(all[i])
	}
	return b
}

func (b *Book) add(o Observation) {
	i := len(b.all)
	b.all = append(b.all, o)
	b.next = append(b.next, -1)
	if last, ok := b.last[o.Ref]; ok {
		b.next[last] = i
	} else {
		b.first[o.Ref] = i
	}
	b.last[o.Ref] = i
}

// Observations returns all observations. The slice must not be changed.
func (b *Book) Observations() []Observation { return b.all }

// Get returns the first observation of a figure, nil if there is none.
func (b *Book) Get(r Ref) *Observation {
	i, ok := b.first[r]
	if !ok {
		return nil
	}
	return &b.all[i]
}

// Each calls fn with every observation of a figure.
func (b *Book) Each(r Ref, fn func(*Observation)) {
	i, ok := b.first[r]
	for ok && i >= 0 {
		fn(&b.all[i])
		i = b.next[i]
	}
}

// Has tells whether a figure is stated.
func (b *Book) Has(r Ref) bool { _, ok := b.first[r]; return ok }
