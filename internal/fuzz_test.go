package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unfuzzed are packages that read what comes from outside through a fuzzed reader of
// another package alone, with that reader.
var unfuzzed = map[string]string{
	"glossary":          "its tables are read by region.ReadTable",
	"source/sourcetest": "it writes and reads for tests alone",
}

// TestEveryReaderIsFuzzed wants a fuzz target in each package that reads text, bytes or
// files from outside, or is a format.
func TestEveryReaderIsFuzzed(t *testing.T) {
	readers, fuzzed := map[string][]string{}, map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			switch {
			case !ok:
			case strings.HasSuffix(path, "_test.go"):
				fuzzed[dir] = fuzzed[dir] || strings.HasPrefix(f.Name.Name, "Fuzz")
			case reads(f):
				readers[dir] = append(readers[dir], f.Name.Name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, names := range readers {
		if !fuzzed[dir] && unfuzzed[dir] == "" {
			slices.Sort(names)
			t.Errorf("%s reads (%s) and has no fuzz target", dir, strings.Join(slices.Compact(names), ", "))
		}
	}
	for dir := range unfuzzed {
		if fuzzed[dir] || readers[dir] == nil {
			t.Errorf("%s needs no exception", dir)
		}
	}
}

// reads tells whether a function is an exported reader: by its name, and by taking
// text, bytes or files; or the format of a source.
func reads(f *ast.FuncDecl) bool {
	name := f.Name.Name
	if !slices.ContainsFunc([]string{"Parse", "Read", "Decode", "Load", "Split", "Identify", "Format", "UnmarshalText"}, func(p string) bool { return strings.HasPrefix(name, p) }) {
		return false
	}
	if f.Recv == nil && f.Type.Results != nil && len(f.Type.Results.List) == 1 && typeOf(f.Type.Results.List[0].Type) == "entry.Format" {
		return true
	}
	for _, p := range f.Type.Params.List {
		switch typeOf(p.Type) {
		case "string", "[]byte", "io.Reader", "io.ReaderAt", "fs.FS":
			return f.Recv == nil || name == "UnmarshalText"
		}
	}
	return false
}

func typeOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return typeOf(e.X) + "." + e.Sel.Name
	case *ast.ArrayType:
		return "[]" + typeOf(e.Elt)
	}
	return ""
}
