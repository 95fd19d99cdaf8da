// Package number knows the forms of official numbers: registrations,
// applications, identifiers of bodies and people, symbols of classifications.
// Forms are data (numbers/formats.yaml); check digits are computed here.
package number

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// ErrForm tells that a number is not of the form asked for.
var ErrForm = errors.New("number: not of this form")

// ErrUnknown tells that no form has the ID asked for.
var ErrUnknown = errors.New("number: no such form")

// Form is the form of one sort of number.
type Form struct {
	ID       string
	Names    map[string]string // by language
	Check    string            // name of the algorithm, "" for none
	Personal bool              // a number that identifies a person: never to be kept
	Valid    []string          // examples
	Invalid  []string          // what looks alike and is not

	rank    int
	pattern *regexp.Regexp
	form    string
	digits  string
}

// Result is a number that has its form.
type Result struct {
	Normal string // as it is written normally
	Check  Check  // what its check digit says
}

// Check is what a check digit says.
type Check uint8

// What a check digit may say.
const (
	Unchecked Check = iota // the form has none
	Sound                  // it fits
	Wrong                  // it does not: kept, and flagged
)

// Candidate is a form that a number fits.
type Candidate struct {
	Form *Form
	Result
}

// Set is a set of forms.
type Set struct {
	forms []*Form
	byID  map[string]*Form
}

// Forms lists the forms in the order of their file.
func (s *Set) Forms() []*Form { return s.forms }

// Form returns the form with an ID, nil if there is none.
func (s *Set) Form(id string) *Form { return s.byID[id] }

// Validate reads a number as people write it. It fails with ErrUnknown when no
// form has the ID and with ErrForm when the number is not of that form. A wrong
// check digit is no error: sources have them, and what they say is kept.
func (s *Set) Validate(id, number string) (Result, error) {
	f := s.byID[id]
	if f == nil {
		return Result{}, ErrUnknown
	}
	return f.read(fold(number))
}

// Identify returns the forms that a number fits, the likeliest first: a sound
// check digit tells more than none, and none more than a wrong one.
func (s *Set) Identify(number string) []Candidate {
	n := fold(number)
	var out []Candidate
	if n == "" {
		return nil
	}
	for _, f := range s.forms {
		if r, err := f.read(n); err == nil {
			out = append(out, Candidate{f, r})
		}
	}
	slices.SortStableFunc(out, func(a, b Candidate) int { return b.weight() - a.weight() })
	return out
}

func (c Candidate) weight() int {
	switch c.Check {
	case Sound:
		return c.Form.rank + 10
	case Wrong:
		return c.Form.rank - 10
	}
	return c.Form.rank
}

// maxLength is how many bytes a number may have; no official one has nearly as many.
const maxLength = 128

func (f *Form) read(n string) (Result, error) {
	if len(n) > maxLength {
		return Result{}, ErrForm
	}
	at := f.pattern.FindStringSubmatchIndex(n)
	if at == nil {
		return Result{}, ErrForm
	}
	expand := func(template string) string {
		if template == "" {
			return n
		}
		return string(f.pattern.ExpandString(nil, template, n, at))
	}
	r := Result{Normal: expand(f.form)}
	if check := checks[f.Check]; check != nil {
		r.Check = check(expand(f.digits))
	}
	return r, nil
}

// fold makes the spellings of a number alike: half width, capitals, one kind of
// hyphen, nothing around it.
func fold(s string) string {
	if len(s) > 2*maxLength {
		return s
	}
	s = width.Fold.String(s)
	for _, wide := range [...]string{"—", "–", "‐", "﹣"} {
		s = strings.ReplaceAll(s, wide, "-")
	}
	return strings.ToUpper(strings.TrimSpace(s))
}
