package cube

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"onewindow/internal/ierr"
)

func write(t testing.TB, s *Snapshot, from, to int) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := s.WriteRows(&b, from, to)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("wrote %d of %d bytes: %v", n, b.Len(), err)
	}
	return b.Bytes()
}

func TestWrittenRowsAreReadBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	table, m := randomTable(t, rng, testColumns, 2*Window+100)
	s := table.Publish()
	var whole bytes.Buffer
	if _, err := s.WriteTo(&whole); err != nil {
		t.Fatal(err)
	}
	back, err := Read(&whole)
	if err != nil {
		t.Fatal(err)
	}
	check(t, back.Snapshot(), m)
	for _, dim := range []int{0, 4} { // the bounds of values were found again
		if got, want := back.Snapshot().greatest(dim), s.greatest(dim); got != want {
			t.Errorf("greatest value %d, want %d", got, want)
		}
	}
	m = grow(t, rng, back, m, 1000) // and it goes on growing
	check(t, back.Publish(), m)
}

func TestAChainOfFilesIsTheTable(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	table, m := randomTable(t, rng, testColumns, Window+5000)
	s := table.Publish()
	cuts := []int{0, 0, 17, 40000, Window, Window + 1, Window + 5000}
	merged, err := Read(bytes.NewReader(write(t, s, 0, 0)))
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(cuts); i++ {
		if err := merged.Extend(bytes.NewReader(write(t, s, cuts[i-1], cuts[i]))); err != nil {
			t.Fatal(err)
		}
	}
	check(t, merged.Snapshot(), m)
	if !bytes.Equal(write(t, merged.Snapshot(), 0, len(m)), write(t, s, 0, len(m))) {
		t.Error("the merged chain writes another file than the table")
	}

	gap := write(t, s, 100, 200)
	if err := merged.Extend(bytes.NewReader(gap)); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("rows that do not follow: %v", err)
	}
	if _, err := Read(bytes.NewReader(gap)); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("a part in place of the whole: %v", err)
	}
	other, err := New(Schema{[]Column{{"a", 1, false}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Extend(bytes.NewReader(write(t, s, 0, 3))); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("other columns: %v", err)
	}
	if _, err := s.WriteRows(&bytes.Buffer{}, 0, len(m)+1); err == nil {
		t.Error("rows are written that there are not")
	}
}

func TestEveryFlippedBitIsAnError(t *testing.T) {
	table, _ := randomTable(t, rand.New(rand.NewPCG(9, 9)), testColumns, 8)
	file := write(t, table.Publish(), 0, 8)
	for at := range file {
		for bit := range 8 {
			damaged := bytes.Clone(file)
			damaged[at] ^= 1 << bit
			_, err := Read(bytes.NewReader(damaged))
			kind := ierr.KindOf(err)
			inVersion := at >= len(magic) && at < len(magic)+4
			if err == nil || kind != ierr.Corrupt && !(inVersion && kind == ierr.Unsupported) {
				t.Fatalf("bit %d of byte %d: %v", bit, at, err)
			}
		}
	}
	for n := range file {
		if _, err := Read(bytes.NewReader(file[:n])); ierr.KindOf(err) != ierr.Corrupt {
			t.Fatalf("%d of %d bytes: %v", n, len(file), err)
		}
	}
	if _, err := Read(strings.NewReader(string(file) + "x")); ierr.KindOf(err) != ierr.Corrupt {
		t.Errorf("a byte behind the end: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	rng := rand.New(rand.NewPCG(10, 10))
	for _, rows := range []int{0, 1, 20} {
		table, _ := randomTable(f, rng, testColumns, rows)
		f.Add(write(f, table.Publish(), 0, rows))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		table, err := Read(bytes.NewReader(seal(file)))
		if err != nil {
			if k := ierr.KindOf(err); k != ierr.Corrupt && k != ierr.Unsupported && k != ierr.Conflict {
				t.Fatalf("%v is no refusal", err)
			}
			return
		}
		s := table.Snapshot()
		var again bytes.Buffer
		if _, err := s.WriteTo(&again); err != nil {
			t.Fatal(err)
		}
		if back, err := Read(&again); err != nil || back.Rows() != table.Rows() {
			t.Fatalf("what was read cannot be written and read: %v", err)
		}
		for i := range s.Schema().Columns {
			each(s, s.Range(i, 1, 100), must(s.Facets(Dimension{Column: i, Of: func(v uint32) uint32 { return v % 8 }, Size: 8})))
		}
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
