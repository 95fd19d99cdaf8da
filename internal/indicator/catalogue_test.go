package indicator_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"onewindow/defs"
	"onewindow/internal/indicator"
	"onewindow/internal/region"
)

var quoted = regexp.MustCompile("`([a-z0-9_.*/, ]+)`")

// TestEveryIndicatorOfTheFieldIsDefined holds the definitions to the ids of the facts of
// the field: those of the catalogue and those of every printed figure.
func TestEveryIndicatorOfTheFieldIsDefined(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "domain")
	text, err := os.ReadFile(filepath.Join(dir, "domain.md"))
	if os.IsNotExist(err) {
		t.Skip("the facts of the field are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Load(defs.FS, pack)
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{}
	for _, id := range catalogued(string(text)) {
		wanted[id] = true
	}
	catalogue := len(wanted)
	f, err := os.Open(filepath.Join(dir, "whitepaper_figures.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		wanted[row[1]] = true
	}
	if catalogue < 50 || len(wanted) < 120 {
		t.Fatalf("only %d ids in the catalogue and %d in all are read", catalogue, len(wanted))
	}
	for id := range wanted {
		area, all := strings.CutSuffix(id, "*")
		if !slices.ContainsFunc(set.Definitions, func(d *indicator.Definition) bool { return d.ID == id || all && strings.HasPrefix(d.ID, area) }) {
			t.Errorf("%s has no definition", id)
		}
	}
}

// catalogued returns the ids in the first column of the catalogue (C.1): "a.b/.c" and
// "a.b, .c" stand for a.b and a.c, "a.*" for some of a.
func catalogued(text string) []string {
	_, text, _ = strings.Cut(text, "### C.1 ")
	text, _, _ = strings.Cut(text, "### C.2 ")
	var out []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		first, _, _ := strings.Cut(line[2:], " |")
		last := ""
		for _, m := range quoted.FindAllStringSubmatch(first, -1) {
			for id := range strings.SplitSeq(m[1], "/") {
				if strings.HasPrefix(id, ".") {
					id = last[:strings.LastIndex(last, ".")] + id
				}
				if id == "exhibition.checked" { // of exhibition.exhibits_inspected/.checked
					id = "exhibition.exhibits_checked"
				}
				out = append(out, id)
				last = id
			}
		}
	}
	return out
}
