package find

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

func TestADamagedIndexIsMadeAnewAtTheNextStart(t *testing.T) {
	h := open(t)
	h.load(four(t)...)
	want, n := h.titles(Request{Query: "电池"})
	if n == 0 {
		t.Fatal("nothing is found to begin with")
	}
	damage := func(pattern string) {
		t.Helper()
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(h.config.Dir, "*", pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%v, %v", files, err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			b[len(b)/2] ^= 4
			if err := os.WriteFile(file, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if h.Finder, err = Open(h.config); err != nil {
			t.Fatal(err)
		}
		h.sync()
	}
	damage("*.doc")
	for range 2 {
		if _, err := h.Search(t.Context(), Public(), Request{Query: "电池"}); ierr.KindOf(err) != ierr.Corrupt {
			t.Fatalf("a damaged index answers with error %v", err)
		}
	}
	damage("manifest") // of what is thrown away
	for range 2 {
		if got, n2 := h.titles(Request{Query: "电池"}); got != want || n2 != n {
			t.Errorf("%d: %s; want %d: %s", n2, got, n, want)
		}
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		var err error
		if h.Finder, err = Open(h.config); err != nil {
			t.Fatal(err)
		}
		h.sync()
	}
	left, err := filepath.Glob(filepath.Join(h.config.Dir, "*"))
	if err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
}

func TestTheIndexIsThisUsersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes of files are not kept here")
	}
	h := open(t)
	h.load(four(t)...)
	n := 0
	err := filepath.WalkDir(h.config.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", path, info.Mode())
		}
		n++
		return err
	})
	if err != nil || n < 4 {
		t.Errorf("%d files, %v", n, err)
	}
}

func TestAnExportHoldsWhatStoodWhenItBegan(t *testing.T) {
	h := open(t)
	var docs []*record.Document
	const many = 700
	for i := range many {
		docs = append(docs, document(t, spec{pub: fmt.Sprintf("CN1990%05dA", i), day: "2019-07-09", title: "样例"}))
	}
	load := h.load(docs...)
	n := 0
	err := h.Each(t.Context(), Public(), Request{}, nil, func(*register.View) error {
		if n++; n == 1 {
			if _, err := h.register.Undo(t.Context(), load.ID, "test"); err != nil {
				return err
			}
			h.sync()
		}
		return nil
	})
	if err != nil || n != many {
		t.Errorf("%d rights of %d, %v", n, many, err)
	}
	if _, n := h.titles(Request{}); n != 0 {
		t.Errorf("%d rights after the undoing", n)
	}
}

// TestBlocksOfRowsAreFew holds each block of the cube to have more rows than all
// behind it, however many commits there were, and what they hold to be all rows.
func TestBlocksOfRowsAreFew(t *testing.T) {
	h := open(t)
	total := 0
	for i := range 24 {
		var docs []*record.Document
		for range 1 + i%5*i%7 {
			total++
			docs = append(docs, document(t, spec{pub: fmt.Sprintf("CN1990%05dA", total), day: "2019-07-09", title: "样例"}))
		}
		h.load(docs...)
		blocks := h.shelf.note.Blocks
		for k, from := range blocks[1:] {
			if from-blocks[k] <= total-from {
				t.Errorf("%d rows lie in blocks from %v", total, blocks)
			}
		}
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	var err error
	if h.Finder, err = Open(h.config); err != nil {
		t.Fatal(err)
	}
	if _, n := h.titles(Request{}); n != int64(total) {
		t.Errorf("%d rights of %d after opening again", n, total)
	}
}

func TestEarlierTimesAreBuiltOneAfterTheOther(t *testing.T) {
	h := open(t)
	h.load(four(t)...)
	h.past.turn.Lock() // somebody builds
	const asked = 3 * maxQueued
	errs := make(chan error, asked)
	for i := range asked {
		go func() {
			_, err := h.Count(t.Context(), Public(), CountRequest{AsOf: register.AsOf{On: date.Of(2019, 7, 1+i)}})
			errs <- err
		}()
	}
	for range asked - maxQueued {
		if err := <-errs; ierr.KindOf(err) != ierr.Busy {
			t.Errorf("one question too many: %v", err)
		}
	}
	h.past.turn.Unlock()
	for range maxQueued {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if _, err := h.Count(t.Context(), Public(), CountRequest{AsOf: register.AsOf{On: date.Of(2018, 1, 1)}}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
