package register_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"onewindow/internal/register"
	"onewindow/internal/source"
)

// sharedData returns a folder of real files beside the project, and skips the
// test where there is none.
func sharedData(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
	}
	path := filepath.Join(filepath.Dir(dir), "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the real files are not here: %s", path)
	}
	return path
}

func realFiles(t testing.TB, names ...string) register.Files {
	t.Helper()
	var paths []string
	for _, n := range names {
		paths = append(paths, sharedData(t, n))
	}
	found, err := source.Find(context.Background(), paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	return register.Files{Found: found}
}

// TestTheRealGazette loads a whole issue of the gazette and counts what the
// files are known to hold.
func TestTheRealGazette(t *testing.T) {
	r := open(t)
	l, err := r.Load(ctx, register.LoadSpec{Feed: realFiles(t, "cnipa-gazette-csv")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := l.Counts
	if c.Entries != 40_006 || c.Documents != 40_006 || c.Rejected != 0 || c.New+c.Repeated+c.Known != c.Documents {
		t.Errorf("counts: %+v", c)
	}
	publications, repeats, statements, twoTitles, disputed, kinds := 0, 0, 0, 0, 0, map[string]int{}
	err = r.Scan(ctx, register.AsOf{}, func(v *register.View) error {
		publications += len(v.Documents)
		statements += len(v.Statements)
		repeats += v.Repeats()
		kinds[string(v.Kind)]++
		if v.IsDisputed(register.FieldTitle) {
			twoTitles++
		}
		if len(v.Disputed) > 0 {
			disputed++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if publications != 36_735 || statements+repeats != 40_006 || twoTitles != 33 {
		t.Errorf("%d publications, %d statements and %d repeats, %d with two titles", publications, statements, repeats, twoTitles)
	}
	t.Logf("%+v; kinds %v, %d disputed", c, kinds, disputed)
	if _, err := r.Undo(ctx, l.ID, "clerk"); err != nil {
		t.Fatal(err)
	}
	if left := digests(t, r, register.AsOf{}); len(left) != 0 {
		t.Errorf("%d rights are left after the undoing", len(left))
	}
}

// BenchmarkRealGazette reads, checks and stores a real issue.
func BenchmarkRealGazette(b *testing.B) {
	feed := realFiles(b, "cnipa-gazette-csv")
	for b.Loop() {
		b.StopTimer()
		r := open(b)
		b.StartTimer()
		if _, err := r.Load(ctx, register.LoadSpec{Feed: feed}, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(40_006*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
