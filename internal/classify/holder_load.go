package classify

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"onewindow/internal/definition"
)

// The classes of holders.
const (
	Enterprise             = "enterprise"
	University             = "university"
	ResearchInstitution    = "research_institution"
	GovernmentOrganisation = "government_organisation"
	Individual             = "individual"
	Unclassified           = "unclassified"
)

// HolderTypes lists the classes in the order in which tables show them.
var HolderTypes = []string{University, ResearchInstitution, Enterprise, GovernmentOrganisation, Individual, Unclassified}

// holdersFile holds the rules on holders.
const holdersFile = "classes/holder_types.yaml"

// maxPatterns bounds the rules, so that what was found in a name fits a bitmap.
const maxPatterns = 2048

// The shape of the file.
type holdersSource struct {
	Identifiers []lined[identSource] `yaml:"identifiers"`
	Rules       []lined[ruleSource]  `yaml:"rules"`
	Persons     personsSource        `yaml:"persons"`
}

type identSource struct {
	ID     string `yaml:"id"`
	Prefix string `yaml:"prefix"`
	Type   string `yaml:"type"`
	Names  bool   `yaml:"names"`
}

type ruleSource struct {
	ID         string       `yaml:"id"`
	Type       string       `yaml:"type"`
	Confidence float64      `yaml:"confidence"`
	Texts      textsSource  `yaml:",inline"`
	With       *textsSource `yaml:"with"`
	Unless     *textsSource `yaml:"unless"`
}

type textsSource struct {
	Contains []string `yaml:"contains"`
	Suffix   []string `yaml:"suffix"`
	Prefix   []string `yaml:"prefix"`
	Word     []string `yaml:"word"`
}

type personsSource struct {
	Surnames     string   `yaml:"surnames"`
	Compound     []string `yaml:"compound"`
	HanCountries []string `yaml:"han_countries"`
	Never        []string `yaml:"never"`
}

// lined is an entry and the line that it begins on.
type lined[T any] struct {
	v    T
	line int
}

// UnmarshalYAML reads the entry, refusing fields that it has not.
func (l *lined[T]) UnmarshalYAML(n ast.Node) error {
	l.line = n.GetToken().Position.Line
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		l.line = m.Values[0].Key.GetToken().Position.Line
	}
	return yaml.NodeToValue(n, &l.v, yaml.Strict())
}

// holders are the rules on holders, ready to be applied.
type holders struct {
	idents   []identSource
	rules    []rule
	han      *trie // texts in Chinese
	latin    *trie // words, folded
	patterns []pattern
	surnames map[rune]bool
	compound []string
	never    []string
	hanNames []string // countries whose people's names come in Han characters
}

// rule is one rule; its texts are numbers of patterns.
type rule struct {
	id, code   string
	confidence float64
	any        []int32
	with       []int32
	unless     []int32
}

// where says at which place of a name a pattern counts.
type where uint8

const (
	anywhere where = iota
	atEnd
	atStart
	asWord
)

// pattern is a text at a place.
type pattern struct {
	text  string
	where where
}

func loadHolders(fsys fs.FS) (*holders, error) {
	b, err := fs.ReadFile(fsys, holdersFile)
	if err != nil {
		return nil, err
	}
	var src holdersSource
	if err := definition.Decode(b, &src); err != nil {
		var ye yaml.Error
		if errors.As(err, &ye) && ye.GetToken() != nil {
			return nil, fmt.Errorf("%s:%d: %s", holdersFile, ye.GetToken().Position.Line, ye.GetMessage())
		}
		return nil, fmt.Errorf("%s: %w", holdersFile, err)
	}
	l := holdersLoader{h: &holders{compound: src.Persons.Compound, never: src.Persons.Never, hanNames: src.Persons.HanCountries, surnames: map[rune]bool{}}, numbers: map[pattern]int32{}}
	for _, r := range src.Persons.Surnames {
		l.check(unicode.Is(unicode.Han, r), 1, "surname %q is not a Han character", r)
		l.h.surnames[r] = true
	}
	for _, e := range src.Identifiers {
		l.check(e.v.ID != "" && e.v.Prefix != "" && isHolderType(e.v.Type), e.line, "an identifier rule needs an id, a prefix and a type")
		l.h.idents = append(l.h.idents, e.v)
	}
	seen := map[string]bool{}
	for _, e := range src.Rules {
		l.check(e.v.ID != "" && !seen[e.v.ID], e.line, "rule id %q is missing or not of its own", e.v.ID)
		seen[e.v.ID] = true
		l.rule(e.v, e.line)
	}
	l.check(len(l.h.patterns) <= maxPatterns, 1, "more than %d texts", maxPatterns)
	if err := errors.Join(l.faults...); err != nil {
		return nil, err
	}
	var han, latin []entry
	for i, p := range l.h.patterns {
		if p.where == asWord {
			latin = append(latin, entry{p.text, int32(i)})
			continue
		}
		han = append(han, entry{p.text, int32(i)})
	}
	l.h.han, l.h.latin = newTrie(han), newTrie(latin)
	return l.h, nil
}

func isHolderType(t string) bool {
	for _, known := range HolderTypes {
		if t == known {
			return t != Unclassified
		}
	}
	return false
}

// holdersLoader numbers the texts of the rules and collects faults.
type holdersLoader struct {
	h       *holders
	numbers map[pattern]int32
	faults  []error
}

func (l *holdersLoader) check(ok bool, line int, format string, args ...any) {
	if !ok {
		l.faults = append(l.faults, fmt.Errorf("%s:%d: %s", holdersFile, line, fmt.Sprintf(format, args...)))
	}
}

func (l *holdersLoader) rule(src ruleSource, line int) {
	l.check(isHolderType(src.Type), line, "rule %s: %q is no type of holder", src.ID, src.Type)
	l.check(src.Confidence > 0 && src.Confidence <= 1, line, "rule %s: confidence is not above 0 and up to 1", src.ID)
	r := rule{id: "holder." + src.ID, code: src.Type, confidence: src.Confidence, any: l.texts(src.Texts, src.ID, line)}
	l.check(len(r.any) > 0, line, "rule %s has no text", src.ID)
	if src.With != nil {
		r.with = l.texts(*src.With, src.ID, line)
	}
	if src.Unless != nil {
		r.unless = l.texts(*src.Unless, src.ID, line)
	}
	l.h.rules = append(l.h.rules, r)
}

// texts returns the numbers of the patterns of one matcher.
func (l *holdersLoader) texts(src textsSource, id string, line int) []int32 {
	var all []int32
	add := func(texts []string, w where) {
		for _, t := range texts {
			p := pattern{strings.TrimSpace(t), w}
			if w == asWord {
				p.text = foldLatin(t)
			}
			l.check(p.text != "", line, "rule %s: a text is empty", id)
			n, ok := l.numbers[p]
			if !ok {
				n = int32(len(l.h.patterns))
				l.numbers[p] = n
				l.h.patterns = append(l.h.patterns, p)
			}
			all = append(all, n)
		}
	}
	add(src.Contains, anywhere)
	add(src.Suffix, atEnd)
	add(src.Prefix, atStart)
	add(src.Word, asWord)
	return all
}
