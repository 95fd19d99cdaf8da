package source_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source"
	"onewindow/internal/source/cnipa"
	"onewindow/internal/source/gazettecsv"
	"onewindow/internal/source/sourcetest"
)

func table(t testing.TB, docs []*record.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gazettecsv.NewWriter(&b, gazettecsv.Options{LostSpaces: true})
	for _, d := range docs {
		if err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func xmlFile(t testing.TB, d *record.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := cnipa.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func oldFile(t testing.TB, d *record.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := cnipa.WriteOld(&b, d, cnipa.OldOptions{BOM: true}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// p is one file of an archive.
func p(name string, data []byte) sourcetest.Packed { return sourcetest.Packed{Name: name, Data: data} }

// file puts data into a file of a new folder.
func file(t testing.TB, name string, data []byte) source.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return source.File{Path: path, Size: int64(len(data))}
}

// read collects the entries of a file.
func read(t testing.TB, f source.File, o source.Options) ([]source.Entry, source.Summary) {
	t.Helper()
	o.TempDir = t.TempDir()
	var out []source.Entry
	s, err := source.Read(t.Context(), f, o, func(e source.Entry) error {
		out = append(out, e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(o.TempDir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	return out, s
}

// show writes entries in short: "member:row id" or "member:row !code".
func show(entries []source.Entry) string {
	var out []string
	for _, e := range entries {
		what := ""
		if e.Reject != nil {
			what = "!" + e.Reject.Code
		} else {
			what = e.Doc.DocID()
		}
		out = append(out, fmt.Sprintf("%s:%d %s", e.Member, e.Row, what))
	}
	return strings.Join(out, "\n")
}

func TestPackedFilesReadLikePlainOnes(t *testing.T) {
	docs := sourcetest.Documents(1, 3)
	csv, x, old := table(t, docs[:2]), xmlFile(t, docs[2]), oldFile(t, docs[0])
	a, b, c := docs[0].DocID(), docs[1].DocID(), docs[2].DocID()
	zip := func(files ...sourcetest.Packed) []byte { return sourcetest.Zip(t, files...) }
	gz := func(parts ...[]byte) []byte { return sourcetest.Gzip(t, parts...) }
	for _, k := range []struct {
		name string
		data []byte
		want string
	}{
		{"plain.csv", csv, ":1 " + a + "\n:2 " + b},
		{"plain.txt", x, ":1 " + c},
		{"old.xml", old, ":1 " + a},
		{"packed.csv.gz", gz(csv), ":1 " + a + "\n:2 " + b},
		{"concatenated.gz", gz(csv[:100], csv[100:]), ":1 " + a + "\n:2 " + b},
		{"twice.gz", gz(gz(x)), ":1 " + c},
		{"a.zip", zip(p("d/", nil), p("d/1.csv", csv), p("2.XML", x)), "d/1.csv:1 " + a + "\nd/1.csv:2 " + b + "\n2.XML:1 " + c},
		{"nested.zip", zip(p("in.zip", zip(p("deep.zip", zip(p("x.xml", x))), p("1.csv.gz", gz(csv)))), p("o.xml", old)),
			"in.zip!deep.zip!x.xml:1 " + c + "\nin.zip!1.csv.gz:1 " + a + "\nin.zip!1.csv.gz:2 " + b + "\no.xml:1 " + a},
		{"zip.gz", gz(zip(p("x.xml", x))), "x.xml:1 " + c},
		{"empty.zip", zip(), ""},
		{"names.zip", zip(p("\xd1\xf9\xc0\xfd.xml", x)), "样例.xml:1 " + c},
		{"companions.zip", zip(p(".hidden", x), p("__MACOSX/x.xml", x), p("a.TIF", []byte("II*\x00....")), p("b.jpg", []byte("\xff\xd8\xff....")), p("x.xml", x)), "x.xml:1 " + c},
	} {
		t.Run(k.name, func(t *testing.T) {
			entries, s := read(t, file(t, k.name, k.data), source.Options{})
			if got := show(entries); got != k.want {
				t.Errorf("read\n%s\nwant\n%s", got, k.want)
			}
			last := int64(0)
			for i, e := range entries {
				if e.Ordinal != int64(i+1) || e.Read < last || e.Read > int64(len(k.data)) {
					t.Errorf("entry %d has ordinal %d after %d bytes", i+1, e.Ordinal, e.Read)
				}
				last = e.Read
			}
			if s.Entries != int64(len(entries)) || s.Rejected != 0 {
				t.Errorf("summary %+v", s)
			}
			if k.name == "companions.zip" && (s.Unread["hidden file"] != 2 || s.Unread["picture: tif"] != 1 || s.Unread["picture: jpg"] != 1) {
				t.Errorf("unread %v", s.Unread)
			}
		})
	}
}

func TestFromGivesTheSameEntries(t *testing.T) {
	docs := sourcetest.Documents(4, 900)
	files := []sourcetest.Packed{p("1.csv", table(t, docs)), p("bad.gz", sourcetest.Gzip(t, table(t, docs))[:9000]), p("no.txt", []byte("?"))}
	for i := range 40 {
		files = append(files, p(fmt.Sprintf("%d.xml", i), xmlFile(t, docs[i])))
	}
	f := file(t, "all.zip", sourcetest.Zip(t, files...))
	all, s := read(t, f, source.Options{Workers: 1})
	for _, from := range []int64{0, 1, 199, 200, 201, 899, 900, 1100, s.Entries - 1, s.Entries, s.Entries + 5} {
		rest, s := read(t, f, source.Options{From: from, Workers: 4, Limits: source.Limits{InFlight: 20000}})
		want := all[min(int(from), len(all)):]
		if len(rest) != len(want) || s.Entries != int64(len(want)) {
			t.Fatalf("from %d there are %d entries, want %d", from, len(rest), len(want))
		}
		for i := range rest {
			rest[i].Read, want[i].Read = 0, 0
		}
		if len(want) > 0 {
			if diff := cmp.Diff(want, rest); diff != "" {
				t.Fatalf("from %d (-all +rest)\n%s", from, diff)
			}
		}
	}
}

func TestFormatsCanBeNamed(t *testing.T) {
	data := []byte("专利号,授权公告号,名称\n1,CN209000001U,样例\n")
	f := file(t, "odd.csv", data)
	if entries, _ := read(t, f, source.Options{}); entries[0].Reject.Code != "format.unknown" {
		t.Errorf("detected: %s", show(entries))
	}
	if entries, _ := read(t, f, source.Options{As: gazettecsv.ID}); entries[0].Reject.Code != "header.unknown" || entries[0].Format != gazettecsv.ID {
		t.Errorf("named: %s", show(entries))
	}
	_, err := source.Read(t.Context(), f, source.Options{As: "no-format"}, func(source.Entry) error { return nil })
	var known []string
	for _, f := range source.Formats() {
		known = append(known, f.ID)
	}
	if e := ierr.As(err); e.Kind != ierr.Invalid || e.Code != "source.format_unknown" || e.Args["known"] != strings.Join(known, ", ") {
		t.Errorf("an unknown name gives %v", err)
	}
}

func TestReadEndsWhenItsCallerDoes(t *testing.T) {
	f := file(t, "x.csv", table(t, sourcetest.Documents(5, 3000)))
	stop := errors.New("stop")
	for _, after := range []int{1, 300, 2999} {
		n := 0
		_, err := source.Read(t.Context(), f, source.Options{}, func(source.Entry) error {
			if n++; n == after {
				return stop
			}
			return nil
		})
		if !errors.Is(err, stop) || n != after {
			t.Errorf("stopped after %d: %v", n, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		n = 0
		s, err := source.Read(ctx, f, source.Options{}, func(e source.Entry) error {
			if e.Reject != nil {
				t.Errorf("cancelling leaves %v", e.Reject)
			}
			if n++; n == after {
				cancel()
			}
			return nil
		})
		if ierr.KindOf(err) != ierr.Cancelled || s.Entries != int64(n) {
			t.Errorf("cancelled after %d of %d: %v", after, n, err)
		}
		cancel()
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := source.Read(ctx, f, source.Options{}, func(source.Entry) error { return errors.New("called") }); ierr.KindOf(err) != ierr.Cancelled {
		t.Errorf("cancelled before: %v", err)
	}
}

func TestFilesThatAreNotWhatTheyWere(t *testing.T) {
	f := file(t, "x.csv", table(t, sourcetest.Documents(6, 3)))
	files, err := source.Find(t.Context(), []string{f.Path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if entries, s := read(t, files[0], source.Options{}); len(entries) != 3 || s.Broken {
		t.Errorf("read %s", show(entries))
	}
	if err := os.WriteFile(f.Path, []byte("changed"), 0o600); err != nil {
		t.Fatal(err)
	}
	if entries, s := read(t, files[0], source.Options{}); show(entries) != ":0 !file.changed" || !s.Broken {
		t.Errorf("changed: %s", show(entries))
	}
	if err := os.Remove(f.Path); err != nil {
		t.Fatal(err)
	}
	if entries, s := read(t, files[0], source.Options{}); show(entries) != ":0 !file.unreadable" || !s.Broken {
		t.Errorf("gone: %s", show(entries))
	}
}

func TestAFileThatChangesWhileItIsReadIsToldOf(t *testing.T) {
	f := file(t, "x.csv", table(t, sourcetest.Documents(6, 3000)))
	files, err := source.Find(t.Context(), []string{f.Path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var last source.Entry
	s, err := source.Read(t.Context(), files[0], source.Options{Limits: source.Limits{InFlight: 20000}}, func(e source.Entry) error {
		last = e
		if e.Ordinal == 1 {
			return os.Truncate(f.Path, files[0].Size/2)
		}
		return nil
	})
	if err != nil || !s.Broken || last.Reject == nil || last.Reject.Code != "file.changed" {
		t.Errorf("ends with %+v after %d entries, broken %v, %v", last, s.Entries, s.Broken, err)
	}
}

func FuzzRead(f *testing.F) {
	docs := sourcetest.Documents(7, 2)
	x := xmlFile(f, docs[0])
	f.Add(sourcetest.Zip(f, p("a/x.xml", x), p("../t.csv", table(f, docs))))
	f.Add(sourcetest.Zip(f, p("in.zip", sourcetest.Zip(f, p("o.xml", oldFile(f, docs[1]))))))
	f.Add(sourcetest.Gzip(f, x, x))
	f.Add(table(f, docs))
	f.Add([]byte("II*\x00"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(dir, "fuzz")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		o := source.Options{Workers: 2, TempDir: dir, Limits: source.Limits{Unpacked: 1 << 20, Grace: 1 << 18, Entries: 20, Record: 64 << 10, Line: 4096}}
		n := int64(0)
		s, err := source.Read(t.Context(), source.File{Path: path}, o, func(e source.Entry) error {
			if n++; e.Ordinal != n || (e.Doc == nil) == (e.Reject == nil) {
				t.Errorf("entry %d is %+v", n, e)
			}
			return nil
		})
		if err != nil || s.Entries != n || s.Documents+s.Rejected != n {
			t.Errorf("%+v, %v", s, err)
		}
	})
}

// BenchmarkRead reads archives of many documents, one a file, as they are
// delivered: with their full text, and without. Bytes are those of the unpacked
// documents.
func BenchmarkRead(b *testing.B) {
	full := "<business:Description>" + strings.Repeat("<base:Paragraphs num=\"0001\">"+strings.Repeat("说明书的一段正文，", 20)+"</base:Paragraphs>\n", 60) + "</business:Description>"
	for name, text := range map[string]string{"full": full, "bibliography": ""} {
		b.Run(name, func(b *testing.B) {
			var files []sourcetest.Packed
			size := 0
			for i, d := range sourcetest.Documents(1, 2000) {
				data := bytes.Replace(xmlFile(b, d), []byte("</business:PatentDocumentAndRelated>"), []byte(text+"</business:PatentDocumentAndRelated>"), 1)
				size += len(data)
				files = append(files, p(fmt.Sprintf("%d.xml", i), data))
			}
			f := file(b, "issue.zip", sourcetest.Zip(b, files...))
			b.SetBytes(int64(size))
			b.ReportMetric(float64(size)/float64(len(files)), "B/doc")
			for b.Loop() {
				s, err := source.Read(b.Context(), f, source.Options{Limits: source.Limits{Ratio: 10000}}, func(source.Entry) error { return nil })
				if err != nil || s.Documents != int64(len(files)) {
					b.Fatalf("%+v, %v", s, err)
				}
			}
		})
	}
}

func FuzzDetect(f *testing.F) {
	docs := sourcetest.Documents(8, 2)
	for _, data := range [][]byte{table(f, docs), xmlFile(f, docs[0]), oldFile(f, docs[1]), []byte("name,number\n")} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, head []byte) {
		for _, format := range source.Formats() {
			if format.Detect("a.csv", head) != format.Detect("b.xml", head) {
				t.Errorf("%s goes by the name of the file", format.ID)
			}
		}
	})
}

func TestEveryFormatIsDetectedAsItself(t *testing.T) {
	docs := sourcetest.Documents(8, 2)
	for id, data := range map[string][]byte{gazettecsv.ID: table(t, docs), cnipa.ID: xmlFile(t, docs[0]), cnipa.OldID: oldFile(t, docs[1])} {
		for _, format := range source.Formats() {
			if format.Detect("", data) != (format.ID == id) {
				t.Errorf("%s detects a file of %s: %v", format.ID, id, format.ID != id)
			}
		}
	}
}
