package xmlrec

import (
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"unicode"

	"onewindow/internal/source/entry"
)

// TestLinesAreJoinedEverywhere holds the short way for plain text to what is said of
// all text.
func TestLinesAreJoinedEverywhere(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""}, {" ", ""}, {"a b", "a b"}, {"a  b", "a b"}, {" a", "a"}, {"a ", "a"}, {"a\nb", "a b"}, {"甲\n乙", "甲乙"}, {"甲 乙", "甲 乙"}, {"a\u00a0b", "a b"}, {"é\n é", "é é"},
	} {
		if got := joinLines(c.text); got != c.want {
			t.Errorf("%q is joined to %q, want %q", c.text, got, c.want)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	letters := []rune("ab \n\t甲é")
	for range 5000 {
		var b strings.Builder
		for range r.IntN(8) {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		got := joinLines(b.String())
		if strings.ContainsAny(got, "\n\t") || strings.Contains(got, "  ") || strings.TrimSpace(got) != got || joinLines(got) != got {
			t.Fatalf("%q is joined to %q", b.String(), got)
		}
		without := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) {
					return -1
				}
				return r
			}, s)
		}
		if without(got) != without(b.String()) {
			t.Fatalf("%q is joined to %q", b.String(), got)
		}
	}
}

// TestWhatIsKeptDoesNotHoldItsRecord reads small values out of large records: the
// records are let go.
func TestWhatIsKeptDoesNotHoldItsRecord(t *testing.T) {
	const records, size = 100, 100 << 10
	record := []byte("<r a=' b'><n> 12 </n><t>" + strings.Repeat("x ", size/2) + "</t></r>")
	kept := make([]string, 0, 3*records)
	held := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	for range records {
		n, reject := Parse(record, nil, entry.DefaultLimits())
		if reject != nil {
			t.Fatal(reject)
		}
		kept = append(kept, n.Attr("a"), n.Child("n").Value(), n.Child("n").Text(nil))
	}
	if after := held(); after > before+records*size/4 {
		t.Errorf("%d values of %d records hold %d bytes", len(kept), records, after-before)
	}
	runtime.KeepAlive(kept)
}
