package search

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"onewindow/internal/ierr"
)

// failingDisk stops working after a number of steps, as a machine does that loses
// its power: every later step fails, and what was written but not synced is lost
// in part.
type failingDisk struct {
	mu    sync.Mutex
	left  int
	loose map[string]bool // written, not synced
}

var errPower = errors.New("no power")

func (d *failingDisk) step() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.left--; d.left < 0 {
		return errPower
	}
	return nil
}

func (d *failingDisk) mark(path string, loose bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if loose {
		d.loose[path] = true
	} else {
		delete(d.loose, path)
	}
}

type failingFile struct {
	d *failingDisk
	f *os.File
}

func (d *failingDisk) create(path string) (diskFile, error) {
	if err := d.step(); err != nil {
		return nil, err
	}
	d.mark(path, true)
	f, err := os.Create(path)
	return &failingFile{d, f}, err
}

func (f *failingFile) Write(p []byte) (int, error) {
	if err := f.d.step(); err != nil {
		n, _ := f.f.Write(p[:len(p)/2])
		return n, err
	}
	return f.f.Write(p)
}

func (f *failingFile) Sync() error {
	if err := f.d.step(); err != nil {
		return err
	}
	f.d.mark(f.f.Name(), false)
	return f.f.Sync()
}

func (f *failingFile) Close() error { return f.f.Close() }

func (d *failingDisk) sync(path string) error {
	if err := d.step(); err != nil {
		return err
	}
	d.mark(path, false)
	return nil
}

func (d *failingDisk) rename(from, to string) error {
	if err := d.step(); err != nil {
		return err
	}
	if d.loose[from] {
		return fmt.Errorf("%s is renamed without being synced", from)
	}
	return os.Rename(from, to)
}

func (d *failingDisk) remove(path string) error {
	if err := d.step(); err != nil {
		return err
	}
	return os.Remove(path)
}

func (d *failingDisk) syncDir(string) error { return d.step() }

// crash cuts the files that were not synced.
func (d *failingDisk) crash(r *rand.Rand) {
	for path := range d.loose {
		if st, err := os.Stat(path); err == nil {
			_ = os.Truncate(path, r.Int64N(st.Size()+1))
		}
	}
}

// fingerprint tells what an index holds.
func fingerprint(t *testing.T, ix *Index) string {
	t.Helper()
	s, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Release()
	out := fmt.Sprintf("%d %d %s;", s.Slots(), s.Deleted(), s.Meta())
	r := dice{rand.New(rand.NewPCG(1, 1))}
	for range 20 {
		res, err := s.Search(context.Background(), r.node(2), Options{Top: 5})
		if err != nil {
			t.Fatal(err)
		}
		out += fmt.Sprint(res.Total, " ")
	}
	a, err := s.OpenAttached("cube")
	if ierr.KindOf(err) == ierr.NotFound {
		return out
	} else if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	b, err := io.ReadAll(a)
	if err != nil {
		t.Fatal(err)
	}
	return out + string(b[:10])
}

// TestPowerLoss cuts a commit and a merge at every step in turn: the index opened
// afterwards is the one before or the one after.
func TestPowerLoss(t *testing.T) {
	r := dice{rand.New(rand.NewPCG(3, 3))}
	var docs []Doc
	for range 120 {
		docs = append(docs, r.doc(3))
	}
	attach := func(x byte) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := w.Write(bytes.Repeat([]byte{x}, 100_000))
			return err
		}
	}
	work := func(d disk, dir string) (*Index, error) {
		ix, err := open(d, dir, testSchema)
		if err != nil {
			return nil, err
		}
		b, err := ix.NewBatch()
		if err != nil {
			return ix, err
		}
		for i, x := range docs[60:] {
			b.Add(x)
			if i == 30 {
				b.hand()
			}
		}
		if err := b.Attach("cube", attach('b')); err != nil {
			return ix, err
		}
		if err := ix.Commit(context.Background(), b, []uint32{3, 5, 70}, []byte("second")); err != nil {
			return ix, err
		}
		return ix, ix.MergeAll(context.Background())
	}
	states := map[string]bool{}
	for steps := 0; ; steps++ {
		dir := t.TempDir()
		ix, err := Create(dir, testSchema)
		if err != nil {
			t.Fatal(err)
		}
		b, err := ix.NewBatch()
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range docs[:60] {
			b.Add(x)
		}
		if err := b.Attach("cube", attach('a')); err != nil {
			t.Fatal(err)
		}
		if err := ix.Commit(context.Background(), b, nil, []byte("first")); err != nil {
			t.Fatal(err)
		}
		before := fingerprint(t, ix)
		ix.Close()

		d := &failingDisk{left: steps, loose: map[string]bool{}}
		ix, err = work(d, dir)
		if ix != nil {
			ix.Close()
		}
		if err == nil && d.left >= 0 {
			if len(states) != 2 {
				t.Errorf("met %d states, want the one before and the one after", len(states))
			}
			return
		}
		d.crash(r.Rand)
		ix, err = Open(dir, testSchema)
		if err != nil {
			t.Fatalf("cut after %d steps: %v", steps, err)
		}
		now := fingerprint(t, ix)
		ix.Close()
		states[now] = true
		if states[before] = true; len(states) > 2 {
			t.Fatalf("cut after %d steps: a third state: %v", steps, states)
		}
		known, _ := readManifest(dir)
		list, _ := os.ReadDir(dir)
		for _, e := range list {
			if !known.names()[e.Name()] {
				t.Errorf("cut after %d steps: %s is left over", steps, e.Name())
			}
		}
	}
}

// damageable makes an index with several segments, a mask and an attached file,
// and returns its folder and what it answers.
func damageable(t testing.TB) (string, []string) {
	t.Helper()
	dir := t.TempDir()
	ix, err := Create(dir, testSchema)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	r := dice{rand.New(rand.NewPCG(8, 8))}
	for range 2 {
		b, err := ix.NewBatch()
		if err != nil {
			t.Fatal(err)
		}
		for range 300 {
			b.Add(r.doc(2))
		}
		if err := b.Attach("cube", func(w io.Writer) error { _, err := w.Write(make([]byte, 1000)); return err }); err != nil {
			t.Fatal(err)
		}
		if err := ix.Commit(context.Background(), b, []uint32{1, 2}, []byte("note")); err != nil {
			t.Fatal(err)
		}
	}
	answers, err := askAll(dir)
	if err != nil {
		t.Fatal(err)
	}
	return dir, answers
}

// askAll opens an index and asks it a hundred questions; it stops at the first
// error.
func askAll(dir string) ([]string, error) {
	ix, err := Open(dir, testSchema)
	if err != nil {
		return nil, err
	}
	defer ix.Close()
	s, err := ix.Snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Release()
	out := []string{fmt.Sprint(s.Slots(), s.Deleted(), string(s.Meta()))}
	r := dice{rand.New(rand.NewPCG(2, 2))}
	for range 100 {
		res, err := s.Search(context.Background(), r.node(2), Options{Top: 20})
		if err != nil {
			return out, err
		}
		out = append(out, fmt.Sprint(res))
	}
	a, err := s.OpenAttached("cube")
	if err != nil {
		return out, err
	}
	defer a.Close()
	b, err := io.ReadAll(a)
	if err != nil {
		return out, err
	}
	return append(out, fmt.Sprint(len(b), bytes.Count(b, []byte{0}))), nil
}

// damage flips a bit of, or cuts, one file of a copy of dir, and fails unless the
// copy answers as before or says what is damaged.
func damage(t *testing.T, dir string, want []string, file, at uint32, bit uint8, cut bool) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	broken := t.TempDir()
	victim := list[int(file)%len(list)].Name()
	for _, e := range list {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if e.Name() == victim {
			if i := int(at) % len(b); cut {
				b = b[:i]
			} else {
				b[i] ^= 1 << (bit % 8)
			}
		}
		if err := os.WriteFile(filepath.Join(broken, e.Name()), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := askAll(broken)
	if err != nil {
		if k := ierr.KindOf(err); k != ierr.Corrupt && k != ierr.Unsupported {
			t.Fatalf("%s: an error of kind %v: %v", victim, k, err)
		}
	} else if len(got) != len(want) {
		t.Fatalf("%s: %d answers, want %d", victim, len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("%s byte %d bit %d: a wrong answer %s, want %s", victim, at, bit, got[i], want[i])
		}
	}
}

func TestDamage(t *testing.T) {
	dir, want := damageable(t)
	r := rand.New(rand.NewPCG(6, 6))
	n := 400
	if testing.Short() {
		n = 60
	}
	for i := range n {
		damage(t, dir, want, uint32(i), r.Uint32(), uint8(r.Uint32()), i%7 == 0)
	}
}

func FuzzDamage(f *testing.F) {
	dir, want := damageable(f)
	f.Add(uint32(0), uint32(10), uint8(3), false)
	f.Add(uint32(3), uint32(1000), uint8(0), true)
	f.Fuzz(func(t *testing.T, file, at uint32, bit uint8, cut bool) {
		damage(t, dir, want, file, at, bit, cut)
	})
}

func FuzzManifest(f *testing.F) {
	dir, _ := damageable(f)
	b, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("onewindow index 1 2 00000000\n{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := parseManifest(b); err == nil {
			m.names()
		}
	})
}

// TestUnmapped reads the same files without mapping them.
func TestUnmapped(t *testing.T) {
	dir := t.TempDir()
	w, err := createBlockFile(osDisk{}, dir, "a")
	if err != nil {
		t.Fatal(err)
	}
	want := make([]byte, 3*sumBlock+17)
	for i := range want {
		want[i] = byte(i * i >> 7)
	}
	_, _ = w.Write(want)
	info, err := w.close(true)
	if err != nil {
		t.Fatal(err)
	}
	plain := func(_ *os.File, n int64) ([]byte, bool, error) { return make([]byte, n), false, nil }
	f, err := openBlockFileAs(dir, info, plain)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	for _, at := range []int64{0, sumBlock - 3, 2 * sumBlock, int64(len(want)) - 9} {
		if got := f.view(at, 9)[:9]; !bytes.Equal(got, want[at:at+9]) {
			t.Errorf("at %d: %v", at, got)
		}
	}
	b, _ := os.ReadFile(filepath.Join(dir, "a"))
	b[sumBlock+5] ^= 1
	_ = os.WriteFile(filepath.Join(dir, "a"), b, 0o644)
	g, err := openBlockFileAs(dir, info, plain)
	if err != nil {
		t.Fatal(err)
	}
	defer g.close()
	if err := guard(func() error { g.need(sumBlock, sumBlock+1); return nil }); ierr.KindOf(err) != ierr.Corrupt {
		t.Errorf("a flipped bit gives %v", err)
	}
}
