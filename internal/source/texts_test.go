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
		files, err := filepath.Glob(filepath.Join("..", "..", "defs", "i18n", lang, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		has := map[string]bool{}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var texts map[string]any
			if err := json.Unmarshal(data, &texts); err != nil {
				t.Fatal(err)
			}
			for key := range texts {
				for _, prefix := range []string{"reject.", "flag.", "err.source."} {
					// a reader's codes have two parts, the register's own one
					if rest, ok := strings.CutPrefix(key, prefix); ok && (prefix == "err.source." || strings.Contains(rest, ".")) {
						has[key] = true
					}
				}
			}
		}
		if diff := cmp.Diff(used, has); diff != "" {
			t.Errorf("%s (-used +in the catalogues)\n%s", lang, diff)
		}
	}
}
