package server

import (
	"io/fs"
	"strings"
	"testing"

	"onewindow/defs"
	"onewindow/internal/folder"
	"onewindow/internal/indicator"
	"onewindow/internal/indicator/rehearsal"
)

// TestEveryDefinitionIsRehearsed: the figures of each definition's test come out as
// expected, and a test is of a definition.
func TestEveryDefinitionIsRehearsed(t *testing.T) {
	s := shared.server
	files, err := fs.Glob(defs.FS, indicator.Folder+"/*.test")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		id := strings.TrimSuffix(strings.TrimPrefix(file, indicator.Folder+"/"), ".test")
		t.Run(id, func(t *testing.T) {
			src, err := fs.ReadFile(defs.FS, file)
			if err != nil {
				t.Fatal(err)
			}
			script, err := rehearsal.Parse(file, src)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range rehearse(t, s, script) {
				if !o.Passed() {
					t.Errorf("%s:%d: %v is %v, want %v", file, o.Line, o.Ref, o.Got, o.Want)
				}
			}
			if s.indicators.Definition(id) == nil {
				t.Error("it is of no definition")
			}
		})
	}
}

func rehearse(t *testing.T, s *Server, script *rehearsal.Script) []rehearsal.Outcome {
	t.Helper()
	if len(script.Tables) == 0 {
		e := indicator.NewEvaluator(s.indicators, s.pack)
		e.Reporter = script.Reporter()
		out, err := script.Run(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	out, err := Rehearse(t.Context(), config("", folder.Real), s.pack.ID(), script)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestARehearsalNamesWhatCannotBeLoaded(t *testing.T) {
	script, err := rehearsal.Parse("x.test", []byte("table works complete\n  登记号,作品名称\n  1,2\neval copyright.works_registered@320000/2020\n  1\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = Rehearse(t.Context(), config("", folder.Real), "jiangsu", script)
	if err == nil || !strings.Contains(err.Error(), "x.test") {
		t.Errorf("got %v", err)
	}
}
