package supply

import (
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
	"github.com/goccy/go-yaml/parser"

	"onewindow/internal/date"
	"onewindow/internal/definition"
	"onewindow/internal/record"
)

// dir is the folder of the sources among the definitions.
const dir = "sources"

// Sources are all sources that the definitions describe.
type Sources struct {
	list []*Source
	by   map[string]*Source
}

// The shape of a file.
type file struct {
	ID      string            `yaml:"id"`
	Names   map[string]string `yaml:"names"`
	About   map[string]string `yaml:"about"`
	Offices []string          `yaml:"offices"`
	Kinds   []record.Kind     `yaml:"kinds"`
	Licence string            `yaml:"licence"`
	Formats []string          `yaml:"formats"`
	Files   []string          `yaml:"files"`
	Issues  struct {
		On     []string  `yaml:"on"`
		Months int       `yaml:"every_months"`
		Since  date.Date `yaml:"since"`
	} `yaml:"issues"`
	Expect struct {
		File     Expectation `yaml:"file"`
		Delivery Expectation `yaml:"delivery"`
	} `yaml:"expect"`
}

var (
	idForm     = regexp.MustCompile(`^[a-z][a-z0-9-]{0,47}$`)
	ownMapping = regexp.MustCompile(`-[0-9a-f]{8}$`)
	officeForm = regexp.MustCompile(`^([A-Z]{2}|\*)$`)
)

var weekdays = map[string]time.Weekday{
	"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday,
	"friday": time.Friday, "saturday": time.Saturday, "sunday": time.Sunday,
}

// Load reads all sources among the definitions. formats are the ids of the wire
// formats and mappings there are. Faults are named with file and line, all at once.
func Load(fsys fs.FS, formats []string) (*Sources, error) {
	out := &Sources{by: map[string]*Source{}}
	files, err := fs.Glob(fsys, dir+"/*.yaml")
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, name := range files {
		s, err := read(fsys, name, formats)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		out.list, out.by[s.ID] = append(out.list, s), s
	}
	for i, s := range out.list {
		for _, o := range out.list[:i] {
			if f := alike(s, o); f != "" {
				faults = append(faults, fmt.Errorf("%s/%s.yaml: a file of %s would belong to %s as well", dir, s.ID, f, o.ID))
			}
		}
	}
	return out, errors.Join(faults...)
}

// alike returns a format of which a file of any name suits two sources alike, "" if
// there is none.
func alike(a, b *Source) string {
	if (len(a.Files) == 0) != (len(b.Files) == 0) {
		return ""
	}
	for _, f := range a.Formats {
		if !slices.Contains(b.Formats, f) {
			continue
		}
		if len(a.Files) == 0 || slices.ContainsFunc(a.Files, func(p string) bool { return slices.Contains(b.Files, p) }) {
			return f
		}
	}
	return ""
}

// checker gathers the faults of one file with their lines.
type checker struct {
	name   string
	tree   *ast.File
	faults []error
}

// line returns the line that a path of the file stands on, 1 where it is not there.
func (c *checker) line(at string) int {
	p, err := yaml.PathString("$." + at)
	if err != nil {
		return 1
	}
	node, err := p.FilterFile(c.tree)
	if err != nil || node == nil {
		return 1
	}
	return node.GetToken().Position.Line
}

func (c *checker) check(ok bool, at, format string, args ...any) {
	if !ok {
		c.faults = append(c.faults, fmt.Errorf("%s:%d: %s: %s", c.name, c.line(at), at, fmt.Sprintf(format, args...)))
	}
}

func read(fsys fs.FS, name string, formats []string) (*Source, error) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	var f file
	if err := definition.Decode(b, &f); err != nil {
		var ye yaml.Error
		if errors.As(err, &ye) && ye.GetToken() != nil {
			return nil, fmt.Errorf("%s:%d: %s", name, ye.GetToken().Position.Line, ye.GetMessage())
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	tree, err := parser.ParseBytes(b, 0)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	c := &checker{name: name, tree: tree}
	s := c.source(&f, formats)
	return s, errors.Join(c.faults...)
}

// source checks a file and makes a source of it.
func (c *checker) source(f *file, formats []string) *Source {
	c.check(f.ID == strings.TrimSuffix(path.Base(c.name), ".yaml") && idForm.MatchString(f.ID), "id", "%q in this file", f.ID)
	c.check(f.Names["en"] != "" && f.Names["zh"] != "", "names", "a name in en and in zh is needed")
	c.check(len(f.Offices) > 0, "offices", "at least one office is needed")
	for _, o := range f.Offices {
		c.check(officeForm.MatchString(o), "offices", "%q is no code of ST.3 and not *", o)
	}
	c.check(len(f.Kinds) > 0, "kinds", "at least one kind is needed")
	for _, k := range f.Kinds {
		c.check(slices.Contains(record.Kinds, k), "kinds", "%q is no kind of right", k)
	}
	c.check(f.Licence != "", "licence", "say under which licence the files may be used")
	c.check(len(f.Formats) > 0, "formats", "at least one format or mapping is needed")
	for _, id := range f.Formats {
		c.check(slices.Contains(formats, id), "formats", "there is no format or mapping %q", id)
	}
	for _, p := range f.Files {
		_, err := path.Match(p, "")
		c.check(err == nil && p != "", "files", "%q is no pattern of names", p)
	}
	s := &Source{
		ID: f.ID, Names: f.Names, About: f.About, Offices: f.Offices, Kinds: f.Kinds, Licence: f.Licence, Formats: f.Formats, Files: f.Files,
		Issues: Rhythm{Months: f.Issues.Months, Since: f.Issues.Since}, File: f.Expect.File, Total: f.Expect.Delivery,
	}
	for _, name := range f.Issues.On {
		day, ok := weekdays[name]
		c.check(ok, "issues.on", "%q is no day of the week", name)
		s.Issues.Weekdays = append(s.Issues.Weekdays, day)
	}
	c.check(f.Issues.Months >= 0 && f.Issues.Months <= 120, "issues.every_months", "%d months", f.Issues.Months)
	c.check(f.Issues.Months == 0 || len(f.Issues.On) == 0, "issues.every_months", "not together with days of the week")
	c.expectation("expect.file", s.File)
	c.check(s.File.Change == nil, "expect.file.change", "only a delivery is held against the one before")
	c.expectation("expect.delivery", s.Total)
	return s
}

func (c *checker) expectation(at string, e Expectation) {
	for _, r := range []struct {
		name string
		Range
	}{{"entries", e.Entries}, {"documents", e.Documents}} {
		c.check(r.Min == nil || *r.Min >= 0, at+"."+r.name, "the least number is below 0")
		c.check(r.Min == nil || r.Max == nil || *r.Min <= *r.Max, at+"."+r.name, "the least number is above the greatest")
	}
	for _, s := range []struct {
		name  string
		share *float64
		most  float64
	}{{"rejects", e.Rejects, 1}, {"flags", e.Flags, 1}, {"change", e.Change, 100}} {
		c.check(s.share == nil || *s.share >= 0 && *s.share <= s.most, at+"."+s.name, "a share from 0 to %g is needed", s.most)
	}
}

// All returns the sources in the order of their ids.
func (s *Sources) All() []*Source { return s.list }

// Get returns a source, nil if there is none.
func (s *Sources) Get(id string) *Source { return s.by[id] }

// Of returns the source that a file of a format belongs to, nil where it belongs to
// none. A source that knows the name of the file goes before one that knows its format
// alone. The format of a mapping that came with a load carries a part of its hash, which
// is not looked at.
func (s *Sources) Of(file, format string) *Source {
	format = ownMapping.ReplaceAllString(format, "")
	var best *Source
	for _, o := range s.list {
		if n := o.fits(file, format); n > 0 && (best == nil || n > best.fits(file, format)) {
			best = o
		}
	}
	return best
}
