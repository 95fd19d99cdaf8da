package number

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"onewindow/internal/definition"
)

// File is where the forms stand in the definitions.
const File = "numbers/formats.yaml"

// entry is one form as it stands in the file.
type entry struct {
	ID       string            `yaml:"id"`
	Names    map[string]string `yaml:"names"`
	Pattern  string            `yaml:"pattern"`
	Form     string            `yaml:"form"`
	Digits   string            `yaml:"digits"`
	Check    string            `yaml:"check"`
	Personal bool              `yaml:"personal"`
	Rank     int               `yaml:"rank"`
	Valid    []string          `yaml:"valid"`
	Invalid  []string          `yaml:"invalid"`

	line int
}

// UnmarshalYAML reads an entry, refusing keys that it has not.
func (e *entry) UnmarshalYAML(node ast.Node) error {
	type plain entry
	if err := yaml.NodeToValue(node, (*plain)(e), yaml.Strict()); err != nil {
		return err
	}
	e.line = node.GetToken().Position.Line
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		e.line = m.Values[0].Key.GetToken().Position.Line
	}
	return nil
}

// Load reads the forms. Faults are named with file and line, all at once: what
// cannot be read, a form without names, an algorithm that there is not, an
// example that contradicts its rule.
func Load(fsys fs.FS) (*Set, error) {
	b, err := fs.ReadFile(fsys, File)
	if err != nil {
		return nil, fmt.Errorf("number: %w", err)
	}
	var all []entry
	if err := definition.Decode(b, &all); err != nil {
		var ye yaml.Error
		if errors.As(err, &ye) && ye.GetToken() != nil {
			return nil, fmt.Errorf("%s:%d: %s", File, ye.GetToken().Position.Line, ye.GetMessage())
		}
		return nil, fmt.Errorf("%s: %w", File, err)
	}
	s := &Set{byID: map[string]*Form{}}
	var faults []error
	for i := range all {
		e := &all[i]
		fault := func(format string, args ...any) {
			faults = append(faults, fmt.Errorf("%s:%d: %s: %s", File, e.line, e.ID, fmt.Sprintf(format, args...)))
		}
		f := e.compile(fault)
		if s.byID[e.ID] != nil {
			fault("stands twice; take one away")
		}
		if f != nil {
			f.tryExamples(fault)
			s.forms = append(s.forms, f)
			s.byID[f.ID] = f
		}
	}
	return s, errors.Join(faults...)
}

// compile turns an entry into a form, nil where it has a fault.
func (e *entry) compile(fault func(string, ...any)) *Form {
	if e.ID == "" || e.Names["en"] == "" || e.Names["zh"] == "" {
		fault("an id and names in en and zh are needed")
		return nil
	}
	pattern, err := regexp.Compile(e.Pattern)
	if err != nil {
		fault("pattern: %v", err)
		return nil
	}
	if _, known := checks[e.Check]; !known {
		fault("there is no check %q", e.Check)
		return nil
	}
	if len(e.Valid) == 0 || len(e.Invalid) == 0 {
		fault("at least one valid and one invalid example are needed")
	}
	return &Form{
		ID: e.ID, Names: e.Names, Check: e.Check, Personal: e.Personal, Valid: e.Valid, Invalid: e.Invalid,
		rank: e.Rank, pattern: pattern, form: e.Form, digits: e.Digits,
	}
}

// tryExamples reads the examples: valid ones must have the form and a sound check
// digit and keep their normal form, invalid ones must fail one of these.
func (f *Form) tryExamples(fault func(string, ...any)) {
	for _, v := range f.Valid {
		r, err := f.read(fold(v))
		switch {
		case err != nil:
			fault("%q should be valid and does not fit the pattern", v)
		case r.Check == Wrong:
			fault("%q should be valid and its check digit is wrong", v)
		default:
			if again, err := f.read(r.Normal); err != nil || again.Normal != r.Normal {
				fault("the normal form %q of %q is not one itself", r.Normal, v)
			}
		}
	}
	for _, v := range f.Invalid {
		if r, err := f.read(fold(v)); err == nil && r.Check != Wrong {
			fault("%q should be invalid and is read as %q", v, r.Normal)
		}
	}
}
