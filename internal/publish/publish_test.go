package publish

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"onewindow/defs"
	"onewindow/internal/chart"
	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/indicator"
	"onewindow/internal/paper"
	"onewindow/internal/region"
)

// printed reports what a printed edition states.
type printed struct{ book *indicator.Book }

func (p printed) Reported(r indicator.Ref) (*indicator.Observation, int64, string) {
	return p.book.Get(r), 1, "printed"
}

func (printed) Approval() int64 { return 1 }

// edition makes an edition of a paper of the definitions with what its printed edition
// states.
func edition(t testing.TB, fsys fs.FS, id string) *Edition {
	t.Helper()
	catalogs, err := i18n.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	p, err := paper.Load(fsys, id, catalogs.Langs())
	if err != nil {
		t.Fatal(err)
	}
	pack, err := region.Load(fsys, p.Region)
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Load(fsys, pack)
	if err != nil {
		t.Fatal(err)
	}
	e := indicator.NewEvaluator(set, pack)
	e.Sample = true
	if p.Printed != "" {
		all, err := indicator.LoadEdition(fsys, p.Printed)
		if err != nil {
			t.Fatal(err)
		}
		e.Reporter = printed{all.Book}
	}
	out := &Edition{Makers: map[string]*paper.Maker{}, Printers: map[string]*i18n.Printer{}, N: 1, Status: Final, Released: date.Of(2021, 4, 26), State: 1, Approval: 1}
	if out.Outlines, err = chart.LoadOutlines(fsys, "maps/"+p.Region+".json"); err != nil {
		t.Fatal(err)
	}
	var makers []*paper.Maker
	for _, lang := range catalogs.Langs() {
		out.Printers[lang] = catalogs.Printer(lang)
		out.Makers[lang] = &paper.Maker{Set: set, Evaluate: e.Figure, Place: pack.Name, Say: catalogs.Printer(lang)}
		makers = append(makers, out.Makers[lang])
	}
	if out.Made, err = paper.Make(t.Context(), p, makers); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestEditionsComeOutInEveryFormat writes every file of the large paper; with PAPER_OUT
// they stay there, to be looked at.
func TestEditionsComeOutInEveryFormat(t *testing.T) {
	e := edition(t, defs.FS, "jiangsu-2020")
	files, err := e.Files()
	if err != nil {
		t.Fatal(err)
	}
	dir := os.Getenv("PAPER_OUT")
	if dir == "" {
		dir = t.TempDir()
	}
	for _, f := range files {
		var b bytes.Buffer
		if err := e.Write(f, &b); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		if b.Len() == 0 {
			t.Errorf("%s is empty", f.Name)
		}
		if err := os.WriteFile(filepath.Join(dir, f.Name), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
