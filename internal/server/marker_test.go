package server

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onewindow/internal/folder"
	"onewindow/internal/ierr"
)

func TestAMarkerThatWasChangedIsRefused(t *testing.T) {
	for _, change := range [][2]string{{`"real"`, `"sample"`}, {`"jiangsu"`, `"zhejiang"`}} {
		dir := filepath.Join(t.TempDir(), "data")
		reopen := func() error {
			cfg := config(dir, folder.Real)
			if folderThere(dir) {
				cfg.Make = nil
			}
			s, err := Open(cfg)
			if err == nil {
				err = s.Close()
			}
			return err
		}
		for range 2 {
			if err := reopen(); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(dir, "onewindow.json")
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(b), change[0], change[1], 1)
		if changed == string(b) {
			t.Fatalf("no %s in %s", change[0], b)
		}
		if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := reopen(); ierr.KindOf(err) != ierr.Conflict || ierr.As(err).Code != "folder.disagrees" {
			t.Errorf("%s made %s: %v", change[0], change[1], err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := reopen(); err != nil {
			t.Errorf("put right: %v", err)
		}
	}
}

func folderThere(dir string) bool {
	_, err := folder.Look(dir)
	return err == nil
}
