package tabular

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/source/entry"
)

// firstObjects returns the names of the first object of a JSON array and the first
// objects as rows, nil where the beginning is none.
func firstObjects(head []byte) [][]string {
	o := newObjects(bytes.NewReader(head), sniffBytes)
	var rows [][]string
	for len(rows) < firstLimit {
		l, err := o.next()
		if err != nil {
			break
		}
		rows = append(rows, l.cells)
	}
	return rows
}

func names(object map[string]json.RawMessage) []string {
	out := make([]string, 0, len(object))
	for name := range object {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// objects is a JSON array of flat objects as a table: the names of the first object
// are its header.
type objects struct {
	dec    *json.Decoder
	budget *budget
	limit  int
	places map[string]int
	first  map[string]json.RawMessage // read for its names, not yet given as a row
	at     int64                      // of first
	begun  bool
	rows   int64
}

// budget bounds the bytes that one object may take.
type budget struct {
	r    io.Reader
	left int
}

var errBudget = errors.New("object too large")

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errBudget
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

func newObjects(r io.Reader, limit int) *objects {
	b := &budget{r: r, left: limit}
	return &objects{dec: json.NewDecoder(b), budget: b, limit: limit}
}

func (o *objects) restart() { o.rows = 0 }

// next gives the names of the first object, then every object as a row.
func (o *objects) next() (line, error) {
	if !o.begun {
		return o.header()
	}
	object, at := o.first, o.at
	o.first = nil
	if object == nil {
		var err error
		if object, at, err = o.read(); err != nil {
			return line{}, err
		}
	}
	o.rows++
	l := line{cells: make([]string, len(o.places)), row: o.rows, offset: at, sound: true}
	var raw []string
	for _, name := range names(object) {
		text, flat := scalar(object[name])
		i, known := o.places[name]
		switch {
		case !flat || !known && text != "":
			l.extra = append(l.extra, name)
		case known:
			l.cells[i] = text
		}
		if text != "" {
			raw = append(raw, name+": "+text)
		}
	}
	l.raw = strings.Join(raw, "; ")
	return l, nil
}

func (o *objects) header() (line, error) {
	o.begun = true
	if _, err := o.dec.Token(); err != nil {
		return line{}, trouble(err, o.limit)
	}
	var err error
	if o.first, o.at, err = o.read(); err != nil {
		return line{}, err
	}
	l := line{cells: names(o.first), sound: true}
	l.raw = strings.Join(l.cells, "; ")
	o.places = map[string]int{}
	for i, name := range l.cells {
		o.places[name] = i
	}
	return l, nil
}

// read reads the next object.
func (o *objects) read() (object map[string]json.RawMessage, at int64, err error) {
	o.budget.left = o.limit
	if !o.dec.More() {
		if _, err := o.dec.Token(); err != nil {
			return nil, 0, trouble(err, o.limit)
		}
		return nil, 0, io.EOF
	}
	at = o.dec.InputOffset()
	if err := o.dec.Decode(&object); err != nil {
		return nil, at, trouble(err, o.limit)
	}
	if object == nil { // null
		object = map[string]json.RawMessage{}
	}
	return object, at, nil
}

// scalar returns a text or number as it stands; objects and arrays are none.
func scalar(raw json.RawMessage) (text string, flat bool) {
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return "", true
	case raw[0] == '"':
		err := json.Unmarshal(raw, &text)
		return text, err == nil
	case raw[0] == '{' || raw[0] == '[':
		return "", false
	}
	return string(raw), true
}

// trouble says what is wrong with JSON.
func trouble(err error, limit int) error {
	var syntax *json.SyntaxError
	var shape *json.UnmarshalTypeError
	switch {
	case errors.Is(err, errBudget):
		return entry.Refuse("row.too_long", ierr.Args{"limit": limit}, "")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return io.ErrUnexpectedEOF
	case errors.As(err, &syntax), errors.As(err, &shape):
		return entry.Refuse("json.malformed", ierr.Args{"error": err.Error()}, "")
	}
	return err
}
