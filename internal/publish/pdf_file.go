package publish

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// file is a PDF file: its objects by number, the first of which is 1.
type file struct {
	objects    [][]byte
	root, info int
}

// errFile says that a file is not as fpdf writes it.
var errFile = errors.New("publish: the PDF file has another shape than expected")

var (
	startOfTable = regexp.MustCompile(`startxref\s+(\d+)\s+%%EOF\s*$`)
	tableHead    = regexp.MustCompile(`^xref\s+0 (\d+)\n`)
	rootEntry    = regexp.MustCompile(`/Root (\d+) 0 R`)
	infoEntry    = regexp.MustCompile(`/Info (\d+) 0 R`)
)

// readFile reads a file that fpdf has written, by its cross-reference table.
func readFile(raw []byte) (*file, error) {
	m := startOfTable.FindSubmatch(raw[max(0, len(raw)-64):])
	if m == nil {
		return nil, errFile
	}
	at, err := strconv.Atoi(string(m[1]))
	if err != nil || at >= len(raw) {
		return nil, errFile
	}
	table := raw[at:]
	h, root, info := tableHead.FindSubmatch(table), rootEntry.FindSubmatch(table), infoEntry.FindSubmatch(table)
	if h == nil || root == nil || info == nil {
		return nil, errFile
	}
	count, _ := strconv.Atoi(string(h[1]))
	rows := table[len(h[0]):]
	if len(rows) < 20*count {
		return nil, errFile
	}
	f := &file{}
	f.root, _ = strconv.Atoi(string(root[1]))
	f.info, _ = strconv.Atoi(string(info[1]))
	for n := 1; n < count; n++ {
		from, err := strconv.Atoi(string(rows[20*n : 20*n+10]))
		if err != nil || from >= at {
			return nil, errFile
		}
		body, ok := bytes.CutPrefix(raw[from:at], fmt.Appendf(nil, "%d 0 obj\n", n))
		if !ok {
			return nil, errFile
		}
		f.objects = append(f.objects, body)
	}
	return f, f.trim()
}

var lengthEntry = regexp.MustCompile(`/Length (\d+)`)

// trim cuts each object off at its end.
func (f *file) trim() error {
	for i, o := range f.objects {
		from := 0
		if s := bytes.Index(o, []byte("stream\n")); s >= 0 && s < bytes.Index(o, []byte("endobj")) {
			m := lengthEntry.FindSubmatch(o[:s])
			if m == nil {
				return errFile
			}
			from, _ = strconv.Atoi(string(m[1]))
			from += s
		}
		end := bytes.Index(o[min(from, len(o)):], []byte("endobj"))
		if end < 0 {
			return errFile
		}
		f.objects[i] = bytes.TrimRight(o[:from+end], "\n ")
	}
	return nil
}

// add adds an object and returns its number.
func (f *file) add(body []byte) int {
	f.objects = append(f.objects, body)
	return len(f.objects)
}

// keep keeps a number for an object that is set later.
func (f *file) keep() int { return f.add(nil) }

func (f *file) set(n int, body []byte) { f.objects[n-1] = body }

// extend adds entries to a dictionary.
func (f *file) extend(n int, entries string) error {
	o := f.objects[n-1]
	if !bytes.HasSuffix(o, []byte(">>")) {
		return errFile
	}
	f.objects[n-1] = append(bytes.TrimSuffix(o[:len(o):len(o)], []byte(">>")), entries+">>"...)
	return nil
}

// perStream is how many objects are packed together.
const perStream = 200

// write writes the file with its small objects packed together (ISO 32000-1, 7.5.7
// and 7.5.8).
func (f *file) write(w io.Writer) error {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	type entry struct{ kind, a, b int }
	entries := make([]entry, 1, len(f.objects)+64)
	entries[0] = entry{0, 0, 65535}
	var small []int
	for i, o := range f.objects {
		if !bytes.HasSuffix(o, []byte("endstream")) {
			small = append(small, i+1)
			entries = append(entries, entry{})
			continue
		}
		entries = append(entries, entry{1, out.Len(), 0})
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	stream := func(dict string, body []byte) {
		packed := deflated(body)
		n := len(entries)
		entries = append(entries, entry{1, out.Len(), 0})
		fmt.Fprintf(&out, "%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n", n, dict, len(packed))
		out.Write(packed)
		out.WriteString("\nendstream\nendobj\n")
	}
	for len(small) > 0 {
		some := small[:min(perStream, len(small))]
		small = small[len(some):]
		var head, body bytes.Buffer
		for i, n := range some {
			entries[n] = entry{2, len(entries), i}
			fmt.Fprintf(&head, "%d %d ", n, body.Len())
			body.Write(f.objects[n-1])
			body.WriteByte('\n')
		}
		stream(fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(some), head.Len()), append(head.Bytes(), body.Bytes()...))
	}
	at := out.Len()
	entries = append(entries, entry{1, at, 0})
	var rows []byte
	for _, e := range entries {
		rows = append(rows, byte(e.kind), byte(e.a>>24), byte(e.a>>16), byte(e.a>>8), byte(e.a), byte(e.b>>8), byte(e.b))
	}
	packed := deflated(rows)
	fmt.Fprintf(&out, "%d 0 obj\n<</Type/XRef/W[1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/Filter/FlateDecode/Length %d>>\nstream\n", len(entries)-1, len(entries), f.root, f.info, len(packed))
	out.Write(packed)
	fmt.Fprintf(&out, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", at)
	_, err := w.Write(out.Bytes())
	return err
}

func deflated(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	z.Write(b)
	z.Close()
	return out.Bytes()
}
