package region

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"onewindow/internal/date"
	"onewindow/internal/definition"
	"onewindow/internal/ierr"
)

// dir is the folder of the packs among the definitions.
const dir = "regions"

// specialsFile names what every pack has beside its units.
const specialsFile = "special.yaml"

// maxUnits bounds a pack, so that an index fits 16 bits with room to spare.
const maxUnits = 20000

var (
	idForm       = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)
	unitForm     = regexp.MustCompile(`^[0-9]{6}$`)
	groupForm    = regexp.MustCompile(`^[A-Z][A-Z0-9-]{1,15}$`)
	postcodeForm = regexp.MustCompile(`^[0-9]{2,6}$`)
)

// Info says which pack there is.
type Info struct {
	ID    string
	Names map[string]string // of the province, by language
}

// List returns the packs among the definitions, by id.
func List(fsys fs.FS) ([]Info, error) {
	files, err := fs.Glob(fsys, dir+"/*.yaml")
	if err != nil {
		return nil, err
	}
	var all []Info
	for _, file := range files {
		if path.Base(file) == specialsFile {
			continue
		}
		p, err := Load(fsys, strings.TrimSuffix(path.Base(file), ".yaml"))
		if err != nil {
			return nil, err
		}
		all = append(all, Info{ID: p.id, Names: p.names})
	}
	slices.SortFunc(all, func(a, b Info) int { return cmp.Compare(a.ID, b.ID) })
	return all, nil
}

// Load reads the pack regions/<id>.yaml. An id that no file has is an ierr of
// kind NotFound; faults in a file are named with file and line, all at once.
func Load(fsys fs.FS, id string) (*Pack, error) {
	file := dir + "/" + id + ".yaml"
	if !idForm.MatchString(id) || dir+"/"+specialsFile == file {
		return nil, unknownPack(fsys, id, nil)
	}
	b, err := fs.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, unknownPack(fsys, id, err)
	}
	if err != nil {
		return nil, err
	}
	var y packFile
	if err := decode(file, b, &y); err != nil {
		return nil, err
	}
	l := &loader{file: file, pack: &Pack{id: y.ID, names: y.Names, root: y.Code, byCode: map[string]*Unit{}}}
	l.check(y.ID == id, 1, "id is %q in a file named %s", y.ID, id)
	l.head(&y)
	l.units(y.Units)
	l.groups(y.Groups)
	l.population(y.Population)
	if err := errors.Join(l.faults...); err != nil {
		return nil, err
	}
	if l.pack.specials, err = loadSpecials(fsys); err != nil {
		return nil, err
	}
	if y.Towns != "" {
		if l.pack.towns, err = loadTowns(fsys, y.Towns, l.pack); err != nil {
			return nil, err
		}
	}
	l.pack.build()
	return l.pack, nil
}

func unknownPack(fsys fs.FS, id string, cause error) error {
	files, _ := fs.Glob(fsys, dir+"/*.yaml")
	var known []string
	for _, f := range files {
		if name := strings.TrimSuffix(path.Base(f), ".yaml"); name+".yaml" != specialsFile {
			known = append(known, name)
		}
	}
	return ierr.Wrap(cause, ierr.NotFound, "region.pack_unknown", ierr.Args{"id": clip(id), "known": strings.Join(known, ", ")})
}

// The shape of a pack's file.
type packFile struct {
	ID         string            `yaml:"id"`
	Code       string            `yaml:"code"`
	Names      map[string]string `yaml:"names"`
	TimeZone   string            `yaml:"time_zone"`
	Other      Other             `yaml:"other"`
	Towns      string            `yaml:"towns"`
	Groups     []at[groupEntry]  `yaml:"groups"`
	Population []at[populEntry]  `yaml:"population"`
	Units      []at[unitEntry]   `yaml:"units"`
}

type groupEntry struct {
	Code    string            `yaml:"code"`
	Names   map[string]string `yaml:"names"`
	Aliases []string          `yaml:"aliases"`
	Members []string          `yaml:"members"`
}

type populEntry struct {
	Vintage string           `yaml:"vintage"`
	Source  string           `yaml:"source"`
	Persons map[string]int64 `yaml:"persons"`
}

type unitEntry struct {
	Code       string            `yaml:"code"`
	Kind       Kind              `yaml:"kind"`
	Parent     string            `yaml:"parent"`
	Names      map[string]string `yaml:"names"`
	Former     []string          `yaml:"former"`
	Aliases    []string          `yaml:"aliases"`
	Local      []string          `yaml:"local"`
	Postcodes  []string          `yaml:"postcodes"`
	ValidFrom  string            `yaml:"valid_from"`
	ValidTo    string            `yaml:"valid_to"`
	Successors []string          `yaml:"successors"`
}

// at is an entry and the line that it begins on.
type at[T any] struct {
	v    T
	line int
}

// UnmarshalYAML reads the entry, refusing fields that it has not.
func (a *at[T]) UnmarshalYAML(node ast.Node) error {
	for n := node; ; {
		a.line = n.GetToken().Position.Line
		m, ok := n.(*ast.MappingNode)
		if !ok || len(m.Values) == 0 {
			break
		}
		n = m.Values[0].Key
	}
	return yaml.NodeToValue(node, &a.v, yaml.Strict())
}

// decode reads one file, naming it in the error.
func decode(file string, b []byte, into any) error {
	if err := definition.Decode(b, into); err != nil {
		var ye yaml.Error
		if errors.As(err, &ye) && ye.GetToken() != nil {
			return fmt.Errorf("%s:%d: %s", file, ye.GetToken().Position.Line, ye.GetMessage())
		}
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

func loadSpecials(fsys fs.FS) ([]special, error) {
	file := dir + "/" + specialsFile
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, err
	}
	var all []at[special]
	if err := decode(file, b, &all); err != nil {
		return nil, err
	}
	found := map[string]special{}
	for _, s := range all {
		if len(s.v.Names) == 0 {
			return nil, fmt.Errorf("%s:%d: %s has no name", file, s.line, s.v.Code)
		}
		found[s.v.Code] = s.v
	}
	var specials []special
	for _, code := range [...]string{Unknown, Elsewhere, Disputed} {
		s, ok := found[code]
		if !ok {
			return nil, fmt.Errorf("%s: %s is missing", file, code)
		}
		specials = append(specials, s)
	}
	if len(all) != len(specials) {
		return nil, fmt.Errorf("%s: names codes other than %s, %s and %s", file, Unknown, Elsewhere, Disputed)
	}
	return specials, nil
}

// loader turns the entries of one file into a pack and collects their faults.
type loader struct {
	file   string
	pack   *Pack
	faults []error
}

func (l *loader) check(ok bool, line int, format string, args ...any) {
	if !ok {
		l.faults = append(l.faults, fmt.Errorf("%s:%d: %s", l.file, line, fmt.Sprintf(format, args...)))
	}
}

func (l *loader) head(y *packFile) {
	p := l.pack
	l.check(unitForm.MatchString(y.Code), 1, "code %q is not six digits", y.Code)
	l.check(len(y.Names) > 0, 1, "names are missing")
	l.check(groupForm.MatchString(y.Other.Code) && len(y.Other.Names) > 0, 1, "other needs a code of capitals and names")
	p.other = y.Other
	loc, err := time.LoadLocation(y.TimeZone)
	l.check(err == nil && y.TimeZone != "", 1, "time_zone %q is not a zone of the IANA database", y.TimeZone)
	p.location = loc
}

func (l *loader) units(entries []at[unitEntry]) {
	p := l.pack
	l.check(len(entries) <= maxUnits, 1, "more than %d units", maxUnits)
	lines := map[string]int{}
	postcodes := map[string]string{}
	for _, e := range entries {
		y, line := e.v, e.line
		l.check(unitForm.MatchString(y.Code), line, "code %q is not six digits", y.Code)
		l.check(lines[y.Code] == 0, line, "unit %s stands already in line %d", y.Code, lines[y.Code])
		l.check(levels[y.Kind] != 0, line, "unit %s: kind %q is none of province, city, district, county, county_city, zone", y.Code, y.Kind)
		l.check(len(y.Names) > 0, line, "unit %s has no name", y.Code)
		lines[y.Code] = line
		u := &Unit{Code: y.Code, Kind: y.Kind, Parent: y.Parent, Names: y.Names, Former: y.Former, Aliases: y.Aliases, Local: y.Local, Postcodes: y.Postcodes, Successors: y.Successors}
		u.ValidFrom, _ = l.day(y.ValidFrom, line)
		_, u.ValidTo = l.day(y.ValidTo, line)
		l.check(u.ValidTo == 0 || u.ValidTo > u.ValidFrom, line, "unit %s ends before it begins", y.Code)
		l.check((u.ValidTo != 0) == (len(u.Successors) > 0), line, "unit %s: valid_to and successors go together", y.Code)
		for _, prefix := range y.Postcodes {
			l.check(postcodeForm.MatchString(prefix), line, "unit %s: postcode prefix %q is not 2 to 6 digits", y.Code, prefix)
			l.check(postcodes[prefix] == "", line, "unit %s: postcode prefix %s belongs to %s already", y.Code, prefix, postcodes[prefix])
			postcodes[prefix] = y.Code
		}
		p.units = append(p.units, u)
		p.byCode[u.Code] = u
	}
	root := p.byCode[p.root]
	l.check(root != nil && root.Kind == Province, 1, "code %s is not a unit of kind province", p.root)
	for _, u := range p.units {
		line := lines[u.Code]
		if u.Parent == "" && u.Code != p.root {
			u.Parent = p.above(u.Code)
		}
		parent := p.byCode[u.Parent]
		l.check(u.Code == p.root || parent != nil && parent.Level() < u.Level(), line, "unit %s: its parent %q is no unit above it", u.Code, u.Parent)
		for _, s := range u.Successors {
			l.check(p.byCode[s] != nil && s != u.Code, line, "unit %s: its successor %q is no other unit", u.Code, s)
		}
	}
}

// above returns the parent that a code of GB/T 2260 has by its digits: the city
// of the first four if the pack has it, else the province.
func (p *Pack) above(code string) string {
	if len(code) == 6 {
		if city := code[:4] + "00"; city != code && p.byCode[city] != nil {
			return city
		}
	}
	return p.root
}

// day reads a day or a month; of a month it gives the first day and the last.
func (l *loader) day(s string, line int) (first, last date.Date) {
	if s == "" {
		return 0, 0
	}
	if d, err := date.Parse(s); err == nil {
		return d, d
	}
	d, err := date.Parse(s + "-01")
	l.check(err == nil, line, "%q is neither a day nor a month", s)
	return d, date.OfTime(d.Time(time.UTC).AddDate(0, 1, -1))
}

func (l *loader) groups(entries []at[groupEntry]) {
	p := l.pack
	for _, e := range entries {
		g := Group{Code: e.v.Code, Names: e.v.Names, Aliases: e.v.Aliases, Members: e.v.Members}
		l.check(groupForm.MatchString(g.Code) && g.Code != p.other.Code && p.group(g.Code) == nil, e.line, "group code %q is not of its own or not of capitals", g.Code)
		l.check(len(g.Names) > 0 && len(g.Members) > 0, e.line, "group %s needs names and members", g.Code)
		for _, m := range g.Members {
			l.check(p.byCode[m] != nil, e.line, "group %s: its member %q is no unit", g.Code, m)
		}
		p.groups = append(p.groups, g)
	}
}

func (l *loader) population(entries []at[populEntry]) {
	for _, e := range entries {
		day, err := date.Parse(e.v.Vintage)
		l.check(err == nil, e.line, "vintage %q is not a day", e.v.Vintage)
		l.check(e.v.Source != "", e.line, "the population of %s has no source", e.v.Vintage)
		for code, n := range e.v.Persons {
			l.check(l.pack.byCode[code] != nil && n > 0, e.line, "population of %q: no unit, or not above zero", code)
		}
		l.pack.vintages = append(l.pack.vintages, vintage{day, e.v.Source, e.v.Persons})
	}
}
