// Package region holds region packs: the administrative units of one province
// with their codes, names, successors, groups, postcodes and population.
//
// A pack is data, regions/<id>.yaml among the definitions; nothing in this
// package knows a province.
package region

import (
	"cmp"
	"slices"
	"time"
	_ "time/tzdata" // the zone of a region must not hang on the machine

	"onewindow/internal/date"
)

// Codes that stand where a unit's code stands.
const (
	Unknown   = "UNKNOWN"   // nothing says where
	Elsewhere = "ELSEWHERE" // outside the pack's province
	Disputed  = "DISPUTED"  // sources of equal standing name different units
)

// Group is a set of units under one name, such as a macro-region.
type Group struct {
	Code    string
	Names   map[string]string
	Aliases []string
	Members []string // codes of units
}

// Other is the bucket for what lies in the province and in no city of it.
type Other struct {
	Code  string
	Names map[string]string
}

// Town is a town, township or subdistrict and the unit that it lies in.
type Town struct{ Code, Name, Unit string }

// Pack is one province's units. It does not change once loaded.
type Pack struct {
	id       string
	names    map[string]string
	location *time.Location
	root     string
	other    Other
	units    []*Unit // by code
	groups   []Group
	towns    []Town
	specials []special
	vintages []vintage // newest first

	byCode   map[string]*Unit
	children map[string][]string
	formerly map[string][]string // units abolished in favour of this one alone
	codes    []string            // by index
	index    map[string]uint16
	lookup   lookup
}

// special is a code that every pack has beside its units.
type special struct {
	Code    string
	Names   map[string]string
	Aliases []string
}

// vintage is the population of the units on one day.
type vintage struct {
	day     date.Date
	source  string
	persons map[string]int64
}

// ID returns the pack's name, "jiangsu".
func (p *Pack) ID() string { return p.id }

// Title returns the province's name in a language.
func (p *Pack) Title(lang string) string { return named(p.names, lang) }

// Code returns the province's code.
func (p *Pack) Code() string { return p.root }

// Other returns the code of what lies in the province and in no city of it.
func (p *Pack) Other() string { return p.other.Code }

// Location returns the time zone in which the province's days end.
func (p *Pack) Location() *time.Location { return p.location }

// Units returns all units by ascending code, abolished ones included. The slice
// must not be changed.
func (p *Pack) Units() []*Unit { return p.units }

// Groups returns the groups in the order of the pack.
func (p *Pack) Groups() []Group { return p.groups }

// Towns returns the towns that only one unit of their city has.
func (p *Pack) Towns() []Town { return p.towns }

// Unit returns the unit with the code, nil if there is none.
func (p *Pack) Unit(code string) *Unit { return p.byCode[code] }

// Parent returns the code of the unit above; that of Other is the province.
// It is empty for the province itself and for codes outside of it.
func (p *Pack) Parent(code string) string {
	if u := p.byCode[code]; u != nil {
		return u.Parent
	}
	if code == p.other.Code {
		return p.root
	}
	return ""
}

// City returns the code of the city that a unit is or lies in, and empty for
// what lies in none.
func (p *Pack) City(code string) string {
	for u := p.byCode[code]; u != nil; u = p.byCode[u.Parent] {
		if u.Kind == City {
			return u.Code
		}
	}
	return ""
}

// Children returns the codes of the units directly below, by ascending code.
func (p *Pack) Children(code string) []string { return p.children[code] }

// Descendants returns every code that counts under the given one: itself, the
// units below, and the units abolished whose area lies wholly within. The
// province holds Other too; a group holds its members. Codes come in ascending
// order; a code that the pack has not gives nil.
func (p *Pack) Descendants(code string) []string {
	seen := map[string]bool{}
	var add func(string)
	add = func(c string) {
		if seen[c] {
			return
		}
		seen[c] = true
		for _, child := range p.children[c] {
			add(child)
		}
		for _, old := range p.formerly[c] {
			add(old)
		}
	}
	switch g := p.group(code); {
	case g != nil:
		for _, member := range g.Members {
			add(member)
		}
	default:
		if _, ok := p.index[code]; !ok {
			return nil
		}
		add(code)
		if code == p.root {
			add(p.other.Code)
		}
	}
	all := make([]string, 0, len(seen))
	for c := range seen {
		all = append(all, c)
	}
	slices.Sort(all)
	return all
}

func (p *Pack) group(code string) *Group {
	for i := range p.groups {
		if p.groups[i].Code == code {
			return &p.groups[i]
		}
	}
	return nil
}

// Current returns the unit that stood for the given one on a day, now without a
// day: the unit itself while it was in force, else its successor, else, where
// its area went to several units, the unit above them all.
func (p *Pack) Current(code string, on date.Date) string {
	for range len(p.units) {
		u := p.byCode[code]
		switch {
		case u == nil || u.ValidTo == 0 || on != 0 && on <= u.ValidTo:
			return code
		case len(u.Successors) == 1:
			code = u.Successors[0]
		default:
			code = u.Parent
		}
	}
	return code
}

// Name returns what a code is called in a language, in another language of the
// pack if it has no name in this one, and the code itself if it has none at all.
func (p *Pack) Name(code, lang string) string {
	if u := p.byCode[code]; u != nil {
		return named(u.Names, lang)
	}
	if code == p.other.Code {
		return named(p.other.Names, lang)
	}
	if g := p.group(code); g != nil {
		return named(g.Names, lang)
	}
	for _, s := range p.specials {
		if s.Code == code {
			return named(s.Names, lang)
		}
	}
	return code
}

// named picks the name in a language, else the one in English, else any.
func named(names map[string]string, lang string) string {
	for _, l := range [...]string{lang, "en", "zh"} {
		if name := names[l]; name != "" {
			return name
		}
	}
	return ""
}

// Len returns how many codes have an index.
func (p *Pack) Len() int { return len(p.codes) }

// Index returns the dense number of a unit's code, of Other and of the special
// codes. Numbers hold for one state of the pack's file.
func (p *Pack) Index(code string) (uint16, bool) {
	i, ok := p.index[code]
	return i, ok
}

// CodeAt returns the code with the dense number i, empty if there is none.
func (p *Pack) CodeAt(i uint16) string {
	if int(i) < len(p.codes) {
		return p.codes[i]
	}
	return ""
}

// Population returns the residents of a unit or group, in persons, on the day
// of the newest vintage not after the given day, and whether that vintage knows
// them. A group's is the sum of its members. Without a day it is the newest.
func (p *Pack) Population(code string, on date.Date) (persons int64, vintage date.Date, ok bool) {
	for _, v := range p.vintages {
		if on != 0 && v.day > on {
			continue
		}
		if g := p.group(code); g != nil {
			for _, member := range g.Members {
				n, known := v.persons[member]
				if !known {
					return 0, v.day, false
				}
				persons += n
			}
			return persons, v.day, true
		}
		persons, ok = v.persons[code]
		return persons, v.day, ok
	}
	return 0, 0, false
}

// PopulationSource returns where the figures of a vintage were printed.
func (p *Pack) PopulationSource(vintage date.Date) string {
	for _, v := range p.vintages {
		if v.day == vintage {
			return v.source
		}
	}
	return ""
}

// build derives the tables behind the methods from units, groups and specials.
func (p *Pack) build() {
	slices.SortFunc(p.units, func(a, b *Unit) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(p.vintages, func(a, b vintage) int { return cmp.Compare(b.day, a.day) })
	p.children, p.formerly, p.index = map[string][]string{}, map[string][]string{}, map[string]uint16{}
	for _, s := range p.specials {
		p.codes = append(p.codes, s.Code)
	}
	p.codes = append(p.codes, p.other.Code)
	for _, u := range p.units {
		p.codes = append(p.codes, u.Code)
		if u.Parent != "" {
			p.children[u.Parent] = append(p.children[u.Parent], u.Code)
		}
		if len(u.Successors) == 1 {
			p.formerly[u.Successors[0]] = append(p.formerly[u.Successors[0]], u.Code)
		}
	}
	for i, code := range p.codes {
		p.index[code] = uint16(i)
	}
	p.lookup = newLookup(p)
}
