// Package i18n holds the texts that people read, in every language, and writes
// numbers, days and errors as a language does.
//
// A language is a folder of JSON files, i18n/<BCP 47 tag>/<part>.json. Each file
// is one object whose keys name messages and whose values are either a text or
// an object of plural forms chosen by the argument n:
//
//	{
//	  "results.sorted": "Sorted by {order}",
//	  "results.total":  {"one": "{n} record", "other": "{n} records"}
//	}
//
// Every language holds the same keys, and a message names the same arguments in
// every language. To add a language, add a folder.
package i18n

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Catalogs are the texts of all languages. They do not change once loaded and
// may be used by any number of goroutines.
type Catalogs struct {
	langs    []string
	byLang   map[string]*Printer
	matcher  language.Matcher
	messages map[string]map[string]*entry // language, key
}

// entry is one message of one language and the place that it was read from.
type entry struct {
	forms map[plural.Form]text // plural.Other is always there
	place place
}

// place is a line of a catalogue file.
type place struct {
	file string
	line int
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// Load reads the catalogues in i18n/<language>/*.json of fsys. It fails, naming
// file and line of every fault, on malformed files, on a key that stands twice,
// on a key or an argument that one language has and another has not, and on
// plural forms that a language lacks.
func Load(fsys fs.FS) (*Catalogs, error) {
	dirs, err := fs.ReadDir(fsys, "i18n")
	if err != nil {
		return nil, fmt.Errorf("i18n: %w", err)
	}
	c := &Catalogs{byLang: map[string]*Printer{}, messages: map[string]map[string]*entry{}}
	var faults []error
	for _, dir := range dirs {
		if !dir.IsDir() {
			continue
		}
		tag, err := language.Parse(dir.Name())
		if err != nil {
			faults = append(faults, fmt.Errorf("i18n/%s: the folder's name is not a language tag: %w", dir.Name(), err))
			continue
		}
		messages, more := loadLanguage(fsys, dir.Name(), tag)
		faults = append(faults, more...)
		c.langs = append(c.langs, dir.Name())
		c.messages[dir.Name()] = messages
		c.byLang[dir.Name()] = &Printer{lang: dir.Name(), tag: tag, number: message.NewPrinter(tag), messages: messages}
	}
	if len(c.langs) == 0 && len(faults) == 0 {
		return nil, errors.New("i18n: no language folder")
	}
	faults = append(faults, c.compare()...)
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	tags := make([]language.Tag, len(c.langs))
	for i, lang := range c.langs {
		tags[i] = c.byLang[lang].tag
	}
	c.matcher = language.NewMatcher(tags)
	return c, nil
}

// loadLanguage reads the files of one language.
func loadLanguage(fsys fs.FS, lang string, tag language.Tag) (map[string]*entry, []error) {
	messages := map[string]*entry{}
	files, err := fs.Glob(fsys, path.Join("i18n", lang, "*.json"))
	if err != nil {
		return nil, []error{err}
	}
	var faults []error
	for _, file := range files {
		b, err := fs.ReadFile(fsys, file)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		err = readFile(file, b, func(key string, e *entry) {
			if first, ok := messages[key]; ok {
				faults = append(faults, fmt.Errorf("%v: %q stands already at %v", e.place, key, first.place))
				return
			}
			messages[key] = e
			faults = append(faults, checkForms(tag, key, e)...)
		})
		if err != nil {
			faults = append(faults, err)
		}
	}
	return messages, faults
}

// compare holds every language against all others.
func (c *Catalogs) compare() []error {
	var faults []error
	for _, have := range c.langs {
		for _, key := range slices.Sorted(maps.Keys(c.messages[have])) {
			e := c.messages[have][key]
			for _, want := range c.langs {
				other, ok := c.messages[want][key]
				if !ok {
					faults = append(faults, fmt.Errorf("%v: %q is missing in language %s", e.place, key, want))
					continue
				}
				if cmp.Less(have, want) && !strings.HasPrefix(key, formatPrefix) {
					faults = append(faults, sameArgs(key, e, other)...)
				}
			}
		}
	}
	for _, lang := range c.langs {
		for key, allowed := range formatArgs {
			faults = append(faults, checkFormat(lang, key, allowed, c.messages[lang][key])...)
		}
	}
	return faults
}

func sameArgs(key string, a, b *entry) []error {
	x, y := a.args(), b.args()
	if slices.Equal(x, y) {
		return nil
	}
	return []error{fmt.Errorf("%v: %q names the arguments %v, but %v at %v", a.place, key, x, y, b.place)}
}

// args returns the sorted names of all arguments of all forms.
func (e *entry) args() []string {
	set := map[string]bool{}
	for _, form := range e.forms {
		for _, part := range form {
			if part.arg != "" {
				set[part.arg] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// Langs returns the languages in alphabetical order of their tags.
func (c *Catalogs) Langs() []string { return slices.Clone(c.langs) }

// Has tells whether lang is one of the languages.
func (c *Catalogs) Has(lang string) bool { return c.byLang[lang] != nil }

// Printer returns the printer of lang, or of the language nearest to it when
// there is none.
func (c *Catalogs) Printer(lang string) *Printer {
	if p := c.byLang[lang]; p != nil {
		return p
	}
	return c.byLang[c.Match(lang)]
}

// maxAccept is how many bytes of wishes are looked at; browsers send less.
const maxAccept = 1024

// Match returns the language that suits best a list of wishes in the form of
// the HTTP header Accept-Language, or of one tag. Without a usable wish it is
// English, else the first language.
func (c *Catalogs) Match(accept string) string {
	if len(accept) <= maxAccept {
		wishes, _, err := language.ParseAcceptLanguage(accept)
		if _, i, sure := c.matcher.Match(wishes...); err == nil && sure > language.No {
			return c.langs[i]
		}
	}
	if c.Has("en") {
		return "en"
	}
	return c.langs[0]
}

// Keys returns the names of all messages in order.
func (c *Catalogs) Keys() []string {
	return slices.Sorted(maps.Keys(c.messages[c.langs[0]]))
}
