package st96

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
)

func written(t testing.TB, docs ...*record.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, Meta{Created: 20260101, Producer: "样例 & test"})
	for _, d := range docs {
		if err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func one(t testing.TB, data []byte) *record.Document {
	t.Helper()
	got, unread, err := sourcetest.Entries(Format(1), data, entry.Limits{})
	if err != nil || len(got) != 1 || got[0].Doc == nil {
		t.Fatalf("%+v, %v\n%s", got, err, data)
	}
	if len(unread) > 0 {
		t.Errorf("unread %v", unread)
	}
	return got[0].Doc
}

// wellFormed fails for what an XML parser that knows namespaces does not take.
func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	for decoder := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		if s, ok := token.(xml.StartElement); ok && !strings.Contains(s.Name.Space, ":") {
			t.Fatalf("%s is in no namespace\n%s", s.Name.Local, data)
		}
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	for i, d := range invent(1, 2000) {
		data := written(t, d)
		if !Format(1).Detect("x", data) {
			t.Fatalf("not known by its elements\n%s", data)
		}
		got := one(t, data)
		for _, f := range got.Flags {
			if f.Code != "date.order" {
				t.Errorf("document %d is flagged %+v", i, f)
			}
		}
		if diff := cmp.Diff(normal(*d), normal(*got), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("document %d (-written +read)\n%s\n%s", i, diff, data)
		}
	}
}

func TestAnExportOfManyIsReadWhole(t *testing.T) {
	docs := invent(2, 200)
	data := written(t, docs...)
	wellFormed(t, data)
	got, unread, err := sourcetest.Entries(Format(1), data, entry.Limits{})
	if err != nil || len(got) != len(docs) || len(unread) > 0 {
		t.Fatalf("%d entries, unread %v, %v", len(got), unread, err)
	}
	for i, e := range got {
		if e.Doc == nil || e.Doc.DocID() != docs[i].DocID() || e.Row != int64(i+1) {
			t.Errorf("entry %d is %+v, want %s", i, e, docs[i].DocID())
		}
	}
	wellFormed(t, written(t, docs[0]))
	wellFormed(t, written(t))
}

func TestWhatHasNoInstanceIsRefusedByName(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b, Meta{})
	for _, kind := range record.Kinds {
		d := &record.Document{Office: "CN", Kind: kind, Number: "1"}
		_, has := Instance(kind)
		err := w.Write(d)
		var e *ierr.Error
		if has != (err == nil) || err != nil && (!errors.As(err, &e) || e.Code != "st96.kind" || e.Args["kind"] != string(kind)) {
			t.Errorf("%s: %v", kind, err)
		}
		d.Notice = true
		if err := w.Write(d); !errors.As(err, &e) || e.Code != "st96.notice" {
			t.Errorf("a notice of %s: %v", kind, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b.Bytes())
	if err := w.Write(&record.Document{Kind: record.PCT}); err == nil {
		t.Error("a closed export takes more")
	}
}

type failing struct{ after int }

func (f *failing) Write(b []byte) (int, error) {
	if f.after--; f.after < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(b), nil
}

func TestFailuresOfTheStreamAreTold(t *testing.T) {
	docs := invent(3, 8)
	for after := range 6 {
		w := NewWriter(&failing{after}, Meta{})
		var err error
		for _, d := range docs[:3] {
			err = errors.Join(err, w.Write(d))
		}
		if err = errors.Join(err, w.Close()); !errors.Is(err, io.ErrClosedPipe) && after < 5 {
			t.Errorf("after %d writes: %v", after, err)
		}
	}
}
