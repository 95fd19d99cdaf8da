package server

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/date"
	"onewindow/internal/decimal"
	"onewindow/internal/find"
	"onewindow/internal/folder"
	"onewindow/internal/indicator"
	"onewindow/internal/region"
	"onewindow/internal/sample"
)

// smaller is how many times smaller than the printed one the edition of these tests is.
const smaller = 50

// beneath are the definitions with one file in place of another.
type beneath struct {
	fs.FS
	over fstest.MapFS
}

func (b beneath) Open(name string) (fs.File, error) {
	if b.over[name] != nil {
		return b.over.Open(name)
	}
	return b.FS.Open(name)
}

// smallEdition returns the definitions with a printed edition of which every number that
// an invented register is made for is a small part of what is printed, and at least what
// the varied part has.
func smallEdition(t *testing.T) fs.FS {
	t.Helper()
	name := indicator.EditionsFolder + "/jiangsu-2020/printed.csv"
	text, err := fs.ReadFile(defs.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	in := csv.NewReader(bytes.NewReader(text))
	in.Comment = '#'
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	there := variedCells(t)
	for _, row := range rows[1:] {
		r, err := indicator.ParseRef(row[1])
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(row[2])
		if err != nil || r.View != indicator.Level {
			continue
		}
		switch r.Indicator {
		case validInventions, worksRegistered, grants:
			n = max((n+smaller-1)/smaller, there[sample.Cell{Unit: r.Region, Holder: r.Parts.Get("holder")}])
			row[2] = strconv.Itoa(n)
		}
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return beneath{defs.FS, fstest.MapFS{name: &fstest.MapFile{Data: out.Bytes()}}}
}

// variedCells counts the inventions that the varied part has in force at the end of the
// edition's year.
func variedCells(t *testing.T) map[sample.Cell]int {
	t.Helper()
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	rights, err := sample.Rights(sample.Places(pack), sampleRights, sampleSeed)
	if err != nil {
		t.Fatal(err)
	}
	out := map[sample.Cell]int{}
	for r := range rights {
		if d := r.Documents[len(r.Documents)-1]; d.Code == "B" && d.Published <= date.Of(editionYear, 12, 31) {
			out[r.Of]++
		}
	}
	return out
}

// fillConfig opens a demo of the small edition in a folder.
func fillConfig(t *testing.T, dir string) Config {
	t.Helper()
	cfg := config(dir, folder.Sample)
	cfg.Defs, cfg.Edition = smallEdition(t), true
	if _, err := os.Stat(dir); err == nil {
		cfg.Make = nil
	}
	return cfg
}

// fillDir names the folder that a child fills.
const fillDir = "ONEWINDOW_FILL_DIR"

// TestFillChild is the process that TestAKilledDemoGoesOn kills: it fills a folder and
// says how far it is.
func TestFillChild(t *testing.T) {
	dir := os.Getenv(fillDir)
	if dir == "" {
		t.Skip("runs only as the child of TestAKilledDemoGoesOn")
	}
	s, _ := open(t, fillConfig(t, dir))
	fmt.Println("open")
	if err := s.Invent(t.Context()); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		_, err := s.Fill(context.WithoutCancel(t.Context()))
		ended <- err
	}()
	for last := int64(-1); ; {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
			fmt.Println("filled")
			return
		default:
		}
		if done, total := s.Filling(t.Context()); total > 0 && done != last {
			fmt.Println("at", done, total)
			last = done
		}
	}
}

// fillUntil runs the child until it is so far, and kills it. It tells whether it had
// filled the folder before.
func fillUntil(t *testing.T, dir string, enough func(done, total int64) bool) bool {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestFillChild$", "-test.v")
	child.Env = append(os.Environ(), fillDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer child.Wait()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var done, total int64
		switch line := lines.Text(); {
		case line == "filled":
			return true
		case strings.HasPrefix(line, "--- FAIL"):
			t.Fatalf("the child failed: %s", line)
		case line == "open", strings.HasPrefix(line, "at "):
			fmt.Sscanf(line, "at %d %d", &done, &total)
			if enough(done, total) {
				child.Process.Kill()
				return false
			}
		}
	}
	t.Fatal("the child ended before it filled the folder")
	return false
}

// TestAKilledDemoGoesOn kills a demo while it invents and while it fills the register,
// and starts it again each time. In the end the register agrees with the edition, cell
// by cell, as if nobody had disturbed it.
func TestAKilledDemoGoesOn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	kills := []func(done, total int64) bool{
		func(_, total int64) bool { return total > 0 },
		func(done, total int64) bool { return 2*done > total },
	}
	if !testing.Short() {
		kills = slices.Insert(kills, 0, func(done, total int64) bool { return true })
		for k := range int64(6) {
			kills = append(kills, func(done, total int64) bool { return 7*done > (k+1)*total })
		}
	}
	for _, enough := range kills {
		fillUntil(t, dir, enough)
	}
	cfg := fillConfig(t, dir)
	s, _ := open(t, cfg)
	if err := s.Invent(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	if done, total := s.Filling(t.Context()); done != 0 || total != 0 {
		t.Errorf("%d of %d are said to be loaded when all is", done, total)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	agrees(t, s, cfg.Defs)
}

// agrees holds what the register counts of the small edition against what it was
// invented for.
func agrees(t *testing.T, s *Server, fsys fs.FS) {
	t.Helper()
	printed, err := indicator.LoadEdition(fsys, s.editionID())
	if err != nil {
		t.Fatal(err)
	}
	e, release, err := s.evaluator(t.Context(), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	counted := map[string]int{}
	sums := map[indicator.Ref]decimal.Number{} // of the cells, which need not be those of the rounded wholes
	for _, o := range printed.Book.Observations() {
		d := s.indicators.Definition(o.Ref.Indicator)
		sc := s.indicators.Schemes[d.Rows]
		if d.Count == nil || o.Ref.View != indicator.Level || sc == nil {
			continue
		}
		cell := slices.Contains(sc.Rows, o.Ref.Region) || o.Ref.Region == sc.Other
		if len(d.Dimensions) > 0 && o.Ref.Parts == "" || !cell {
			continue
		}
		f, err := e.Figure(t.Context(), o.Ref)
		if err != nil {
			t.Fatal(err)
		}
		if f.Value == nil || f.Origin != indicator.FromRegister || !f.Value.Equal(o.Value) || !f.Sample {
			t.Errorf("%v is %v and comes out as %+v (absent: %+v)", o.Ref, o.Value, f.Value, f.Absent)
			continue
		}
		counted[o.Ref.Indicator]++
		whole := o.Ref.At(sc.Whole)
		whole.Parts = ""
		sums[whole] = sums[whole].Add(*f.Value)
	}
	if want := map[string]int{validInventions: 70, marks: 13, products: 13, worksRegistered: 32}; fmt.Sprint(counted) != fmt.Sprint(want) {
		t.Errorf("cells that are counted: %v, want %v", counted, want)
	}
	for whole, sum := range sums {
		f, err := e.Figure(t.Context(), whole)
		if err != nil || f.Value == nil || !f.Value.Equal(sum) {
			t.Errorf("%v comes out as %+v (%v), its cells as %v", whole, f.Value, err, sum)
		}
	}
	period := indicator.Year(editionYear)
	granted := printed.Book.Get(indicator.Ref{Indicator: grants, Parts: indicator.MakeParts("type", "invention"), Region: s.pack.Code(), Period: period})
	counts(t, s, fmt.Sprintf(`kind=invention and granted within "%s %s" and region=%s`, period.First(), period.Last(), s.pack.Code()), granted.Value)
	fresh := printed.Book.Get(indicator.Ref{Indicator: newMarks, Region: s.pack.Code(), Period: period})
	f, err := e.Figure(t.Context(), fresh.Ref)
	if err != nil {
		t.Fatal(err)
	}
	if beside, err := e.Beside(t.Context(), f); err != nil || beside == nil || !beside.Value.Equal(fresh.Value) {
		t.Errorf("beside the return of %v stands %+v (%v), want %v", fresh.Ref, beside, err, fresh.Value)
	}
}

// counts holds how many rights a query finds against a number.
func counts(t *testing.T, s *Server, q string, want decimal.Number) {
	t.Helper()
	got, err := s.finder.Count(t.Context(), find.Public(), find.CountRequest{Query: q})
	if err != nil || !decimal.Of(got.Total).Equal(want) {
		t.Errorf("%s finds %v (%v), want %v", q, got, err, want)
	}
}
