package tabular

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"onewindow/internal/definition"
	"onewindow/internal/number"
	"onewindow/internal/record"
)

// Folder is where the ready mappings stand in the definitions.
const Folder = "mappings"

// Load reads the forms of numbers and every ready mapping. Faults are named with
// file and line and with what to do, all of them at once.
func Load(fsys fs.FS) (*Set, error) {
	forms, err := number.Load(fsys)
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(fsys, Folder+"/*.yaml")
	if err != nil {
		return nil, err
	}
	s := &Set{forms: forms}
	var faults []error
	for _, file := range files {
		b, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		m, err := Parse(file, b, forms)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if want := strings.TrimSuffix(path.Base(file), ".yaml"); m.ID != want {
			faults = append(faults, fmt.Errorf("%s:1: the id is %q; name the file %s.yaml or the id %s", file, m.ID, m.ID, want))
		}
		s.Mappings = append(s.Mappings, m)
	}
	slices.SortFunc(s.Mappings, func(a, b *Mapping) int { return strings.Compare(a.ID, b.ID) })
	return s, errors.Join(faults...)
}

// MaxMapping is how many bytes a mapping may have.
const MaxMapping = 256 << 10

// The shape of a mapping's file.
type mappingFile struct {
	ID        string            `yaml:"id"`
	Names     map[string]string `yaml:"names"`
	About     map[string]string `yaml:"about"`
	Kind      string            `yaml:"kind"`
	Office    string            `yaml:"office"`
	Lang      string            `yaml:"lang"`
	Rank      int               `yaml:"rank"`
	Notice    bool              `yaml:"notice"`
	Event     string            `yaml:"event"`
	Recognise []string          `yaml:"recognise"`
	Needs     []string          `yaml:"needs"`
	Before    [][]string        `yaml:"before"`
	Join      *joinFile         `yaml:"join"`
	Constants map[string]string `yaml:"constants"`
	Columns   []columnFile      `yaml:"columns"`
}

type joinFile struct {
	By   string `yaml:"by"`
	Adds list   `yaml:"adds"`
}

type columnFile struct {
	ID       string            `yaml:"id"`
	Heads    map[string]list   `yaml:"heads"`
	About    map[string]string `yaml:"about"`
	Field    list              `yaml:"field"`
	Lang     string            `yaml:"lang"`
	Required bool              `yaml:"required"`
	Each     bool              `yaml:"each"`
	Along    bool              `yaml:"along"`
	Split    string            `yaml:"split"`
	Forms    list              `yaml:"forms"`
	Values   yaml.MapSlice     `yaml:"values"`
	Lax      bool              `yaml:"lax"`
	Pattern  string            `yaml:"pattern"`
	Take     string            `yaml:"take"`
	Dates    string            `yaml:"dates"`
	Unit     string            `yaml:"unit"`
	Examples list              `yaml:"examples"`

	line int
}

// list is one text or several.
type list []string

// UnmarshalYAML reads a text or a list of texts.
func (l *list) UnmarshalYAML(node ast.Node) error {
	if _, many := node.(*ast.SequenceNode); many {
		return yaml.NodeToValue(node, (*[]string)(l))
	}
	var one string
	if err := yaml.NodeToValue(node, &one); err != nil {
		return err
	}
	*l = list{one}
	return nil
}

// UnmarshalYAML reads a column and remembers its line.
func (c *columnFile) UnmarshalYAML(node ast.Node) error {
	type shape columnFile
	if err := yaml.NodeToValue(node, (*shape)(c), yaml.Strict(), yaml.UseOrderedMap()); err != nil {
		return err
	}
	c.line = node.GetToken().Position.Line
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		c.line = m.Values[0].Key.GetToken().Position.Line
	}
	return nil
}

// compiler turns a file into a mapping and collects its faults.
type compiler struct {
	file   string
	faults []error
	m      *Mapping
}

func (k *compiler) fault(line int, format string, args ...any) {
	k.faults = append(k.faults, fmt.Errorf("%s:%d: %s", k.file, line, fmt.Sprintf(format, args...)))
}

// Parse reads one mapping; file is its name in messages.
func Parse(file string, b []byte, forms *number.Set) (*Mapping, error) {
	if len(b) > MaxMapping {
		return nil, fmt.Errorf("%s:1: a mapping has at most %d bytes; take out what is no mapping", file, MaxMapping)
	}
	var y mappingFile
	if err := definition.Decode(b, &y); err != nil {
		var ye yaml.Error
		if errors.As(err, &ye) && ye.GetToken() != nil {
			return nil, fmt.Errorf("%s:%d: %s", file, ye.GetToken().Position.Line, ye.GetMessage())
		}
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	k := &compiler{file: file, m: &Mapping{
		ID: y.ID, Names: y.Names, About: y.About, Kind: record.Kind(y.Kind), Office: y.Office, Lang: y.Lang, Rank: y.Rank,
		Notice: y.Notice, Event: y.Event, forms: forms, byID: map[string]*Column{}, recognise: y.Recognise, needs: y.Needs,
	}}
	k.head(&y)
	for i := range y.Columns {
		k.column(&y.Columns[i])
	}
	k.references(&y)
	k.constants(&y)
	k.order()
	if len(k.faults) > 0 {
		return nil, errors.Join(k.faults...)
	}
	return k.m, nil
}

var (
	idForm     = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	officeForm = regexp.MustCompile(`^[A-Z]{2}$`)
)

func (k *compiler) head(y *mappingFile) {
	if !idForm.MatchString(y.ID) || len(y.ID) > 48 {
		k.fault(1, "id %q: write small letters, digits and hyphens", y.ID)
	}
	if y.Names["en"] == "" || y.Names["zh"] == "" {
		k.fault(1, "names: give one in en and one in zh")
	}
	if y.Kind != "" && !slices.Contains(record.Kinds, record.Kind(y.Kind)) {
		k.fault(1, "kind %q is none; use one of %s", y.Kind, strings.Join(kindNames(), ", "))
	}
	if !officeForm.MatchString(y.Office) {
		k.fault(1, "office %q: write its two letters of ST.3, such as CN", y.Office)
	}
	if y.Event != "" && !eventKnown(y.Event) {
		k.fault(1, "event %q is none; use one of %s, an ST.27 code or OFFICE:CODE", y.Event, strings.Join(eventCodes, ", "))
	}
	if y.Lang == "" {
		k.m.Lang = "zh"
	}
	if len(y.Columns) == 0 {
		k.fault(1, "columns: name at least one")
	}
}

var codeForm = regexp.MustCompile(`^([A-Z]\d{2}|[A-Z]{2}:.+)$`)

func eventKnown(code string) bool {
	return slices.Contains(eventCodes, code) || codeForm.MatchString(code)
}

func (k *compiler) column(y *columnFile) {
	fault := func(format string, args ...any) {
		k.fault(y.line, "column %s: "+format, append([]any{y.ID}, args...)...)
	}
	c := &Column{
		ID: y.ID, Heads: map[string][]string{}, About: y.About, Required: y.Required, Each: y.Each, Along: y.Along, Forms: y.Forms,
		Examples: y.Examples, Split: y.Split, lang: y.Lang, lax: y.Lax, take: y.Take, line: y.line,
	}
	for lang, heads := range y.Heads {
		c.Heads[lang] = heads
	}
	c.known = foldHeads(c.Heads)
	if y.ID == "" || k.m.byID[y.ID] != nil {
		fault("every column needs an id of its own")
	}
	if len(y.Heads) == 0 {
		fault("heads: name at least one, as in {zh: 注册号, en: Registration number}")
	}
	for _, name := range y.Field {
		f := fieldNamed(name)
		if f == nil {
			fault("there is no field %q; use one of %s", name, strings.Join(FieldNames(), ", "))
			continue
		}
		c.fields = append(c.fields, f)
	}
	if len(y.Field) == 0 {
		fault("field: say what the column means; leave out a column that is not to be read")
	}
	for _, id := range y.Forms {
		if form := k.m.forms.Form(id); form == nil {
			fault("there is no form of numbers %q; see numbers/formats.yaml", id)
		} else if form.Personal {
			fault("%s identifies people and must not be kept; take the column out", id)
		}
	}
	k.shape(c, y, fault)
	k.values(c, y, fault)
	k.m.Columns = append(k.m.Columns, c)
	k.m.byID[c.ID] = c
}

// units are the fen of one unit of money.
var units = map[string]int64{"fen": 1, "yuan": 100, "wan": 10_000_00, "yi": 100_000_000_00}

// shape settles what values a column has.
func (k *compiler) shape(c *Column, y *columnFile, fault func(string, ...any)) {
	days, amounts := 0, 0
	for _, f := range c.fields {
		switch f.shape {
		case day:
			days++
		case money:
			amounts++
		}
	}
	if days > 0 && days < len(c.fields) {
		fault("a field for days and one for texts cannot share a column; name the column twice")
	}
	c.IsDate = days > 0 || y.Dates != ""
	switch y.Dates {
	case "", "ymd":
	case "dmy":
		c.order = dayFirst
	case "mdy":
		c.order = monthFirst
	default:
		fault("dates %q: use ymd, dmy or mdy", y.Dates)
	}
	if y.Unit != "" || amounts > 0 {
		if c.unit = units[y.Unit]; c.unit == 0 {
			fault("unit %q: say in what the amounts are, fen, yuan, wan (10,000 yuan) or yi (100 million yuan)", y.Unit)
		}
	}
	if (y.Each || y.Along) && y.Split == "" {
		fault("each and along: say by split what parts the values")
	}
	if (y.Pattern == "") != (y.Take == "") {
		fault("pattern and take belong together, as in pattern: '^No\\. (\\d+)$' and take: '$1'")
	} else if y.Pattern != "" {
		var err error
		if c.pattern, err = regexp.Compile(y.Pattern); err != nil {
			fault("pattern: %v", err)
		}
	}
}

// values settles the table of values, which must mean something that its field takes.
func (k *compiler) values(c *Column, y *columnFile, fault func(string, ...any)) {
	choosing := false
	for _, f := range c.fields {
		if f.shape == choice {
			choosing = true
			known := func(s string) bool {
				return slices.Contains(f.known, s) || f.name == "event" && eventKnown(s)
			}
			if len(y.Values) == 0 {
				fault("values: say what each word of the table means for %s, one of %s", f.name, strings.Join(f.known, ", "))
			}
			for _, v := range y.Values {
				if means := fmt.Sprint(v.Value); !known(means) {
					fault("values: %v means %q, which %s cannot be; use one of %s", v.Key, means, f.name, strings.Join(f.known, ", "))
				}
			}
		}
	}
	if choosing && y.Lax {
		fault("lax: a field that is one of a list takes no other words")
	}
	if len(y.Values) == 0 {
		return
	}
	c.values = map[string]string{}
	for _, v := range y.Values {
		says, means := fmt.Sprint(v.Key), fmt.Sprint(v.Value)
		c.Values = append(c.Values, Value{says, means})
		c.values[foldHead(says)] = means
		if choosing {
			c.values[foldHead(means)] = means
		}
	}
}

// references checks that what names columns names some that there are.
func (k *compiler) references(y *mappingFile) {
	check := func(what string, ids ...string) {
		for _, id := range ids {
			if k.m.byID[id] == nil {
				k.fault(1, "%s: there is no column %q", what, id)
			}
		}
	}
	check("recognise", y.Recognise...)
	check("needs", y.Needs...)
	if len(y.Recognise) == 0 {
		k.fault(1, "recognise: name the columns that a header must have for this mapping")
	}
	for _, pair := range y.Before {
		check("before", pair...)
		if len(pair) != 2 {
			k.fault(1, "before: name two columns, the earlier day first")
			continue
		}
		k.m.before = append(k.m.before, [2]string{pair[0], pair[1]})
	}
	if j := y.Join; j != nil {
		check("join", append([]string{j.By}, j.Adds...)...)
		k.m.join, k.m.adds = j.By, map[string]bool{}
		for _, id := range j.Adds {
			k.m.adds[id] = true
		}
	}
	each := 0
	keyed := false
	for _, c := range k.m.Columns {
		if c.Each {
			each++
		}
		for _, f := range c.fields {
			keyed = keyed || f.shape == digits
		}
	}
	if each > 1 || each == 1 && y.Join != nil {
		k.fault(1, "each: only one column can make entries, and not where rows are joined")
	}
	if !keyed {
		k.fault(1, "no column feeds number, application or right, so no row would name its right")
	}
}

// order settles in which order columns are read.
func (k *compiler) order() {
	late := func(c *Column) int {
		for _, f := range c.fields {
			if f.late {
				return 1
			}
		}
		return 0
	}
	k.m.ordered = slices.Clone(k.m.Columns)
	slices.SortStableFunc(k.m.ordered, func(a, b *Column) int { return late(a) - late(b) })
}

func (k *compiler) constants(y *mappingFile) {
	names := make([]string, 0, len(y.Constants))
	for name := range y.Constants {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f := fieldNamed(name)
		switch {
		case f == nil:
			k.fault(1, "constants: there is no field %q", name)
		case f.shape == day || f.shape == digits || f.shape == count:
			k.fault(1, "constants: %s differs from row to row", name)
		case f.shape == choice && !slices.Contains(f.known, y.Constants[name]):
			k.fault(1, "constants: %s cannot be %q", name, y.Constants[name])
		default:
			k.m.constants = append(k.m.constants, constant{f, y.Constants[name]})
		}
	}
}
