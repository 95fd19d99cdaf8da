package usfield

import (
	"html"
	"strings"
	"testing"

	"onewindow/internal/record"
)

// FuzzFields wants that numbers and classes are normal when they are read, and
// flagged when they are not.
func FuzzFields(f *testing.F) {
	for _, s := range []string{
		"07521043", "D0586076", "RE038765", "20060142694", "PP012345", "29297569", "09/123,456", "G06F015/00", "A61B 5/00", "H04N 700", " 15104002",
		"D 1121", "24265 WS", "DIG 12", "0101", "01-01", "630", "4000", "19820200", "19990230", "&alpha; &Agr; &b.phi; &nothing; &#x41;", "&amp", "\xff0",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n := DocumentNumber(s); n != "" {
			if DocumentNumber(n) != n || KindOf("", n) == "" || GrantCode(n) == "" {
				t.Errorf("%q reads as %q, which reads as %q", s, n, DocumentNumber(n))
			}
		}
		var r Notes
		if n := r.Application(s, "09", "application"); n == "" && len(r.List) == 0 || n != "" && len(n) != 8 {
			t.Errorf("%q is applied for as %q, %v", s, n, r.List)
		}
		for scheme, read := range map[record.Scheme]func(string) (record.Class, bool){
			record.IPC: func(s string) (record.Class, bool) { return IPC(s, "07") }, record.USPC: USPC,
			record.Locarno: func(s string) (record.Class, bool) { return Locarno(s, "08") },
		} {
			if c, ok := read(s); ok && (c.Scheme != scheme || c.Symbol == "" || strings.TrimSpace(c.Symbol) != c.Symbol) {
				t.Errorf("%q reads as %+v", s, c)
			}
		}
		if c, ok := Symbol(record.CPC, s[:min(1, len(s))], s[min(1, len(s)):], "B", "5", "00", s, "A"); ok && c.Scheme != record.CPC {
			t.Errorf("%q reads as %+v", s, c)
		}
		for name, text := range Entities([]byte(s)) {
			if text == "" || html.UnescapeString("&"+name+";") == "" || !strings.Contains(s, "&"+name+";") {
				t.Errorf("%q names %q, %q", s, name, text)
			}
		}
		if day := CitedDay(s); !strings.HasPrefix(s, strings.ReplaceAll(day, ".", "")) && day != s {
			t.Errorf("%q is cited as %q", s, day)
		}
		d := &record.Document{}
		if st := MarkStatus(s, 20200101); (st == nil) != (s == "") || st != nil && !strings.Contains(st.Text, s) {
			t.Errorf("%q is the state %+v", s, st)
		}
		if class := NiceClass(d, s); class == "" && len(d.Classes) > 0 {
			t.Errorf("%q is %v", s, d.Classes)
		}
		r.DesignCode(d, s, "code")
		for _, c := range d.Classes {
			if c.Symbol == "" || c.Scheme != record.Nice && c.Scheme != record.Vienna {
				t.Errorf("%q is %+v", s, c)
			}
		}
		if n := MarkNumber(s); MarkNumber(n) != n {
			t.Errorf("%q reads as %q, which reads as %q", s, n, MarkNumber(n))
		}
	})
}
