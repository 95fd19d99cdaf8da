package definition

import (
	"errors"
	"testing"

	"github.com/goccy/go-yaml"
)

type plan struct {
	Name  string            `yaml:"name"`
	List  []string          `yaml:"list"`
	Texts map[string]string `yaml:"texts"`
	Day   *struct{ N int }  `yaml:"day"`
}

func TestFaultsHaveTheirPlace(t *testing.T) {
	var p plan
	if err := Decode([]byte("name: a\nlist: [b]\n"), &p); err != nil || p.Name != "a" || len(p.List) != 1 {
		t.Errorf("%+v, %v", p, err)
	}
	for _, text := range []string{"name: a\nsurprise: b\n", "name: [a]\n", "list: {a: b}\n"} {
		var place yaml.Error
		if err := Decode([]byte(text), &plan{}); !errors.As(err, &place) || place.GetToken() == nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	// A tag that contradicts its value.
	if err := Decode([]byte("list: !000\n0"), &plan{}); err == nil {
		t.Error("a list that is none is taken")
	}
}

// FuzzDecode wants an error of every text that is no definition, never more.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		"name: a\nlist: [b, c]\ntexts: {en: x}\nday: {n: 1}\n", "list: !000\n0", "&a [*a]", "<<: *x", "name: !!binary x", "texts: !!set {a, b}", "? a\n: b", "--- a\n--- b", "name: |2-\n  x", "day: &d {n: *d}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var p plan
		_ = Decode(b, &p)
	})
}
