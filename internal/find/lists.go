package find

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"onewindow/internal/classify"
	"onewindow/internal/glossary"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/lifecycle"
	"onewindow/internal/party"
	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/region"
)

// list is the values of a listed field. A value's place is what the cube holds
// of it.
type list struct {
	codes  []string
	places map[string]uint32
	labels map[string]map[string]string // by code and language
	below  func(code string) []string   // all codes that a value holds, nil where it holds only itself
	shown  []string                     // the codes that readers choose from, nil for all
}

func newList(codes []string) list {
	l := list{codes: codes, places: make(map[string]uint32, len(codes)), labels: map[string]map[string]string{}}
	for i, c := range codes {
		l.places[c] = uint32(i)
	}
	return l
}

// at returns the place of a code. The first value of every list stands for what
// is not on it.
func (l *list) at(code string) uint32 { return l.places[code] }

// choices returns the codes that readers choose from.
func (l *list) choices() []string {
	if l.shown != nil {
		return l.shown
	}
	return l.codes
}

// label returns what a code is called in lang.
func (l *list) label(code, lang string) string {
	if s := l.labels[code][lang]; s != "" {
		return s
	}
	return code
}

// set marks the places of a value and, with below, of all that it holds.
func (l *list) set(code string, below bool) []bool {
	set := make([]bool, len(l.codes))
	if i, ok := l.places[code]; ok {
		set[i] = true
	}
	if below && l.below != nil {
		for _, c := range l.below(code) {
			if i, ok := l.places[c]; ok {
				set[i] = true
			}
		}
	}
	return set
}

// The codes of a list's first value, which stands for what has none, and of the
// one for what is disputed.
const (
	noKind     = "unknown"
	noType     = "unclassified"
	noField    = "none"
	noOffice   = "unknown"
	disputed   = "disputed" // a value of its own: sources of equal standing disagree
	fieldCount = 35         // WIPO's technology fields
)

// markTypes are the types of marks, first that of marks of which none is stated.
var markTypes = []string{"ordinary", record.MarkCollective, record.MarkCertification, record.MarkGeographical, record.MarkService, record.MarkWellKnown}

// lists are the listed fields of rights, and what decides which of their values
// a right has.
type lists struct {
	Kind, Region, HolderType, Field, MarkType, Office list

	pack       *region.Pack
	classifier *classify.Classifier
	parties    *party.Parties   // nil where holders are not told apart
	lives      *lifecycle.Rules // nil where it is not known when rights are in force
	langs      []string
	city       []uint32 // by place of a region: that of its city, or its own
	name       string   // of the codes in their places: what a cube has to agree with
}

func newLists(pack *region.Pack, classifier *classify.Classifier, texts *i18n.Catalogs, names *glossary.Glossary) *lists {
	l := &lists{pack: pack, classifier: classifier, langs: texts.Langs()}
	kinds := []string{noKind}
	for _, k := range record.Kinds {
		kinds = append(kinds, string(k))
	}
	fields := []string{noField}
	for i := range fieldCount {
		fields = append(fields, fieldCode(i+1))
	}
	fields = append(fields, disputed)
	l.Kind = l.classes("kind", kinds, texts)
	l.HolderType = l.classes("holder-type", append(append([]string{noType}, classify.HolderTypes...), disputed), texts)
	l.Field = l.classes("field", fields, texts)
	l.MarkType = l.classes("mark.type", markTypes, texts)
	l.regions(texts)
	l.offices(texts, names)
	h := sha256.New()
	for _, list := range []*list{&l.Kind, &l.Region, &l.HolderType, &l.Field, &l.MarkType, &l.Office} {
		fmt.Fprintf(h, "%q\n", list.codes)
	}
	l.name = hex.EncodeToString(h.Sum(nil))
	return l
}

func (l *lists) classes(name string, codes []string, texts *i18n.Catalogs) list {
	out := newList(codes)
	for _, code := range codes {
		out.labels[code] = map[string]string{}
		for _, lang := range l.langs {
			out.labels[code][lang] = texts.Printer(lang).T(name+"."+code, nil)
		}
	}
	return out
}

// regions lists every code of the pack after the one for what is not known.
func (l *lists) regions(texts *i18n.Catalogs) {
	codes := []string{region.Unknown}
	for i := range l.pack.Len() {
		if c := l.pack.CodeAt(uint16(i)); c != region.Unknown {
			codes = append(codes, c)
		}
	}
	l.Region = newList(codes)
	l.Region.below = l.pack.Descendants
	l.city = make([]uint32, len(codes))
	for i, code := range codes {
		labels := map[string]string{}
		for _, lang := range l.langs {
			labels[lang] = l.pack.Name(code, lang)
		}
		l.Region.labels[code] = labels
		l.city[i] = uint32(i)
		if city := l.pack.City(code); city != "" {
			l.city[i] = l.Region.at(city)
		}
	}
}

// offices lists everything that can be a code of ST.3 after the one for what is not
// known, so that no name of an office is needed to count by it.
func (l *lists) offices(texts *i18n.Catalogs, names *glossary.Glossary) {
	codes := []string{noOffice}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			codes = append(codes, string([]rune{a, b}))
		}
	}
	l.Office = newList(codes)
	l.Office.shown = []string{}
	for _, code := range codes {
		labels := map[string]string{}
		for _, lang := range l.langs {
			if code == noOffice {
				labels[lang] = texts.Printer(lang).T("office."+noOffice, nil)
			} else if names != nil {
				labels[lang] = names.Place(code, lang)
			}
		}
		l.Office.labels[code] = labels
		if labels["en"] != "" {
			l.Office.shown = append(l.Office.shown, code)
		}
	}
}

// named returns a listed field's values and its column.
func (l *lists) named(field string) (*list, int) {
	switch field {
	case "kind":
		return &l.Kind, colKind
	case "region":
		return &l.Region, colRegion
	case "holder-type":
		return &l.HolderType, colHolderType
	case "field":
		return &l.Field, colField
	case fieldMark:
		return &l.MarkType, colMark
	case fieldOffice:
		return &l.Office, colOffice
	}
	return nil, 0
}

// resolver returns how values of a listed field are found by what people write.
func (l *lists) resolver(field string) func(string) (query.Choice, []string, bool) {
	if field == "region" {
		return l.resolveRegion
	}
	list, _ := l.named(field)
	byName := map[string]string{}
	for _, code := range list.codes {
		byName[foldChoice(code)] = code
		for _, lang := range l.langs {
			byName[foldChoice(list.label(code, lang))] = code
		}
	}
	for alias, code := range choiceAliases[field] {
		byName[alias] = code
	}
	return func(value string) (query.Choice, []string, bool) {
		if code, ok := byName[foldChoice(value)]; ok {
			return query.Choice{Code: code, Labels: list.labels[code]}, nil, true
		}
		return query.Choice{}, nearest(value, list.choices()), false
	}
}

// choiceAliases are other words for values, folded.
var choiceAliases = map[string]map[string]string{
	"kind": {
		"发明专利": string(record.Invention), "inventions": string(record.Invention),
		"实用新型专利": string(record.UtilityModel), "utilitymodels": string(record.UtilityModel), "um": string(record.UtilityModel),
		"外观设计专利": string(record.Design), "外观": string(record.Design), "designs": string(record.Design),
	},
}

// foldChoice makes one of the spellings of a value: no case, blanks, hyphens or
// underlines.
func foldChoice(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '_', '\u3000':
			return -1
		}
		return r
	}, strings.ToLower(s))
}

// nearest returns the values that begin as value does, else all of them.
func nearest(value string, all []string) []string {
	folded := foldChoice(value)
	var out []string
	for n := min(len(folded), 4); n > 0 && len(out) == 0; n-- {
		for _, v := range all {
			if strings.HasPrefix(foldChoice(v), folded[:n]) {
				out = append(out, v)
			}
		}
	}
	if len(out) == 0 {
		out = slices.Clone(all)
	}
	return out[:min(len(out), 8)]
}

func (l *lists) resolveRegion(value string) (query.Choice, []string, bool) {
	codes, err := l.pack.Resolve(value)
	if err != nil || len(codes) == 0 {
		return query.Choice{}, l.pack.Suggest(value), false
	}
	if len(codes) > 1 {
		return query.Choice{}, codes, false
	}
	code := codes[0]
	labels := map[string]string{}
	for _, lang := range l.langs {
		labels[lang] = l.pack.Name(code, lang)
	}
	return query.Choice{Code: code, Labels: labels, Narrower: len(l.pack.Descendants(code)) > 1}, nil, true
}

func invalid(code string, args ierr.Args) error { return ierr.New(ierr.Invalid, code, args) }
