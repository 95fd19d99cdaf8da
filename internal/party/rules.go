package party

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"onewindow/internal/definition"
	"onewindow/internal/record"
	"onewindow/internal/region"
)

// rulesFile holds the rules.
const rulesFile = "classes/parties.yaml"

// The rules that the file gives confidence to.
const (
	ruleIdent        = "ident"
	ruleName         = "name"
	ruleLanguages    = "languages"
	ruleEnglish      = "english"
	ruleChanged      = "changed"
	ruleTransfer     = "transfer"
	rulePrefix       = "prefix"
	ruleSuffix       = "suffix"
	rulePrefixSuffix = "prefix_suffix"
	ruleBrackets     = "brackets"
	ruleSpelling     = "spelling"
	ruleSimilar      = "similar"
	rulePersonRight  = "person_right"
	rulePartner      = "person_partner"
	rulePersonCity   = "person_city"
	ruleDecision     = "decision" // a person decided; not in the file
)

// ruleIDs are the rules that the file must have, in the order in which ties
// between equally sure ones are broken.
var ruleIDs = []string{
	ruleIdent, ruleName, ruleLanguages, ruleChanged, ruleEnglish, ruleTransfer, rulePrefix, ruleSuffix,
	rulePrefixSuffix, ruleBrackets, ruleSpelling, ruleSimilar, rulePersonRight, rulePartner, rulePersonCity,
}

// nearness says how near to each other two names are stated.
type nearness uint8

const (
	placeless nearness = iota // of one of them no place is known
	elsewhere
	sameCity // or one country abroad
	sameAddress
)

var nearnessNames = [...]string{placeless: "names", elsewhere: "elsewhere", sameCity: "city", sameAddress: "address"}

// rules are the rules and tables of the definitions, ready to be applied.
type rules struct {
	join, doubt float64
	sure        [][4]float64 // by place in ruleIDs and nearness

	forms      []string // Chinese legal forms, folded, longest first
	latinForms []latinForm
	branches   []string        // Chinese, folded, longest first
	latinEnds  []string        // of branches in English, each with a blank before it
	local      map[string]bool // names that many bodies bear
	ordinals   string          // characters that number bodies
	places     map[string]string
	placeRunes int // in the longest key of places
}

// latinForm is one spelling of a legal form in English and the one that stands
// for it, each with a blank before it.
type latinForm struct{ spelling, form string }

// The shape of the file.
type rulesSource struct {
	Join  float64 `yaml:"join"`
	Doubt float64 `yaml:"doubt"`
	Legal struct {
		Zh []string   `yaml:"zh"`
		En [][]string `yaml:"en"`
	} `yaml:"legal_forms"`
	Branches struct {
		Zh []string `yaml:"zh"`
		En []string `yaml:"en"`
	} `yaml:"branches"`
	Local    []string     `yaml:"local_names"`
	Ordinals string       `yaml:"ordinals"`
	Rules    []ruleSource `yaml:"rules"`
}

type ruleSource struct {
	ruleFields
	line int
}

type ruleFields struct {
	ID        string  `yaml:"id"`
	Names     float64 `yaml:"names"`
	City      float64 `yaml:"city"`
	Address   float64 `yaml:"address"`
	Elsewhere float64 `yaml:"elsewhere"`
}

// UnmarshalYAML reads a rule, refusing fields that it has not.
func (r *ruleSource) UnmarshalYAML(n ast.Node) error {
	r.line = n.GetToken().Position.Line
	return yaml.NodeToValue(n, &r.ruleFields, yaml.Strict())
}

// loadRules reads the rules and the places that names begin with.
func loadRules(fsys fs.FS) (*rules, error) {
	b, err := fs.ReadFile(fsys, rulesFile)
	if err != nil {
		return nil, err
	}
	var src rulesSource
	if err := definition.Decode(b, &src); err != nil {
		var ye yaml.Error
		if errors.As(err, &ye) && ye.GetToken() != nil {
			return nil, fmt.Errorf("%s:%d: %s", rulesFile, ye.GetToken().Position.Line, ye.GetMessage())
		}
		return nil, fmt.Errorf("%s: %w", rulesFile, err)
	}
	r := &rules{join: src.Join, doubt: src.Doubt, ordinals: src.Ordinals, local: map[string]bool{}, places: map[string]string{}}
	if err := errors.Join(r.confidences(src.Rules), r.tables(&src)); err != nil {
		return nil, err
	}
	return r, r.readPlaces(fsys)
}

func (r *rules) confidences(sources []ruleSource) error {
	var faults []error
	fault := func(line int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s:%d: %s", rulesFile, line, fmt.Sprintf(format, args...)))
	}
	if !(0 < r.doubt && r.doubt <= r.join && r.join <= 1) {
		fault(1, "0 < doubt <= join <= 1 does not hold")
	}
	r.sure = make([][4]float64, len(ruleIDs))
	known := map[string]bool{}
	for _, s := range sources {
		at := slices.Index(ruleIDs, s.ID)
		if at < 0 {
			fault(s.line, "there is no rule %q", s.ID)
			continue
		}
		if known[s.ID] {
			fault(s.line, "rule %s stands twice", s.ID)
		}
		c := [4]float64{placeless: s.Names, elsewhere: s.Elsewhere, sameCity: s.City, sameAddress: s.Address}
		for _, x := range c {
			if x < 0 || x > 1 {
				fault(s.line, "rule %s: a confidence is not from 0 to 1", s.ID)
			}
		}
		r.sure[at], known[s.ID] = c, true
	}
	for _, id := range ruleIDs {
		if !known[id] {
			fault(1, "rule %s is missing", id)
		}
	}
	return errors.Join(faults...)
}

func (r *rules) tables(src *rulesSource) error {
	var faults []error
	folded := func(what string, list []string) []string {
		var out []string
		for _, s := range list {
			if s = record.FoldName(s); s == "" {
				faults = append(faults, fmt.Errorf("%s: a text of %s is empty", rulesFile, what))
				continue
			}
			out = append(out, s)
		}
		slices.SortFunc(out, longest)
		return out
	}
	r.forms = folded("legal_forms", src.Legal.Zh)
	r.branches = folded("branches", src.Branches.Zh)
	for _, s := range folded("local_names", src.Local) {
		r.local[s] = true
	}
	for _, line := range src.Legal.En {
		for _, spelling := range line {
			r.latinForms = append(r.latinForms, latinForm{" " + foldLatin(spelling), " " + foldLatin(line[0])})
		}
	}
	slices.SortFunc(r.latinForms, func(a, b latinForm) int { return longest(a.spelling, b.spelling) })
	for _, s := range src.Branches.En {
		r.latinEnds = append(r.latinEnds, " "+foldLatin(s))
	}
	return errors.Join(faults...)
}

func longest(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) }

// readPlaces makes the table of the places that a name may begin with, and of
// what stands for each.
func (r *rules) readPlaces(fsys fs.FS) error {
	all, err := region.LoadChina(fsys)
	if err != nil {
		return err
	}
	for _, p := range all {
		short := region.Short(p.Name)
		if utf8.RuneCountInString(short) < 2 {
			continue
		}
		for _, name := range [...]string{p.Name, short} {
			r.places[record.FoldName(name)] = record.FoldName(short)
			r.placeRunes = max(r.placeRunes, utf8.RuneCountInString(name))
		}
	}
	return nil
}
