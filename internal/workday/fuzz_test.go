package workday

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"onewindow/defs"
)

// FuzzLoad wants that a calendar that is taken knows what its days are.
func FuzzLoad(f *testing.F) {
	b, err := fs.ReadFile(defs.FS, dir+"/cn.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	for _, s := range []string{"date,what,en,zh\n2020-01-01,holiday,New Year,元旦\n", "date,what,en,zh\n2020-01-01,holiday,a,b\n2020-01-01,workday,a,b\n", "x\n2020-13-01,holiday,,\n", ""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Load(fstest.MapFS{dir + "/x.csv": {Data: b}}, "x")
		if err != nil {
			return
		}
		for d, worked := range c.days {
			if c.Works(d) != worked || !c.Knows(d) {
				t.Errorf("%s is worked: %v, known: %v", d, c.Works(d), c.Knows(d))
			}
		}
	})
}
