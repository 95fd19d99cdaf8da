package i18n_test

import (
	"testing"
	"testing/fstest"

	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// FuzzLoad loads one file of anything: either it is refused, or every message of
// it can be written.
func FuzzLoad(f *testing.F) {
	f.Add(`{"a.b": "x {n} y"}`)
	f.Add(`{"a.b": {"one": "{n}", "other": "{n}{who}"}, "a.c": ""}`)
	f.Add(`{"a.b": "{"}`)
	f.Add(`{"a.b": {"one": 1}}`)
	f.Add(`[{"a.b"`)
	f.Fuzz(func(t *testing.T, body string) {
		c, err := i18n.Load(fstest.MapFS{
			"i18n/en/a.json": {Data: []byte(body)},
			"i18n/en/format.json": {Data: []byte(`{"format.language": "", "format.comma": ",",
				"format.date": "{y}", "format.moment": "{y}", "err.internal": "", "err.cancelled": ""}`)},
		})
		if err != nil {
			return
		}
		for _, key := range c.Keys() {
			c.Printer("en").T(key, nil)
			c.Printer("en").T(key, ierr.Args{"n": 1, "who": "x"})
		}
	})
}

// FuzzMatch asks for a language in any words: it is always one that there is.
func FuzzMatch(f *testing.F) {
	c, err := i18n.Load(fstest.MapFS{"i18n/zh/f.json": {Data: []byte(`{"format.language": "", "format.comma": ",", "format.date": "{y}", "format.moment": "{y}"}`)}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("zh-CN,zh;q=0.9")
	f.Add("x-a,;q=")
	f.Fuzz(func(t *testing.T, accept string) {
		if !c.Has(c.Match(accept)) || c.Printer(accept) == nil {
			t.Errorf("%q has no language", accept)
		}
	})
}
