package i18n

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// text is a message cut at its arguments.
type text []part

// part is either literal text or the name of an argument.
type part struct{ literal, arg string }

var argName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// parseText cuts a message at its {arguments}.
func parseText(s string) (text, error) {
	var out text
	for s != "" {
		open := strings.IndexAny(s, "{}")
		if open < 0 {
			return append(out, part{literal: s}), nil
		}
		if open > 0 {
			out = append(out, part{literal: s[:open]})
		}
		end := strings.IndexByte(s[open:], '}')
		if s[open] == '}' || end < 0 {
			return nil, fmt.Errorf("unbalanced brace in %q", s)
		}
		name := s[open+1 : open+end]
		if !argName.MatchString(name) {
			return nil, fmt.Errorf("{%s} is not an argument's name: small letters, digits and _ make one", name)
		}
		out = append(out, part{arg: name})
		s = s[open+end+1:]
	}
	return out, nil
}

var formNames = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

var keyName = regexp.MustCompile(`^[a-z][a-z0-9_-]*(\.[A-Za-z0-9_-]+)+$`)

// reader walks the tokens of one file and knows its line.
type reader struct {
	file string
	src  []byte
	dec  *json.Decoder
}

func (r *reader) place() place {
	return place{r.file, 1 + bytes.Count(r.src[:r.dec.InputOffset()], []byte{'\n'})}
}

func (r *reader) fault(err error) error {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("%v: %w", r.place(), err)
}

// readFile gives each message of one file to add, and stops at the first fault
// of its syntax.
func readFile(file string, src []byte, add func(string, *entry)) error {
	r := &reader{file, src, json.NewDecoder(bytes.NewReader(src))}
	if err := r.delim('{'); err != nil {
		return err
	}
	for r.dec.More() {
		key, err := r.string()
		if err != nil {
			return err
		}
		if !keyName.MatchString(key) {
			return r.fault(fmt.Errorf("%q is not a message's name, which reads part.name", key))
		}
		at := r.place()
		e, err := r.entry()
		if err != nil {
			return err
		}
		e.place = at
		add(key, e)
	}
	if err := r.delim('}'); err != nil {
		return err
	}
	if _, err := r.dec.Token(); err != io.EOF {
		return r.fault(errors.New("more follows the object that a catalogue is"))
	}
	return nil
}

func (r *reader) delim(want json.Delim) error {
	tok, err := r.dec.Token()
	if err == nil && tok != want {
		err = fmt.Errorf("found %v where %v should stand", tok, want)
	}
	if err != nil {
		return r.fault(err)
	}
	return nil
}

func (r *reader) string() (string, error) {
	tok, err := r.dec.Token()
	if err != nil {
		return "", r.fault(err)
	}
	s, ok := tok.(string)
	if !ok {
		return "", r.fault(fmt.Errorf("found %v where a text should stand", tok))
	}
	return s, nil
}

// entry reads a text, or an object of plural forms.
func (r *reader) entry() (*entry, error) {
	tok, err := r.dec.Token()
	if err != nil {
		return nil, r.fault(err)
	}
	e := &entry{forms: map[plural.Form]text{}}
	switch v := tok.(type) {
	case string:
		t, err := parseText(v)
		if err != nil {
			return nil, r.fault(err)
		}
		e.forms[plural.Other] = t
		return e, nil
	case json.Delim:
		if v != '{' {
			break
		}
		for r.dec.More() {
			if err := r.form(e); err != nil {
				return nil, err
			}
		}
		return e, r.delim('}')
	}
	return nil, r.fault(fmt.Errorf("found %v where a text or its plural forms should stand", tok))
}

func (r *reader) form(e *entry) error {
	name, err := r.string()
	if err != nil {
		return err
	}
	form, ok := formNames[name]
	if !ok {
		return r.fault(fmt.Errorf("%q is not a plural form: zero, one, two, few, many, other", name))
	}
	if _, twice := e.forms[form]; twice {
		return r.fault(fmt.Errorf("the form %q stands twice", name))
	}
	s, err := r.string()
	if err != nil {
		return err
	}
	t, err := parseText(s)
	if err != nil {
		return r.fault(err)
	}
	e.forms[form] = t
	return nil
}

// checkForms holds the plural forms of a message against the ones that whole
// numbers take in the language (CLDR). A text without forms serves any number.
func checkForms(tag language.Tag, key string, e *entry) []error {
	if _, ok := e.forms[plural.Other]; !ok {
		return []error{fmt.Errorf("%v: %q lacks the form \"other\"", e.place, key)}
	}
	if len(e.forms) == 1 {
		return nil
	}
	var faults []error
	needed := map[plural.Form]bool{plural.Other: true}
	for n := range 1000 {
		needed[formOf(tag, int64(n))] = true
	}
	for name, form := range formNames {
		if _, ok := e.forms[form]; needed[form] && !ok {
			faults = append(faults, fmt.Errorf("%v: %q lacks the form %q, which the language has", e.place, key, name))
		}
	}
	return faults
}

// formOf returns the form that the whole number n takes in a language.
func formOf(tag language.Tag, n int64) plural.Form {
	if n < 0 {
		n = -n
	}
	if n > 1_000_000 { // CLDR's rules look at the last six digits and at whether there are more
		n = n%1_000_000 + 1_000_000
	}
	return plural.Cardinal.MatchPlural(tag, int(n), 0, 0, 0, 0)
}
