package delimited

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestOpenQuotationsAgreeWithCells(t *testing.T) {
	for _, row := range []string{
		``, `a,b`, `"a`, `"a"`, `"a",b`, `"a","b`, `a,"b`, `a"b,c`, `"a""b`, `"a"""`, `"a"b`, `"a"b",c`, `,"`, `"",`, `""`, `"""`, `a,b"`, `"a,b`, `"a,"",b`,
	} {
		_, want := Cells(nil, row, ',')
		if got := openAfter(false, []byte(row), ','); got != want {
			t.Errorf("%s: open %v, want %v", row, got, want)
		}
	}
}

// FuzzOpenQuotation compares line by line with the whole.
func FuzzOpenQuotation(f *testing.F) {
	f.Add("\"a\nb\",c\n\"\"\"d")
	f.Add("a,\"b\n\nc\"d\n\",")
	f.Fuzz(func(t *testing.T, s string) {
		_, want := Cells(nil, s, ',')
		got := false
		for i, line := range strings.Split(s, "\n") {
			if i > 0 && !got {
				return // where a quotation has ended, the row has
			}
			got = openAfter(got, []byte(line), ',')
		}
		if got != want {
			t.Errorf("%q: open %v, want %v", s, got, want)
		}
	})
}

func TestAFileOfOpenQuotationsTakesNoLongerThanItsLength(t *testing.T) {
	line := `"` + strings.Repeat("a", 16_000) + "\n"
	data := strings.Repeat(line, 300) + "1,2\n"
	begun := time.Now()
	l := NewReader(bufio.NewReader(strings.NewReader(data)), ',', 1<<20, 0)
	n, rejected := 0, 0
	for {
		r, err := l.Next()
		if err != nil {
			break
		}
		n++
		if r.Reject != nil {
			rejected++
		}
	}
	if n != 301 || rejected != 300 {
		t.Errorf("%d rows, %d rejected", n, rejected)
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("5 MB took %s", took)
	}
}

func TestAQuotationMayRunOverLines(t *testing.T) {
	l := NewReader(bufio.NewReader(strings.NewReader("a,\"b\nc\"\"d\ne\",f\ng,h\n")), ',', 1<<20, 0)
	var got [][]byte
	for {
		r, err := l.Next()
		if err != nil {
			break
		}
		got = append(got, r.Raw)
	}
	if len(got) != 2 || !bytes.Equal(got[0], []byte("a,\"b\nc\"\"d\ne\",f")) {
		t.Errorf("%q", got)
	}
}
