package charset

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

const sample = "专利公报，一种装置㐀𠀀"

func encode(t testing.TB, e Encoding, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := io.WriteString(e.NewWriter(&b), s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryEncodingIsKnownAndReadBack(t *testing.T) {
	for _, e := range []Encoding{UTF8, GB18030, UTF16LE, UTF16BE} {
		data := encode(t, e, sample)
		got, _, ok := Sniff(data)
		if got != e || !ok {
			t.Errorf("%s is taken for %q, %v", e, got, ok)
		}
		back, err := io.ReadAll(e.NewReader(bytes.NewReader(data)))
		if err != nil || string(back) != sample {
			t.Errorf("%s reads back as %q, %v", e, back, err)
		}
		if e == UTF8 || e == GB18030 {
			for cut := 8; cut < len(data); cut++ { // a beginning may end inside a character
				if got, _, ok := Sniff(data[:cut]); !ok || got != e {
					t.Errorf("%s cut at %d is taken for %q, %v", e, cut, got, ok)
				}
			}
		}
	}
}

func TestSniff(t *testing.T) {
	gb := string(encode(t, GB18030, strings.Repeat(sample, 20)))
	for _, c := range []struct {
		name, in string
		want     Encoding
		bom      int
		ok       bool
	}{
		{"nothing", "", Undecided, 0, true},
		{"ASCII", "item,name", Undecided, 0, true},
		{"mark", "\xEF\xBB\xBFa", UTF8, 3, true},
		{"binary", "a\x00b", Undecided, 0, false},
		{"mostly UTF-8", strings.Repeat("公", 200) + "\xff" + "a", UTF8, 0, true},
		{"mostly GB18030", gb + "\xff" + gb, GB18030, 0, true},
		{"neither", strings.Repeat("\xff", 10), Undecided, 0, false},
		{"broken four bytes", "\x81\x30\x20\x20\x81\x30\x81\x20\x81\x20", Undecided, 0, false},
	} {
		enc, bom, ok := Sniff([]byte(c.in))
		if enc != c.want || bom != c.bom || ok != c.ok {
			t.Errorf("%s: %q, %d, %v", c.name, enc, bom, ok)
		}
	}
	for name, want := range map[string]Encoding{"UTF-8": UTF8, "GBK": GB18030, "gb2312": GB18030, "utf-16le": UTF16LE, "UTF-16BE": UTF16BE} {
		if got, ok := Named(name); got != want || !ok {
			t.Errorf("%s names %q", name, got)
		}
	}
	if _, ok := Named("KOI8-R"); ok {
		t.Error("an encoding that is not read has a name")
	}
}

func TestDecoderSaysWhatDoesNotBelong(t *testing.T) {
	for _, c := range []struct {
		enc   Encoding
		in    string
		out   string
		sound bool
	}{
		{UTF8, "abc", "abc", true},
		{UTF8, sample, sample, true},
		{UTF8, "甲\xff乙", "甲\uFFFD乙", false},
		{GB18030, string(encode(t, GB18030, sample)), sample, true},
		{GB18030, "a\xb0\xa1\xff", "a啊\uFFFD", false},
		{Undecided, "abc", "abc", true},
	} {
		d := c.enc.NewDecoder()
		for range 2 {
			if got, sound := d.String([]byte(c.in)); got != c.out || sound != c.sound {
				t.Errorf("%s: %q gives %q, %v", c.enc, c.in, got, sound)
			}
		}
	}
}

func FuzzSniff(f *testing.F) {
	f.Add([]byte(sample))
	f.Add(encode(f, GB18030, sample))
	f.Add(encode(f, UTF16LE, sample))
	f.Fuzz(func(t *testing.T, b []byte) {
		enc, bom, _ := Sniff(b)
		if bom > len(b) {
			t.Fatalf("a mark of %d bytes in %d", bom, len(b))
		}
		s, _ := enc.NewDecoder().String(b)
		if strings.ToValidUTF8(s, "") != s {
			t.Fatalf("%q decodes to invalid UTF-8", b)
		}
	})
}
