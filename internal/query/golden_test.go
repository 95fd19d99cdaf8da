package query

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what queries give now into the goldens and the doc")

// TestExamples runs every example of doc/query.md and testdata. An example is a
// line "> query" and under it what becomes of the query: "= canonical form" or
// "! code place", then the explanation or the message in English and in Chinese.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range append(files, "../../doc/query.md") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := rerun(t, string(b))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, have := strings.Split(string(b), "\n"), strings.Split(got, "\n")
			for i := 0; i < max(len(want), len(have)) && !*update; i++ {
				if i >= len(want) || i >= len(have) || want[i] != have[i] {
					t.Fatalf("%s:%d differs; now it gives\n%s", file, i+1, strings.Join(have[min(i, len(have)):min(i+6, len(have))], "\n"))
				}
			}
		})
	}
}

// rerun writes text anew with the results of its examples as they are now.
func rerun(t *testing.T, text string) string {
	schema := testSchema(t)
	var out []string
	skipping, count := false, 0
	for _, line := range strings.Split(text, "\n") {
		query, isQuery := strings.CutPrefix(line, "> ")
		switch {
		case isQuery:
			count++
			out = append(out, line)
			out = append(out, strings.Split(outcome(t, schema, query), "\n")...)
			skipping = true
		case line == "" || strings.HasPrefix(line, "```"):
			skipping = false
			out = append(out, line)
		case !skipping:
			out = append(out, line)
		}
	}
	if count == 0 {
		t.Error("no examples")
	}
	return strings.Join(out, "\n")
}

func outcome(t *testing.T, schema *Schema, src string) string {
	q, err := Parse(src, schema)
	var texts []string
	head := ""
	for _, lang := range []string{"en", "zh"} {
		tr := translator(t, lang)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("%q gives %T", src, err)
			}
			head = fmt.Sprintf("! %s at %d-%d", e.Code, e.Pos, e.End)
			if e.Suggest != "" {
				head += ", suggests " + e.Suggest
			}
			r := e.Refusal()
			texts = append(texts, tr("err."+r.Code, r.Args))
			continue
		}
		head = "= " + q.String()
		texts = append(texts, q.Explain(lang, tr))
	}
	return head + "\n  " + strings.ReplaceAll(strings.Join(texts, "\n"), "\n", "\n  ")
}
