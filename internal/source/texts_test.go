package source_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// coded finds where a reader names a reject, a flag or an error.
var coded = regexp.MustCompile(`(?:\b(Refuse|refuse|Add)\(|Flag\{(Code): |, )"((?:[a-z_]+)\.[a-z_]+)"`)

func TestEveryRejectAndFlagHasItsText(t *testing.T) {
	used := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := os.ReadFile(path)
		for _, m := range coded.FindAllStringSubmatch(string(src), -1) {
			switch {
			case strings.HasPrefix(m[3], "source."):
				used["err."+m[3]] = true
			case strings.EqualFold(m[1], "refuse"):
				used["reject."+m[3]] = true
			case m[1]+m[2] != "":
				used["flag."+m[3]] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "zh"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "defs", "i18n", lang, "source.json"))
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]string
		if err := json.Unmarshal(data, &texts); err != nil {
			t.Fatal(err)
		}
		has := map[string]bool{}
		for key := range texts {
			has[key] = true
		}
		if diff := cmp.Diff(used, has); diff != "" {
			t.Errorf("%s (-used +in the catalogue)\n%s", lang, diff)
		}
	}
}
