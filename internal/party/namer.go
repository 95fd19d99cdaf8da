package party

import (
	"fmt"
	"io/fs"

	"onewindow/internal/classify"
	"onewindow/internal/number"
	"onewindow/internal/record"
	"onewindow/internal/region"
)

// Namer tells what the names and identifiers of a party stand for. It does not
// change and may be used by any number of goroutines.
type Namer struct {
	rules      *rules
	pack       *region.Pack
	classifier *classify.Classifier
	numbers    *number.Set
}

// NewNamer makes a namer of the definitions. Faults in these are named with file
// and line.
func NewNamer(fsys fs.FS, pack *region.Pack, classifier *classify.Classifier) (*Namer, error) {
	n := &Namer{pack: pack, classifier: classifier}
	var err error
	if n.rules, err = loadRules(fsys); err != nil {
		return nil, fmt.Errorf("party: %w", err)
	}
	if n.numbers, err = number.Load(fsys); err != nil {
		return nil, fmt.Errorf("party: %w", err)
	}
	return n, nil
}

// Counted tells whether parties in a role are followed: those who hold rights or
// have a share in them. Inventors, authors and agents are named without anything
// that tells one from another of the same name.
func Counted(r record.Role) bool {
	switch r {
	case record.Inventor, record.Author, record.Agent:
		return false
	}
	return true
}

// Holds tells whether a right is a party's by a role: as holder, as applicant, or
// as the group behind a geographical indication.
func Holds(r record.Role) bool {
	return r == record.Applicant || r == record.Holder || r == record.Group
}

// Located calls fn with each name of a party, folded, that counts only together
// with a place, and that place: of a natural person, and of bodies of which every
// place has one. A name whose place nobody gives stands for nobody.
func (n *Namer) Located(p *record.Party, fn func(name, place string)) {
	place, known, person := "", false, n.person(p)
	for i := range p.Names {
		name := record.FoldName(p.Names[i].Text)
		if !person && !n.rules.local[name] {
			continue
		}
		if !known {
			place, known = n.place(p).Fine, true
		}
		if place != "" && name != "" {
			fn(name, place)
		}
	}
}

// person tells whether a party is a natural person, as far as names tell.
func (n *Namer) person(p *record.Party) bool {
	return n.classifier.HolderType(p.Names, p.Ident).Code == classify.Individual
}

// LocatedKey joins a folded name and its place.
func LocatedKey(name, place string) string { return name + "@" + place }

// where is a place as parties are compared by it.
type where struct {
	Fine string // county, or region and first digits of the postcode: what tells people of one name apart
	City string // city, or country abroad; "" where unknown
}

// place returns where a party is.
func (n *Namer) place(p *record.Party) where {
	e := n.classifier.Region(p.Address, p.Postcode, p.Country, p.Region, 0)
	post := ""
	if len(p.Postcode) == 6 {
		post = p.Postcode[:4]
	}
	switch e.Code {
	case region.Unknown:
		if post == "" {
			return where{}
		}
		return where{"/" + post, "/" + post[:3]}
	case region.Elsewhere:
		return outside(e.Note, p.Country, post)
	}
	if city := n.pack.City(e.Code); city != "" {
		return where{e.Code, city}
	}
	return where{e.Code, ""}
}

// outside returns a place that lies in no unit of the pack.
func outside(note, country, post string) where {
	if !isPlace(note) {
		note = country
	}
	switch {
	case note == "" || note == "CN":
		if post == "" {
			return where{}
		}
		return where{"/" + post, "/" + post[:3]}
	case len(note) == 2:
		return where{note, note}
	case note[2:] != "0000":
		return where{note + "/" + post, note[:4]}
	case post != "":
		return where{note + "/" + post, note + "/" + post[:3]}
	}
	return where{note, ""}
}

// isPlace tells whether a note of the classifier is a code of GB/T 2260 or a
// country.
func isPlace(s string) bool {
	for i := range len(s) {
		if digit := s[i] >= '0' && s[i] <= '9'; len(s) == 6 && !digit || len(s) == 2 && (s[i] < 'A' || s[i] > 'Z') {
			return false
		}
	}
	return len(s) == 6 || len(s) == 2
}

// creditCode returns an identifier in its normal form if it is a unified social
// credit code with a sound check digit, else "".
func (n *Namer) creditCode(ident string) string {
	if len(ident) < 18 {
		return ""
	}
	r, err := n.numbers.Validate("uscc", ident)
	if err != nil || r.Check != number.Sound {
		return ""
	}
	return r.Normal
}

// Prefixes of the keys of nodes: what a statement of a party is tied together by.
const (
	nodeName    = "n:" // a Chinese name of a body
	nodeLatin   = "l:" // a name of a body in Latin letters
	nodeLocated = "p:" // a name and its place
	nodeIdent   = "i:" // a unified social credit code
)

// keys returns the keys of a party's names, "" for those that stand for nobody,
// and that of its identifier, "" if there is none.
func (n *Namer) keys(p *record.Party) (names []string, ident string) {
	person := n.person(p)
	place := ""
	for i := range p.Names {
		name := record.FoldName(p.Names[i].Text)
		key := ""
		switch {
		case name == "":
		case person || n.rules.local[name]:
			if place == "" {
				place = n.place(p).Fine
			}
			if place != "" {
				key = nodeLocated + LocatedKey(name, place)
			}
		case isHan(name):
			key = nodeName + name
		default:
			if s := n.rules.latinName(p.Names[i].Text); s != "" {
				key = nodeLatin + s
			}
		}
		names = append(names, key)
	}
	if code := n.creditCode(p.Ident); code != "" {
		ident = nodeIdent + code
	}
	return names, ident
}
