// Package internal_test holds the house together: which package may import
// which, and which modules may be used at all.
package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// room is a package and what it may import of the others.
type room struct {
	name    string
	imports string // names, with blanks between them
}

// house lists every package, from the ground up: imports point down, so a
// package may import only what stands before it, and of that only what is named
// here.
var house = []room{
	// Leaves.
	{"ierr", ""},
	{"date", ""},
	{"definition", ""},
	{"../defs", ""},
	{"i18n", "date ierr"},
	{"query", "date ierr"},
	{"audit", "ierr"},
	{"folder", "ierr"},
	{"job", "ierr"},
	{"number", "definition"},
	{"decimal", ""},
	{"picture", "ierr"},
	{"font", ""},
	{"chart", "decimal font i18n ierr"},

	// What an official source says, and where it says it.
	{"record", "date"},
	{"region", "definition date ierr"},
	{"workday", "date ierr"},
	{"source/entry", "ierr record"},
	{"source/charset", ""},
	{"source/delimited", "ierr source/entry"},
	{"source/cnfield", "date record source/entry"},
	{"source/xmlrec", "ierr source/charset source/entry"},
	{"source/workbook", "date ierr source/entry"},

	// A format knows records and what formats share, nothing else.
	{"source/gazettecsv", "date ierr record source/charset source/cnfield source/delimited source/entry"},
	{"source/cnipa", "date ierr record source/cnfield source/entry source/xmlrec"},
	{"source/exchange", "date ierr record source/cnfield source/entry source/xmlrec"},
	{"source/st36", "date ierr record source/cnfield source/entry source/xmlrec"},
	{"source/st96", "date ierr record source/cnfield source/entry source/exchange source/xmlrec"},
	{"source/docdb", "date source/entry source/exchange source/xmlrec"},
	{"source/ops", "date ierr record source/cnfield source/entry source/exchange source/xmlrec"},
	{"source/usfield", "date ierr record source/cnfield source/entry source/xmlrec"},
	{"source/redbook", "record source/entry source/usfield source/xmlrec"},
	{"source/redbook2", "date record source/entry source/usfield source/xmlrec"},
	{"source/tmcase", "date ierr record source/entry source/usfield source/xmlrec"},
	{"source/tsdr", "date ierr record source/entry source/st96 source/usfield source/xmlrec"},
	{"source/sourcetest", "date ierr record source/entry"},
	{"source/tabular", "definition date ierr number record source/charset source/cnfield source/delimited source/entry"},
	{"source", "ierr source/charset source/cnipa source/docdb source/entry source/gazettecsv source/ops source/redbook source/redbook2 source/st36 source/st96 source/tmcase source/tsdr source/workbook"},

	{"supply", "definition date record"},
	{"dataset", "source/workbook"},
	{"mapping", "ierr number record source source/tabular source/workbook"},
	{"sample", "definition date record region source/charset source/cnipa source/gazettecsv"},
	{"classify", "definition date record region"},
	{"official", "definition audit classify date i18n ierr record region source/charset source/delimited source/entry source/workbook"},
	{"glossary", "region"},
	{"search", "ierr"},
	{"cube", "ierr"},

	// What figures mean and whether they hold together.
	{"indicator", "definition audit date decimal ierr region"},
	{"indicator/faulty", "decimal indicator"},
	{"indicator/rehearsal", "decimal indicator"},
	{"paper", "definition decimal ierr indicator"},
	{"publish", "chart date font i18n ierr indicator paper source/workbook"},
	{"edition", "audit date ierr indicator publish"},
	{"proof", "audit date decimal edition ierr indicator region"},
	{"returns", "definition audit date decimal ierr indicator source/workbook"},

	// The register, what keeps it, and how it is asked.
	{"register", "audit date ierr record source source/entry"},
	{"lifecycle", "definition date record register workday"},
	{"account", "definition audit i18n ierr region"},
	{"saved", "account audit ierr"},
	{"party", "definition audit classify date ierr number record region register"},
	{"quality", "classify i18n ierr party record register"},
	{"store/storetest", "account audit decimal ierr indicator official party register returns"},
	{"store/sqlite", "account audit date edition ierr job official party register returns saved"},
	{"export", "date i18n ierr record register source/st96 source/workbook"},
	{"coverage", "date ierr query record region register supply"},
	{"find", "classify cube date glossary i18n ierr lifecycle party query record region register search"},

	{"tally", "coverage date find indicator region register"},
	{"reconcile", "audit classify date find ierr lifecycle official record region register"},

	// Edges: they parse, call and render.
	{"api/v1", ""},
	{"web", "account api/v1 chart date i18n ierr query record saved"},
	{"api", "account api/v1 audit classify coverage date edition export find folder i18n ierr indicator lifecycle official paper party publish quality query reconcile record region register returns saved source/workbook supply"},
	{"client", "api/v1 folder ierr"},
	{"server", "account api api/v1 audit chart classify coverage dataset date edition decimal export find folder glossary i18n ierr indicator indicator/rehearsal job lifecycle mapping official paper party picture proof publish quality query reconcile record region register returns sample saved source source/tabular source/workbook store/sqlite supply tally web"},
	{"bench", "classify date find i18n ierr lifecycle party query record region register sample search source source/cnipa source/entry store/sqlite"},
	{"cli", "definition api/v1 bench client decimal folder i18n ierr indicator indicator/faulty indicator/rehearsal mapping proof region server source/tabular source/workbook ../defs"},
	{"../cmd/onewindow", "cli"},
}

// module is a module outside the project and why it is here.
type module struct {
	path   string
	reason string
	in     string // packages that may import it, with blanks between them; "" none
	tests  string // packages whose tests may, besides
}

// modules lists all that the program is linked with and its tests use. Licences
// are permissive, and none needs cgo.
var modules = []module{
	{"modernc.org/sqlite", "the store: SQLite without cgo", "store/sqlite", "bench"},
	{"modernc.org/libc", "of modernc.org/sqlite", "", ""},
	{"modernc.org/mathutil", "of modernc.org/sqlite", "", ""},
	{"modernc.org/memory", "of modernc.org/sqlite", "", ""},
	{"github.com/dustin/go-humanize", "of modernc.org/libc", "", ""},
	{"github.com/google/uuid", "of modernc.org/libc", "", ""},
	{"github.com/remyoudompheng/bigfft", "of modernc.org/mathutil", "", ""},
	{"github.com/danielgtaylor/huma/v2", "OpenAPI 3.1 and problems from typed handlers", "api", ""},
	{"github.com/spf13/cobra", "commands, their help and completion", "cli", ""},
	{"github.com/spf13/pflag", "the flags of cobra, whose errors are told in the reader's language", "cli", ""},
	{"github.com/goccy/go-yaml", "definitions in YAML, with the line of each fault", "account classify cli definition indicator number official paper party region returns source/tabular supply", ""},
	{"golang.org/x/text", "encodings, normal forms, widths and plural forms", "account classify cli i18n number official party search source/charset source/gazettecsv source/tabular", "source source/cnfield source/xmlrec"},
	{"github.com/yuin/goldmark", "the text of papers, which is Markdown", "paper", ""},
	{"codeberg.org/go-pdf/fpdf", "pages, paths and subsets of typefaces in PDF; line breaks, tables and tags are the project's", "publish", ""},
	{"github.com/xuri/excelize/v2", "spreadsheets, read row by row and written", "export mapping publish returns source/workbook", "dataset source"},
	{"github.com/xuri/efp", "of github.com/xuri/excelize", "", ""},
	{"github.com/xuri/nfp", "of github.com/xuri/excelize", "", ""},
	{"github.com/richardlehane/mscfb", "of github.com/xuri/excelize", "", ""},
	{"github.com/richardlehane/msoleps", "of github.com/xuri/excelize", "", ""},
	{"github.com/tiendc/go-deepcopy", "of github.com/xuri/excelize", "", ""},
	{"golang.org/x/crypto", "argon2id for passwords; of github.com/xuri/excelize", "account", ""},
	{"github.com/alexedwards/scs/v2", "sessions: tokens, their hashes, their lives", "account", ""},
	{"golang.org/x/sys", "locks and memory maps", "folder search", "search"},
	{"golang.org/x/image", "pictures in TIFF, which browsers do not show; outlines and widths of the typeface and their pixels", "chart font picture", ""},
	{"golang.org/x/net", "a limit of connections", "server", "web"},
	{"golang.org/x/term", "whether and how wide a terminal is", "../cmd/onewindow", ""},
	{"golang.org/x/mod", "Merkle trees and signed notes", "audit proof", ""},
	{"github.com/google/go-cmp", "differences in tests", "source/sourcetest store/storetest", "*"},
	{"github.com/rogpeppe/go-internal", "scripts of commands in tests", "", "cli"},
	{"github.com/blevesearch/bleve/v2", "what the index is compared with in tests", "", "search"},
}

const project = "onewindow/"

// nameOf turns an import path of the project into a room's name.
func nameOf(importPath string) string {
	if name, ok := strings.CutPrefix(importPath, project+"internal/"); ok {
		return name
	}
	return "../" + strings.TrimPrefix(importPath, project)
}

// imports is what one package imports, apart from the standard library.
type imports struct{ code, tests []string }

// read returns the imports of every package below the project's root.
func read(t *testing.T) map[string]*imports {
	t.Helper()
	out := map[string]*imports{}
	err := filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != "..") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("..", filepath.Dir(file))
		if err != nil {
			return err
		}
		name := nameOf(project + filepath.ToSlash(rel))
		if out[name] == nil {
			out[name] = &imports{}
		}
		for _, spec := range f.Imports {
			p := strings.Trim(spec.Path.Value, `"`)
			switch first, _, _ := strings.Cut(p, "/"); {
			case first != "onewindow" && !strings.Contains(first, "."):
			case strings.HasSuffix(file, "_test.go"):
				out[name].tests = append(out[name].tests, p)
			default:
				out[name].code = append(out[name].code, p)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	delete(out, "../internal") // this test
	return out
}

func TestTheTableItselfPointsDown(t *testing.T) {
	before := map[string]bool{}
	for _, r := range house {
		if before[r.name] {
			t.Errorf("%s stands twice", r.name)
		}
		for _, i := range strings.Fields(r.imports) {
			if !before[i] {
				t.Errorf("%s may import %s, which does not stand before it", r.name, i)
			}
			if format := path.Dir(r.name) == "source"; format && !strings.HasPrefix(i, "source/") && !slices.Contains([]string{"record", "date", "definition", "ierr", "number"}, i) {
				t.Errorf("%s is a format and may import %s", r.name, i)
			}
		}
		before[r.name] = true
	}
}

func TestPackagesImportOnlyWhatTheTableNames(t *testing.T) {
	allowed := map[string]string{}
	for _, r := range house {
		allowed[r.name] = " " + r.imports + " "
	}
	for name, is := range read(t) {
		may, ok := allowed[name]
		if !ok {
			t.Errorf("package %s does not stand in the table", name)
			continue
		}
		for _, p := range is.code {
			if strings.HasPrefix(p, project) && !strings.Contains(may, " "+nameOf(p)+" ") {
				t.Errorf("%s imports %s, which the table does not allow", name, nameOf(p))
			}
		}
	}
}

// moduleOf returns the entry of the table that an import path belongs to.
func moduleOf(importPath string) *module {
	for i := range modules {
		if p := modules[i].path; importPath == p || strings.HasPrefix(importPath, p+"/") {
			return &modules[i]
		}
	}
	return nil
}

func TestModulesAreUsedWhereTheTableSays(t *testing.T) {
	for name, is := range read(t) {
		check := func(paths []string, may func(*module) string, what string) {
			for _, p := range paths {
				if strings.HasPrefix(p, project) {
					continue
				}
				m := moduleOf(p)
				if m == nil {
					t.Errorf("%s imports %s, of a module that the table has not", name, p)
				} else if list := strings.Fields(may(m)); !slices.Contains(list, name) && !slices.Contains(list, "*") {
					t.Errorf("%s of %s imports %s, which the table does not allow", what, name, p)
				}
			}
		}
		check(is.code, func(m *module) string { return m.in }, "code")
		check(is.tests, func(m *module) string { return m.in + " " + m.tests }, "a test")
	}
}

func TestTheProgramIsLinkedWithNothingElse(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", "../cmd/onewindow").Output()
	if err != nil {
		t.Fatal(err)
	}
	linked := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		linked[strings.TrimSpace(line)] = true
	}
	delete(linked, "")
	delete(linked, "onewindow")
	for m := range linked {
		if moduleOf(m) == nil {
			t.Errorf("the program is linked with %s, which the table has not", m)
		}
	}
	for _, m := range modules {
		if m.reason == "" {
			t.Errorf("%s has no reason", m.path)
		}
		if tests := m.in == "" || strings.HasSuffix(m.in, "test"); !tests && !linked[m.path] {
			t.Errorf("%s stands in the table and nothing is linked with it", m.path)
		}
	}
}
