package source_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"onewindow/internal/source"
	"onewindow/internal/source/sourcetest"
)

func TestTroublesOfOneMemberAreItsOwn(t *testing.T) {
	docs := sourcetest.Documents(2, 400)
	csv, x := table(t, docs), xmlFile(t, docs[0])
	good := docs[0].DocID()
	packed := sourcetest.Gzip(t, csv)
	flipped := bytes.Clone(packed)
	flipped[len(flipped)-6] ^= 0xff // in the checksum
	encrypted := sourcetest.Zip(t, p("e.xml", x))
	for i := range len(encrypted) - 8 {
		switch string(encrypted[i : i+4]) {
		case "PK\x03\x04":
			encrypted[i+6] |= 1
		case "PK\x01\x02":
			encrypted[i+8] |= 1
		}
	}
	strange := sourcetest.Zip(t, p("m.xml", x))
	for i := range len(strange) - 12 {
		if string(strange[i:i+4]) == "PK\x01\x02" {
			strange[i+10] = 99
		}
	}
	linked := func() []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		h := &zip.FileHeader{Name: "link"}
		h.SetMode(os.ModeSymlink | 0o777)
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write([]byte("/etc/passwd"))
		}
		if err = errors.Join(err, z.Close()); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}()
	head, row, _ := bytes.Cut(table(t, docs[:1]), []byte("\n"))
	bomb := sourcetest.Gzip(t, head, []byte("\n"), bytes.Repeat(row, 20000))
	noise := append([]byte("\xff\xd8\xff"), make([]byte, 200<<10)...) // so that a bomb exceeds its own limit, not that of the whole
	rng := rand.NewChaCha8([32]byte{})
	if _, err := rng.Read(noise[3:]); err != nil {
		t.Fatal(err)
	}
	for _, k := range []struct {
		name string
		bad  []byte
		code string
	}{
		{"truncated.gz", packed[:len(packed)/2], "archive.truncated"},
		{"checksum.gz", flipped, "archive.damaged"},
		{"header.gz", []byte("\x1f\x8b\x00\x00rubbish!!!"), "archive.damaged"},
		{"truncated.zip", sourcetest.Zip(t, p("x.xml", x))[:200], "archive.damaged"},
		{"encrypted.zip", encrypted, "archive.encrypted"},
		{"method.zip", strange, "archive.method"},
		{"link.zip", linked, "archive.link"},
		{"up.zip", sourcetest.Zip(t, p("../../x.xml", x)), "archive.path"},
		{"root.zip", sourcetest.Zip(t, p("/etc/x.xml", x)), "archive.path"},
		{"drive.zip", sourcetest.Zip(t, p(`C:\x.xml`, x)), "archive.path"},
		{"back.zip", sourcetest.Zip(t, p(`a\..\..\x.xml`, x)), "archive.path"},
		{"bomb.gz", bomb, "archive.bomb"},
		{"x.rar", []byte("Rar!\x1a\x07\x00...."), "archive.unsupported"},
		{"x.tar", append(make([]byte, 257), "ustar\x00 more"...), "archive.unsupported"},
		{"empty.csv", nil, "file.empty"},
		{"notes.txt", []byte("Notes, nothing else.\n"), "format.unknown"},
		{"broken.xml", x[:len(x)/2], "xml.unended"},
	} {
		t.Run(k.name, func(t *testing.T) {
			limits := source.Limits{Grace: 1 << 20, Ratio: 100}
			entries, s := read(t, file(t, "all.zip", sourcetest.Zip(t, p("noise.jpg", noise), p(k.name, k.bad), p("good.xml", x))), source.Options{Limits: limits})
			if len(entries) < 2 {
				t.Fatalf("read only\n%s", show(entries))
			}
			last, bad := entries[len(entries)-1], entries[len(entries)-2]
			if last.Doc == nil || last.Doc.DocID() != good || last.Member != "good.xml" {
				t.Errorf("what follows is lost:\n%s", show(entries))
			}
			if bad.Reject == nil || bad.Reject.Code != k.code || !strings.HasPrefix(bad.Member, k.name) {
				t.Errorf("rejected as\n%s", show(entries[len(entries)-2:]))
			}
			if k.name == "truncated.gz" && (len(entries) < 100 || bad.Row != int64(len(entries)-1) || bad.Offset == 0) {
				t.Errorf("%d entries, the last one at row %d, byte %d", len(entries), bad.Row, bad.Offset)
			}
			if s.Rejects[k.code] != 1 {
				t.Errorf("summary %+v", s)
			}
		})
	}
}

func TestLimitsOfAWholeFile(t *testing.T) {
	x := xmlFile(t, sourcetest.Documents(3, 1)[0])
	deep := x
	for range 5 {
		deep = sourcetest.Zip(t, p("in", deep))
	}
	var twelve []sourcetest.Packed
	for i := range 12 {
		twelve = append(twelve, p(fmt.Sprintf("%d.xml", i), x))
	}
	for _, k := range []struct {
		name   string
		data   []byte
		limits source.Limits
		code   string
		docs   int64
	}{
		{"depth", deep, source.Limits{}, "archive.depth", 0},
		{"entries", sourcetest.Zip(t, twelve...), source.Limits{Entries: 5}, "archive.entries", 5},
		{"total", sourcetest.Zip(t, twelve...), source.Limits{Unpacked: int64(3 * len(x))}, "archive.total", 3},
		{"ratio of the whole", sourcetest.Zip(t, p("a", sourcetest.Zip(t, twelve...))), source.Limits{Grace: int64(2 * len(x)), Ratio: 1}, "archive.bomb", 0},
		{"spool", sourcetest.Zip(t, p("a.zip", sourcetest.Zip(t, twelve...))), source.Limits{Spool: 1000}, "archive.spool", 0},
	} {
		entries, s := read(t, file(t, "x", k.data), source.Options{Limits: k.limits})
		if s.Rejects[k.code] == 0 || s.Documents > k.docs {
			t.Errorf("%s: %+v\n%s", k.name, s, show(entries))
		}
	}
}
