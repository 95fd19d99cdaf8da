// Package returns keeps what member bodies report: the figures that no register
// holds, by period, signed by who prepared and who approved them. A return is never
// overwritten: a correction is a revision with its reason.
package returns

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"onewindow/internal/date"
	"onewindow/internal/decimal"
	"onewindow/internal/definition"
	"onewindow/internal/indicator"
)

// Folder is where the forms stand in the definitions.
const Folder = "returns"

// MaxCells is how many numbers a form may ask for.
const MaxCells = 2000

// Form says what a body reports, and when.
type Form struct {
	ID     string
	Names  map[string]string
	Body   map[string]string // name of the body that reports, by language
	Every  byte              // 0 for every year, else the part of a year: 'S', 'Q', 'M'
	Days   int               // a return is due so many days after its period
	Change decimal.Number    // change against the period before, in percent, beyond which a reason is needed
	Cells  []Cell
}

// Cell is one number that a form asks for.
type Cell struct {
	Ref      indicator.Ref // without its period
	Required bool
}

// Due returns the last day on which the return of a period is in time.
func (f *Form) Due(p indicator.Period) date.Date { return p.Last().AddDays(f.Days) }

// Reports tells whether a body, by its name in any language, is the one that reports
// with the form.
func (f *Form) Reports(body string) bool {
	body = strings.TrimSpace(body)
	for _, name := range f.Body {
		if body != "" && strings.EqualFold(strings.TrimSpace(name), body) {
			return true
		}
	}
	return false
}

// Of tells whether a period is of the form's rhythm.
func (f *Form) Of(p indicator.Period) bool { return p.Part == f.Every && p != indicator.Period{} }

// Latest returns the last period that had ended by a day.
func (f *Form) Latest(on date.Date) indicator.Period {
	p := indicator.Year(on.Year())
	if f.Every != 0 {
		p.Part, p.N = f.Every, uint8(indicator.PartsOf(f.Every))
	}
	for p.Last() >= on {
		p = f.Before(p)
	}
	return p
}

// Before returns the period that ends where p begins.
func (f *Form) Before(p indicator.Period) indicator.Period {
	if p.Part == 0 {
		return p.Prior()
	}
	if p.N == 1 {
		p = p.Prior()
		p.N = uint8(indicator.PartsOf(p.Part))
		return p
	}
	p.N--
	return p
}

// cell returns the place of a figure in the form, -1 where the form has it not.
func (f *Form) cell(r indicator.Ref) int {
	return slices.IndexFunc(f.Cells, func(c Cell) bool { return c.Ref.In(indicator.Period{}) == r.In(indicator.Period{}) })
}

// The shape of a form's file.
type formFile struct {
	ID     string            `yaml:"id"`
	Names  map[string]string `yaml:"names"`
	Body   map[string]string `yaml:"body"`
	Every  string            `yaml:"every"`
	Days   int               `yaml:"due_days"`
	Change decimal.Number    `yaml:"change"`
	Lines  []line            `yaml:"lines"`
}

// line asks for an indicator: the whole, its parts along dimensions, and views.
type line struct {
	lineFields
	at int
}

type lineFields struct {
	Indicator string           `yaml:"indicator"`
	Whole     *bool            `yaml:"whole"` // whether the whole is asked for; true where nothing is said
	By        []string         `yaml:"by"`    // dimensions, each by itself; rows for the reporting units
	Codes     []string         `yaml:"codes"` // only these parts, as dimension=code
	Views     []indicator.View `yaml:"views"` // besides the level
	Level     *bool            `yaml:"level"` // whether the level is asked for; true where nothing is said
	Optional  bool             `yaml:"optional"`
}

// UnmarshalYAML reads a line and remembers where it stands.
func (l *line) UnmarshalYAML(node ast.Node) error {
	l.at = node.GetToken().Position.Line
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		l.at = m.Values[0].Key.GetToken().Position.Line
	}
	return yaml.NodeToValue(node, &l.lineFields, yaml.Strict())
}

// Load reads every form. Faults are named with file and line and with what to do, all
// of them at once.
func Load(fsys fs.FS, set *indicator.Set) ([]*Form, error) {
	files, err := fs.Glob(fsys, Folder+"/*.yaml")
	if err != nil {
		return nil, err
	}
	var forms []*Form
	var faults []error
	for _, file := range files {
		b, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		f, err := parse(file, b, set)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		forms = append(forms, f)
	}
	return forms, errors.Join(faults...)
}

// parse reads one form.
func parse(file string, b []byte, set *indicator.Set) (*Form, error) {
	var raw formFile
	if err := definition.Decode(b, &raw); err != nil {
		var ye yaml.Error
		if errors.As(err, &ye) {
			return nil, fmt.Errorf("%s:%d: %s", file, ye.GetToken().Position.Line, ye.GetMessage())
		}
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	f := &Form{ID: raw.ID, Names: raw.Names, Body: raw.Body, Days: raw.Days, Change: raw.Change}
	var faults []error
	check := func(ok bool, at int, format string, args ...any) {
		if !ok {
			faults = append(faults, fmt.Errorf("%s:%d: %s", file, max(at, 1), fmt.Sprintf(format, args...)))
		}
	}
	want := strings.TrimSuffix(path.Base(file), ".yaml")
	check(raw.ID == want, 1, "the id is %q; name the file %s.yaml or the id %s", raw.ID, raw.ID, want)
	check(len(raw.Names) > 0 && len(raw.Body) > 0, 1, "a form needs names, and the body that reports")
	every, ok := map[string]byte{"year": 0, "half": 'S', "quarter": 'Q', "month": 'M'}[raw.Every]
	check(ok, 1, "every is %q; write year, half, quarter or month", raw.Every)
	check(raw.Days > 0, 1, "due_days says how many days after its period a return is due")
	f.Every = every
	for i := range raw.Lines {
		l := &raw.Lines[i]
		cells, err := l.cells(set)
		check(err == nil, l.at, "%v", err)
		for _, c := range cells {
			check(f.cell(c.Ref) < 0, l.at, "%s is asked for twice", c.Ref)
			f.Cells = append(f.Cells, c)
		}
	}
	check(len(f.Cells) > 0 && len(f.Cells) <= MaxCells, 1, "a form asks for 1 to %d numbers, this one for %d", MaxCells, len(f.Cells))
	return f, errors.Join(faults...)
}

// cells returns the numbers that a line asks for, wholes before parts, levels before
// views.
func (l *line) cells(set *indicator.Set) ([]Cell, error) {
	d := set.Definition(l.Indicator)
	if d == nil {
		return nil, fmt.Errorf("there is no indicator %q", l.Indicator)
	}
	base := indicator.Ref{Indicator: d.ID, Region: set.Whole()}
	var refs []indicator.Ref
	if l.Whole == nil || *l.Whole {
		refs = append(refs, base)
	}
	for _, code := range l.Codes {
		p, err := indicator.ParseParts(code)
		if err != nil {
			return nil, err
		}
		refs = append(refs, base.Of(p))
	}
	for _, by := range l.By {
		more, err := along(set, d, base, by)
		if err != nil {
			return nil, err
		}
		refs = append(refs, more...)
	}
	var cells []Cell
	for _, r := range refs {
		if what := set.Unknown(r); what != "" {
			return nil, fmt.Errorf("%s has no %q", d.ID, what)
		}
		if l.Level == nil || *l.Level {
			cells = append(cells, Cell{r, !l.Optional})
		}
		for _, v := range l.Views {
			if !slices.Contains(d.Reported, v) {
				return nil, fmt.Errorf("%s is not reported as %q; the definition's entry reported says what may be", d.ID, v)
			}
			cells = append(cells, Cell{r.Seen(v), !l.Optional})
		}
	}
	return cells, nil
}

// along returns the parts of an indicator along a dimension, or its reporting units.
func along(set *indicator.Set, d *indicator.Definition, base indicator.Ref, by string) ([]indicator.Ref, error) {
	var out []indicator.Ref
	if by == "rows" {
		sc := set.Schemes[d.Rows]
		if sc == nil {
			return nil, fmt.Errorf("%s has no reporting units", d.ID)
		}
		for _, code := range sc.Rows {
			out = append(out, base.At(code))
		}
		if sc.Other != "" {
			out = append(out, base.At(sc.Other))
		}
		return out, nil
	}
	m := d.Dimension(by)
	if m == nil {
		return nil, fmt.Errorf("%s has no dimension %q", d.ID, by)
	}
	for _, c := range set.Codelists[m.Codelist].Codes {
		out = append(out, base.Of(indicator.MakeParts(by, c.ID)))
	}
	return out, nil
}
