package source_test

import (
	"os"
	"path/filepath"
	"testing"
)

// sharedData returns a folder of real files beside the checkout, and skips the
// test where there is none.
func sharedData(t testing.TB, folder string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	found := filepath.Join(filepath.Dir(dir), "shared", "data", folder)
	if _, err := os.Stat(found); err != nil {
		t.Skipf("no real files at %s", found)
	}
	return found
}
