package audit

import (
	"strings"
	"testing"
)

// FuzzReadKey wants that a key that is taken signs what its public half confirms.
func FuzzReadKey(f *testing.F) {
	secret, err := NewKey("example.org/log")
	if err != nil {
		f.Fatal(err)
	}
	private, public, _ := strings.Cut(secret, "\n")
	for _, s := range []string{secret, private, public, public + "\n" + private, strings.Replace(secret, "+", "-", 1), "\n", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		k, err := ReadKey(s)
		if err != nil {
			return
		}
		h := Head{Size: 1}
		if err := k.sign(&h); err != nil {
			t.Fatal(err)
		}
		if again, err := ReadHead(h.Signed, k.Public); err != nil || again.Size != 1 || again.Origin != k.Origin() {
			t.Errorf("%+v reads as %+v, %v", h, again, err)
		}
	})
}
