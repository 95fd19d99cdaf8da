package i18n_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fromData are families of messages whose last part is a value of a record, of
// the register or of a definition, so that no code need spell it.
var fromData = []string{
	"format.", "act.", "dimension.", "event.", "field.", "flag.", "holder-type.", "kind.", "region.kind.", "reject.",
	"relation.", "role.", "rule.", "sector.", "note.", "coverage.happening.", "expected.", "day.", "fact.", "image.", "life.certainty.", "life.note.", "life.overlay.", "life.step.",
	"mark.form.", "mark.type.", "party.act.", "party.near.", "party.rule.", "party.what.", "quality.act.", "quality.field.", "quality.kind.", "quality.what.", "reconcile.family.", "reconcile.measure.", "reconcile.rule.", "reconcile.why.", "scheme.", "state.",
	"audit.fault.", "audit.what.", "audit.verdict.", "check.", "fault.", "figure.absent.", "figure.origin.", "figure.qualifier.", "indicator.", "ordinal.", "paper.fault.", "paper.column.", "edition.why.", "web.papers.format.", "proof.fault.", "proof.what.", "paper.move.", "paper.status.", "paper.origin.", "paper.qualifier.", "paper.scale.", "returns.problem.", "returns.status.", "figure.status.", "figure.what.", "web.figure.parts.",
}

// usage is what code and templates say of messages.
type usage struct {
	named    map[string]string // messages asked for by name, with the file that asks
	literals map[string]bool   // every string in the code
}

var (
	inTemplate = regexp.MustCompile(`\bT "([^"]+)"`)
	quoted     = regexp.MustCompile(`"([a-z][^"<>]*)"`)
)

// scan reads all code and templates of the module, tests apart.
func scan(t *testing.T, root string) usage {
	t.Helper()
	u := usage{map[string]string{}, map[string]bool{}}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root:
			return filepath.SkipDir
		case strings.HasSuffix(path, "_test.go"):
			return nil
		case strings.HasSuffix(path, ".go"):
			return u.goFile(path)
		case strings.HasSuffix(path, ".html"):
			b, err := os.ReadFile(path)
			for _, m := range inTemplate.FindAllSubmatch(b, -1) {
				u.named[string(m[1])] = path
			}
			for _, m := range quoted.FindAllSubmatch(b, -1) {
				u.literals[string(m[1])] = true
			}
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (u usage) goFile(path string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil // the compiler says it better
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if s, ok := literal(n); ok {
				u.literals[s] = true
			}
		case *ast.CallExpr:
			u.call(path, n)
		}
		return true
	})
	return nil
}

// call notes x.T("name"), i18n.Key("name"), ierr.New(kind, "code") and
// ierr.Wrap(cause, kind, "code").
func (u usage) call(path string, c *ast.CallExpr) {
	sel, ok := c.Fun.(*ast.SelectorExpr)
	if !ok {
		return
	}
	pkg, _ := sel.X.(*ast.Ident)
	from := func(name string) bool { return pkg != nil && pkg.Name == name }
	at, prefix := -1, ""
	switch {
	case sel.Sel.Name == "T", sel.Sel.Name == "Key" && from("i18n"):
		at = 0
	case sel.Sel.Name == "New" && from("ierr"):
		at, prefix = 1, "err."
	case sel.Sel.Name == "Wrap" && from("ierr"):
		at, prefix = 2, "err."
	}
	if at < 0 || at >= len(c.Args) {
		return
	}
	if s, ok := literal(c.Args[at]); ok && s != "internal" {
		u.named[prefix+s] = path
	}
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// uses tells whether code spells the message's name, the code of an error or a
// rejection, or a prefix ending in a dot to which it adds the rest.
func (u usage) uses(key string) bool {
	for _, prefix := range fromData {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	short := strings.TrimPrefix(strings.TrimPrefix(key, "err."), "reject.")
	for _, name := range []string{key, short} {
		if u.literals[name] {
			return true
		}
		for i, c := range name {
			if c == '.' && name[:i] != "err" && name[:i] != "reject" && u.literals[name[:i+1]] {
				return true
			}
		}
	}
	return false
}

func TestEveryMessageAskedForExistsAndNoneIsIdle(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	u := scan(t, root)
	keys := real(t).Keys()
	for name, path := range u.named {
		if !slices.Contains(keys, name) {
			t.Errorf("%s asks for %q, which no catalogue has", path, name)
		}
	}
	for _, key := range keys {
		if !u.uses(key) {
			t.Errorf("no code and no template uses the message %q", key)
		}
	}
	if len(u.named) == 0 || len(u.literals) == 0 {
		t.Error("the scan found nothing: it does not look where the code is")
	}
}
