package paper

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"onewindow/internal/definition"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
)

// Limits of a paper.
const (
	MaxTables  = 400
	MaxColumns = 60
)

// IDs returns the ids of all papers, in order.
func IDs(fsys fs.FS) ([]string, error) {
	files, err := fs.Glob(fsys, Folder+"/*/paper.yaml")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, f := range files {
		out = append(out, path.Base(path.Dir(f)))
	}
	return out, nil
}

// Load reads a paper and its texts in the languages that there are. Faults come all
// at once, with file and line.
func Load(fsys fs.FS, id string, langs []string) (*Paper, error) {
	folder := Folder + "/" + id
	if !isID(id) {
		return nil, ierr.New(ierr.NotFound, "paper.unknown", ierr.Args{"id": id})
	}
	p := &Paper{File: folder + "/paper.yaml", Texts: map[string]*Text{}}
	b, err := fs.ReadFile(fsys, p.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ierr.New(ierr.NotFound, "paper.unknown", ierr.Args{"id": id})
	}
	if err != nil {
		return nil, err
	}
	if err := decode(p.File, b, p); err != nil {
		return nil, err
	}
	l := &loading{paper: p}
	for _, lang := range langs {
		file := folder + "/" + lang + ".md"
		src, err := fs.ReadFile(fsys, file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		text, err := readText(file, lang, src)
		l.add(err)
		p.Texts[lang] = text
	}
	l.head(id)
	l.specs()
	for _, lang := range langs {
		if t := p.Texts[lang]; t != nil {
			l.places(t)
		}
	}
	l.add(l.notes(fsys, folder))
	return p, errors.Join(l.faults...)
}

func decode(file string, b []byte, into any) error {
	err := definition.Decode(b, into)
	var ye yaml.Error
	if errors.As(err, &ye) && ye.GetToken() != nil {
		return fmt.Errorf("%s:%d: %s", file, ye.GetToken().Position.Line, ye.GetMessage())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// UnmarshalYAML reads an axis: the word of a set, or what changes the figure.
func (a *Axis) UnmarshalYAML(node ast.Node) error {
	if s, ok := node.(*ast.StringNode); ok {
		if !slices.Contains(axisSets, s.Value) {
			return fmt.Errorf("%q is no set of rows; take one of %s", s.Value, strings.Join(axisSets, ", "))
		}
		a.Set = s.Value
		return nil
	}
	type plain Axis
	return yaml.NodeToValue(node, (*plain)(a), yaml.Strict())
}

// axisSets are the sets that an axis can name.
var axisSets = []string{"units", "groups", "other", "whole"}

// UnmarshalYAML reads a table and keeps its line.
func (t *TableSpec) UnmarshalYAML(node ast.Node) error {
	type plain TableSpec
	err := yaml.NodeToValue(node, (*plain)(t), yaml.Strict())
	t.line = lineOf(node)
	return err
}

// UnmarshalYAML reads a chart and keeps its line.
func (c *ChartSpec) UnmarshalYAML(node ast.Node) error {
	type plain ChartSpec
	err := yaml.NodeToValue(node, (*plain)(c), yaml.Strict())
	c.line = lineOf(node)
	return err
}

func lineOf(node ast.Node) int {
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken().Position.Line
	}
	return node.GetToken().Position.Line
}

type loading struct {
	paper  *Paper
	faults []error
}

func (l *loading) add(err error) {
	if err != nil {
		l.faults = append(l.faults, err)
	}
}

func (l *loading) fault(line int, format string, args ...any) {
	l.add(fmt.Errorf("%s:%d: %w", l.paper.File, line, fmt.Errorf(format, args...)))
}

func (l *loading) head(id string) {
	p := l.paper
	if p.ID != id {
		l.fault(1, "the id is %q; it must be the name of the folder, %s", p.ID, id)
	}
	if p.Region == "" || p.Period == (indicator.Period{}) {
		l.fault(1, "a paper has a region and a period")
	}
	if len(p.Texts) == 0 {
		l.fault(1, "there is no text; write one file for each language, en.md")
	}
	l.everyLang(1, "titles", p.Titles)
}

// everyLang reports the languages of the texts that names lack.
func (l *loading) everyLang(line int, what string, names Names) {
	for _, t := range l.paper.texts() {
		if names[t.Lang] == "" {
			l.fault(line, "%s has no text in %s", what, t.Lang)
		}
	}
}

// texts returns the texts by language.
func (p *Paper) texts() []*Text {
	var out []*Text
	for _, t := range p.Texts {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b *Text) int { return strings.Compare(a.Lang, b.Lang) })
	return out
}

// specs reads the titles of tables and charts and what these say of figures.
func (l *loading) specs() {
	p := l.paper
	seen := map[string]bool{}
	once := func(id string, line int) {
		if !isID(id) || seen[id] {
			l.fault(line, "the id %q is not of small letters, digits, - and _, or stands twice", id)
		}
		seen[id] = true
	}
	if len(p.Tables) > MaxTables || len(p.Charts) > MaxTables {
		l.fault(1, "a paper has at most %d tables and %d charts", MaxTables, MaxTables)
	}
	for _, t := range p.Tables {
		once(t.ID, t.line)
		t.titles = l.titles(t.ID, t.line, t.Titles)
		if len(t.Rows) == 0 || len(t.Columns) == 0 || len(t.Columns) > MaxColumns {
			l.fault(t.line, "table %s needs rows and 1 to %d columns", t.ID, MaxColumns)
		}
		for i := range t.Rows {
			l.ref(t.line, t.Rows[i].Figure)
		}
		for i := range t.Columns {
			l.ref(t.line, t.Columns[i].Figure)
		}
	}
	for _, c := range p.Charts {
		once(c.ID, c.line)
		c.titles = l.titles(c.ID, c.line, c.Titles)
		if !slices.Contains(ChartKinds, c.Kind) {
			l.fault(c.line, "chart %s: %q is no kind; take one of %v", c.ID, c.Kind, ChartKinds)
		}
		if c.Figure == "" {
			l.fault(c.line, "chart %s names no figure", c.ID)
		}
		l.ref(c.line, c.Figure)
		l.ref(c.line, strings.TrimPrefix(c.Reference, "@"))
		for _, s := range c.Claims {
			claim, err := readClaim(s)
			if err != nil {
				l.fault(c.line, "chart %s: %w", c.ID, err)
				continue
			}
			c.claims = append(c.claims, claim)
		}
	}
}

func (l *loading) ref(line int, s string) {
	if s == "" {
		return
	}
	if _, err := indicator.ParseRef(s); err != nil {
		l.fault(line, "%w", err)
	}
}

// titles reads titles as text, for there are figures in them.
func (l *loading) titles(id string, line int, names Names) map[string][]Span {
	l.everyLang(line, id, names)
	out := map[string][]Span{}
	for lang, s := range names {
		t, err := readText(fmt.Sprintf("%s:%d", l.paper.File, line), lang, []byte(s))
		l.add(err)
		if t == nil || len(t.Blocks) != 1 || t.Blocks[0].Kind != Paragraph {
			l.fault(line, "the title of %s is one line of text", id)
			continue
		}
		out[lang] = t.Blocks[0].Spans
	}
	return out
}

// places looks whether tables, charts and cross-references lead somewhere.
func (l *loading) places(t *Text) {
	there := map[string]bool{}
	for _, x := range l.paper.Tables {
		there["table "+x.ID], there[x.ID] = true, true
	}
	for _, x := range l.paper.Charts {
		there["chart "+x.ID], there[x.ID] = true, true
	}
	used := map[string]bool{}
	Walk(t.Blocks, func(b *Block) {
		switch b.Kind {
		case Heading:
			if b.ID == "" {
				return
			}
			if there[b.ID] {
				l.add(fmt.Errorf("%s:%d: the id %q stands twice", t.File, b.Line, b.ID))
			}
			there[b.ID] = true
		case TableBlock, ChartBlock:
			key := map[BlockKind]string{TableBlock: "table ", ChartBlock: "chart "}[b.Kind] + b.ID
			if !there[key] {
				l.add(fmt.Errorf("%s:%d: there is no %s in paper.yaml", t.File, b.Line, key))
			}
			if used[key] {
				l.add(fmt.Errorf("%s:%d: %s stands twice", t.File, b.Line, key))
			}
			used[key] = true
		}
	})
	for _, blocks := range append([][]Block{t.Blocks}, t.Notes...) {
		Walk(blocks, func(b *Block) {
			for _, s := range b.Spans {
				if s.Kind == See && !there[s.Target] {
					l.add(fmt.Errorf("%s:%d: %q is no table, chart or heading with that id", t.File, s.Line, s.Target))
				}
			}
		})
	}
}

// Walk calls fn with every block, those within lists too.
func Walk(blocks []Block, fn func(*Block)) {
	for i := range blocks {
		fn(&blocks[i])
		for _, item := range blocks[i].Items {
			Walk(item, fn)
		}
	}
}

// notes reads the notes of the paper and those of the edition that it names.
func (l *loading) notes(fsys fs.FS, folder string) error {
	own, err := indicator.LoadNotes(fsys, folder+"/notes.yaml")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	l.paper.Notes = own
	if l.paper.Printed == "" {
		return nil
	}
	printed, err := indicator.LoadNotes(fsys, indicator.EditionsFolder+"/"+l.paper.Printed+"/notes.yaml")
	if err != nil {
		return fmt.Errorf("%s: printed: %w", l.paper.File, err)
	}
	l.paper.Notes = append(l.paper.Notes, printed...)
	return nil
}
