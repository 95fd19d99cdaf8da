package register_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

func TestAChangedTextIsAnErrorAndNoAnswer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	store := openStore(t, path)
	r := openOn(t, store)
	load(t, r, file("a", doc("109000001A", "201710000001", "battery")))
	r.Close()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte("battery")); n != 1 {
		t.Fatalf("the title stands %d times in the file", n)
	}
	b[bytes.Index(b, []byte("battery"))] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	r = openOn(t, openStore(t, path))
	err = r.Scan(context.Background(), register.AsOf{}, func(v *register.View) error {
		t.Errorf("answered %q", v.Title())
		return nil
	})
	if ierr.KindOf(err) != ierr.Corrupt {
		t.Errorf("error %v", err)
	}
}
