package st96

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// order lists, for every element that is written, the elements in it in the
// order of ST.96: those of WIPO's four example instances, and, marked +, those of
// version 6.0 that no instance shows.
//
//go:embed testdata/order.txt
var order string

func orders(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for s := bufio.NewScanner(strings.NewReader(order)); s.Scan(); {
		parent, children, ok := strings.Cut(s.Text(), ": ")
		if !ok || out[parent] != nil {
			t.Fatalf("cannot read %q", s.Text())
		}
		out[parent] = strings.Fields(children)
	}
	return out
}

var spaces = map[string]string{"Patent": "pat", "Common": "com", "Trademark": "tmk", "Design": "dgn", "GeographicalIndication": "gin"}

func prefixed(n xml.Name) string {
	if prefix := spaces[strings.TrimPrefix(n.Space, namespace)]; prefix != "" {
		return prefix + ":" + n.Local
	}
	return n.Local
}

// children hands over the name of every element with those in it, each once, in
// the order in which they first stand there.
func children(t *testing.T, data []byte, each func(parent string, names []string)) {
	t.Helper()
	type level struct {
		name  string
		names []string
	}
	open := []level{{}}
	for decoder := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			name, top := prefixed(token.Name), &open[len(open)-1]
			if !slices.Contains(top.names, name) {
				top.names = append(top.names, name)
			}
			open = append(open, level{name: name})
		case xml.EndElement:
			last := open[len(open)-1]
			each(last.name, last.names)
			open = open[:len(open)-1]
		}
	}
}

func TestNamesAndOrderAreThoseOfTheStandard(t *testing.T) {
	known, used := orders(t), map[string]bool{}
	children(t, written(t, invent(7, 2000)...), func(parent string, names []string) {
		if parent == "Export" || len(names) == 0 {
			return
		}
		last := -1
		for _, name := range names {
			i := slices.IndexFunc(known[parent], func(s string) bool { return strings.TrimPrefix(s, "+") == name })
			if i <= last {
				t.Errorf("%s stands in %s at the wrong place or not at all: %v", name, parent, known[parent])
			}
			used[parent] = true
			last = i
		}
	})
	for parent := range known {
		if !used[parent] {
			t.Errorf("%s is listed and never written", parent)
		}
	}
}

// examples returns the folder of WIPO's example instances, and skips the test
// where there is none.
func examples(t *testing.T) []string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	files, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), "shared", "data", "wipo-st96", "*.xml"))
	if len(files) == 0 {
		t.Skip("WIPO's example instances are not here")
	}
	return files
}

func TestTheOrderIsThatOfTheExampleInstances(t *testing.T) {
	known, seen := orders(t), map[string]bool{}
	for _, file := range examples(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		children(t, data, func(parent string, names []string) {
			last := -1
			for _, name := range names {
				seen[parent+" "+name] = true
				if known[parent] == nil || parent == "com:P" {
					continue
				}
				i := slices.Index(known[parent], name)
				if i <= last {
					t.Errorf("%s: %s stands in %s at the wrong place or not at all: %v", filepath.Base(file), name, parent, known[parent])
				}
				last = i
			}
		})
	}
	for parent, names := range known {
		for _, name := range names {
			if plus := strings.HasPrefix(name, "+"); plus == seen[parent+" "+strings.TrimPrefix(name, "+")] {
				t.Errorf("%s in %s: marked %v, in the instances %v", name, parent, plus, !plus)
			}
		}
	}
}
