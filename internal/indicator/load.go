package indicator

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"onewindow/internal/definition"
	"onewindow/internal/region"
)

// Folder is where the definitions stand.
const Folder = "indicators"

// Lists holds the units, codelists and bases that definitions name, and what makes
// up the region.
const listsFile = Folder + "/lists/lists.yaml"

// rowsFolder holds the schemes of reporting units, a file a region.
const rowsFolder = Folder + "/rows"

// Set is all definitions of a region, with the lists that they name.
type Set struct {
	Definitions []*Definition // by id
	Units       map[string]*Unit
	Codelists   map[string]*Codelist
	Bases       map[string]map[string]string // names by language
	Schemes     map[string]*Scheme
	Subjects    []Subject // in the order in which they are shown
	Headlines   []string  // ids of the indicators that stand for the whole

	byID  map[string]*Definition
	whole string
}

// Definition returns a definition, nil if there is none of that id.
func (s *Set) Definition(id string) *Definition { return s.byID[id] }

// Whole returns the code of the whole region.
func (s *Set) Whole() string { return s.whole }

// Unknown returns what of a figure's name there is not: its indicator, a dimension, a
// code, a region that is no reporting unit, or a view; empty where there is all.
func (s *Set) Unknown(r Ref) string {
	d := s.byID[r.Indicator]
	if d == nil {
		return r.Indicator
	}
	for dim, code := range r.Parts.All {
		m := d.Dimension(dim)
		if m == nil {
			return dim
		}
		if !slices.ContainsFunc(s.Codelists[m.Codelist].Codes, func(x Code) bool { return x.ID == code }) {
			return dim + "=" + code
		}
	}
	if sc := s.Schemes[d.Rows]; sc != nil && r.Region != "" && !sc.Has(r.Region) {
		return r.Region
	}
	if over := r.View.Over(); !r.View.Known() || over != "" && over != rowsDimension && d.Dimension(over) == nil {
		return "#" + string(r.View)
	}
	return ""
}

type lists struct {
	Units     map[string]*Unit             `yaml:"units"`
	Codelists map[string]*Codelist         `yaml:"codelists"`
	Bases     map[string]map[string]string `yaml:"bases"`
	Subjects  []Subject                    `yaml:"subjects"`
	Headlines []string                     `yaml:"headlines"`
}

type schemeFile struct {
	Schemes map[string]struct {
		Names  map[string]string `yaml:"names"`
		Beside []string          `yaml:"beside"`
		Other  bool              `yaml:"other"`
	} `yaml:"schemes"`
}

// Load reads every definition for a region. Faults are named with file and line and
// with what to do, all of them at once.
func Load(fsys fs.FS, pack *region.Pack) (*Set, error) {
	s := &Set{byID: map[string]*Definition{}, Schemes: map[string]*Scheme{}, whole: pack.Code()}
	var l lists
	if err := read(fsys, listsFile, &l); err != nil {
		return nil, err
	}
	s.Units, s.Codelists, s.Bases, s.Subjects, s.Headlines = l.Units, l.Codelists, l.Bases, l.Subjects, l.Headlines
	if err := s.schemes(fsys, pack); err != nil {
		return nil, err
	}
	files, err := fs.Glob(fsys, Folder+"/*.yaml")
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, file := range files {
		d := &located{}
		if err := read(fsys, file, d); err != nil {
			faults = append(faults, err)
			continue
		}
		d.File = file
		if want := strings.TrimSuffix(path.Base(file), ".yaml"); d.ID != want {
			faults = append(faults, d.fault("id", "the id is %q; name the file %s.yaml or the id %s", d.ID, d.ID, want))
		}
		s.byID[d.ID] = &d.Definition
		s.Definitions = append(s.Definitions, &d.Definition)
		faults = append(faults, s.lint(d)...)
	}
	for _, d := range s.Definitions {
		faults = append(faults, s.links(d)...)
	}
	for _, id := range s.Headlines {
		if s.byID[id] == nil {
			faults = append(faults, fmt.Errorf("%s: headlines name %q, which is no indicator; add %s/%s.yaml or mend the name", listsFile, id, Folder, id))
		}
	}
	slices.SortFunc(s.Definitions, func(a, b *Definition) int { return strings.Compare(a.ID, b.ID) })
	return s, errors.Join(faults...)
}

func read(fsys fs.FS, name string, into any) error {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	err = definition.Decode(b, into)
	var ye yaml.Error
	if errors.As(err, &ye) {
		return fmt.Errorf("%s:%d: %s", name, ye.GetToken().Position.Line, ye.GetMessage())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// located is a definition with the lines of its entries.
type located struct {
	Definition
	lines map[string]int
}

// UnmarshalYAML reads a definition and remembers the line of each entry.
func (d *located) UnmarshalYAML(node ast.Node) error {
	d.lines = map[string]int{}
	var entries []*ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingNode:
		entries = n.Values
	case *ast.MappingValueNode:
		entries = []*ast.MappingValueNode{n}
	}
	for _, e := range entries {
		d.lines[e.Key.String()] = e.Key.GetToken().Position.Line
	}
	if err := yaml.NodeToValue(node, &d.Definition, yaml.Strict()); err != nil {
		return err
	}
	d.Line = max(d.lines["id"], 1)
	return nil
}

func (d *located) fault(entry, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", d.File, max(d.lines[entry], 1), fmt.Sprintf(format, args...))
}

var idForm = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)

// lint finds the faults that a definition shows by itself and beside the lists.
func (s *Set) lint(d *located) []error {
	var faults []error
	check := func(ok bool, entry, format string, args ...any) {
		if !ok {
			faults = append(faults, d.fault(entry, format, args...))
		}
	}
	check(idForm.MatchString(d.ID), "id", "%q is no id; write area.name in small letters, digits and _", d.ID)
	check(len(s.Subjects) == 0 || s.SubjectOf(&d.Definition) != nil, "id", "%q begins with an area that no subject has; add it to one in %s", d.ID, listsFile)
	check(len(d.Names) > 0, "names", "there are no names; give one in each language")
	check(slices.Contains(Kinds, d.Kind), "kind", "%q is no kind; take one of %v", d.Kind, Kinds)
	check(s.Units[d.Unit] != nil, "unit", "%q is no unit; take one of %s or add it to %s", d.Unit, keys(s.Units), listsFile)
	check(d.Places >= 0 && d.Places <= 6, "places", "%d decimal places; take 0 to 6", d.Places)
	check(d.Basis == "" || s.Bases[d.Basis] != nil, "basis", "%q is no basis; take one of %s or add it to %s", d.Basis, keys(s.Bases), listsFile)
	check(d.Rows == "" || s.Schemes[d.Rows] != nil, "rows", "%q is no scheme of reporting units; take one of %s", d.Rows, keys(s.Schemes))
	check((d.Kind == Ratio) == (d.Of != nil), "of", "a ratio, and nothing else, says what it is of")
	for _, m := range d.Dimensions {
		check(s.Codelists[m.Codelist] != nil, "dimensions", "%q is no codelist; take one of %s or add it to %s", m.Codelist, keys(s.Codelists), listsFile)
		check(m.Parts == Exhaustive || m.Parts == Including || m.Parts == Loose, "dimensions",
			"the parts of %s are %q; write %s, %s or %s", m.ID, m.Parts, Exhaustive, Including, Loose)
		check(m.ID != "" && m.ID != "rows", "dimensions", "%q cannot be the id of a dimension", m.ID)
	}
	if c := d.Count; c != nil {
		check(c.Query != "", "count", "there is no query; say in the query language what is counted")
		check(c.Force != (c.Day != ""), "count", "a count has either force, of a stock, or the day that falls within the period, of a flow")
		check(c.Force == (d.Kind == Stock), "count", "a stock counts what is in force, a flow what falls within the period")
		_, err := ParsePeriod(c.Since)
		check(c.Since == "" || err == nil, "count", "since: %v", err)
		for dim := range c.By {
			check(d.Dimension(dim) != nil, "count", "%q is no dimension of it", dim)
		}
	}
	for _, v := range d.Reported {
		check(v != Level && slices.Contains(Views, v), "reported", "%q is no view; take one of %v", v, Views[1:])
	}
	return faults
}

// links finds the indicators that a definition names and that there are not.
func (s *Set) links(d *Definition) []error {
	var faults []error
	named := slices.Concat(d.Sum, d.AtMost)
	if d.Of != nil {
		named = append(named, d.Of.Numerator, d.Of.Denominator)
	}
	for _, id := range named {
		if s.byID[id] == nil {
			faults = append(faults, fmt.Errorf("%s:%d: there is no indicator %q; add %s/%s.yaml or mend the name", d.File, d.Line, id, Folder, id))
		}
	}
	return faults
}

func keys[V any](m map[string]V) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), ", ")
}

// schemes reads the reporting units of the region.
func (s *Set) schemes(fsys fs.FS, pack *region.Pack) error {
	name := rowsFolder + "/" + pack.ID() + ".yaml"
	var f schemeFile
	if err := read(fsys, name, &f); err != nil {
		return err
	}
	for id, x := range f.Schemes {
		sc := &Scheme{ID: id, Names: x.Names, Beside: x.Beside, Whole: pack.Code(), Groups: map[string][]string{}}
		for _, u := range pack.Units() {
			if u.Level() == region.CityLevel && u.Valid(0) {
				sc.Rows = append(sc.Rows, u.Code)
			}
		}
		for _, code := range x.Beside {
			if pack.Unit(code) == nil {
				return fmt.Errorf("%s: scheme %s lists %q, which the region has not", name, id, code)
			}
		}
		sc.Rows = append(sc.Rows, x.Beside...)
		if x.Other {
			sc.Other = pack.Other()
		}
		for _, g := range pack.Groups() {
			sc.Groups[g.Code] = g.Members
		}
		s.Schemes[id] = sc
	}
	return nil
}
