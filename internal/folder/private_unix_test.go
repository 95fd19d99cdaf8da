//go:build unix

package folder

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFolderIsThisUsersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := Create(dir, Real, "jiangsu", day)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	l, err := f.Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, "api.sock"): 0o600, filepath.Join(dir, markerName): 0o600} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", path, info.Mode(), err, want)
		}
	}
}
