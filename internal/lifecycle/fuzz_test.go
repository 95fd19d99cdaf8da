package lifecycle

import (
	"io/fs"
	"path"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/record"
)

// FuzzLoad wants that rules that are taken can be followed: whatever they are, a
// life is told.
func FuzzLoad(f *testing.F) {
	known, err := fs.ReadFile(defs.FS, dir+"/"+instrumentsFile)
	if err != nil {
		f.Fatal(err)
	}
	days, err := fs.ReadFile(defs.FS, "workdays/cn.csv")
	if err != nil {
		f.Fatal(err)
	}
	files, err := fs.Glob(defs.FS, dir+"/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		if b, err := fs.ReadFile(defs.FS, name); err == nil && path.Base(name) != instrumentsFile {
			f.Add(b)
		}
	}
	docs := patent(record.Invention, 20100131, "A", 20110801, "B", 20130228)
	docs = append(docs, annuity(20140101, "5"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Load(fstest.MapFS{
			dir + "/" + instrumentsFile: {Data: known}, dir + "/x.yaml": {Data: b}, "workdays/cn.csv": {Data: days},
		})
		if err != nil {
			return
		}
		for _, kind := range record.Kinds {
			for _, d := range docs {
				d.Kind = kind
			}
			r.Of(of(docs...), 20260101, Sources{})
		}
	})
}

// FuzzSpan wants that a length of time is what its parts sum up to.
func FuzzSpan(f *testing.F) {
	for _, s := range []string{"10y", "18m", "15d", "10y-1d", "2y+6m", "20 years", "", "y", "999y999y999y", "-1y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s, twice span
		if s.UnmarshalText([]byte(text)) != nil {
			return
		}
		if err := twice.UnmarshalText([]byte(text + text)); err != nil || twice != (span{2 * s.months, 2 * s.days}) {
			t.Errorf("%q is %+v, twice it is %+v, %v", text, s, twice, err)
		}
		if s.days == 0 && s.months > 0 && s.months < 1200 && (s.after(20200115) <= 20200115 || s.before(20200115) >= 20200115) {
			t.Errorf("%q after 2020-01-15 is %s, before it %s", text, s.after(20200115), s.before(20200115))
		}
	})
}
