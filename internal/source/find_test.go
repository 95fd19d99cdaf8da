package source_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"onewindow/internal/ierr"
	"onewindow/internal/source"
)

// tree makes a folder with files, hidden ones and links.
func tree(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(t.TempDir(), "outside.csv")
	for path, data := range map[string]string{
		outside:                           "outside",
		filepath.Join(dir, "b.csv"):       "b",
		filepath.Join(dir, "a/2.xml"):     "two",
		filepath.Join(dir, "a/10.xml"):    strings.Repeat("x", 3<<20),
		filepath.Join(dir, ".hidden"):     "h",
		filepath.Join(dir, ".git/config"): "h",
		filepath.Join(dir, "a/empty.zip"): "",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{"link.csv": outside, "loop": dir} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFindListsSortsAndHashes(t *testing.T) {
	dir := tree(t)
	done := map[string]int64{}
	var hashed []string
	files, err := source.Find(t.Context(), []string{filepath.Join(dir, "b.csv"), dir, filepath.Join(dir, "a")}, func(f source.File, n int64) {
		if n < done[f.Path] {
			t.Errorf("%s goes back to %d", f.Path, n)
		}
		done[f.Path] = n
		if f.SHA256 != "" {
			hashed = append(hashed, f.Path)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i, f := range files {
		rel, err := filepath.Rel(dir, f.Path)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, rel)
		data, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		if f.SHA256 != hex.EncodeToString(sum[:]) || f.Size != int64(len(data)) || f.ModTime.IsZero() || done[f.Path] != f.Size || hashed[i] != f.Path {
			t.Errorf("found %+v", f)
		}
	}
	if got := strings.Join(names, " "); got != "a/10.xml a/2.xml a/empty.zip b.csv" {
		t.Errorf("found %s", got)
	}
	l, err := source.Expand(t.Context(), []string{dir})
	if err != nil || l.Hidden != 2 || l.Links != 2 || l.Other != 1 {
		t.Errorf("left out %+v, %v", l, err)
	}
	l, err = source.Expand(t.Context(), []string{filepath.Join(dir, "link.csv"), filepath.Join(dir, ".hidden")})
	if err != nil || len(l.Files) != 2 || filepath.Base(l.Files[1].Path) == "link.csv" {
		t.Errorf("what is named is taken, links resolved: %+v, %v", l, err)
	}
}

func TestFindRefuses(t *testing.T) {
	dir := tree(t)
	for _, c := range []struct {
		path string
		kind ierr.Kind
		code string
	}{
		{filepath.Join(dir, "none"), ierr.NotFound, "source.path_missing"},
		{filepath.Join(dir, "pipe"), ierr.Invalid, "source.not_a_file"},
		{t.TempDir(), ierr.NotFound, "source.nothing_found"},
		{filepath.Join(dir, "b.csv", "x"), ierr.Internal, "source.path_unreadable"},
	} {
		_, err := source.Find(t.Context(), []string{c.path}, nil)
		if e := ierr.As(err); e.Kind != c.kind || e.Code != c.code {
			t.Errorf("%s: %v", c.path, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, path := range []string{dir, filepath.Join(dir, "b.csv")} {
		if _, err := source.Find(ctx, []string{path}, nil); ierr.KindOf(err) != ierr.Cancelled {
			t.Errorf("cancelled: %v", err)
		}
	}
}
