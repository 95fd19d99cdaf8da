package sourcetest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"testing"

	"onewindow/internal/source/entry"
)

// Packed is one file for Zip.
type Packed struct {
	Name string
	Data []byte
}

// Zip packs files into an archive.
func Zip(t testing.TB, files ...Packed) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.Name)
		if err == nil {
			_, err = w.Write(f.Data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Gzip packs parts into one stream of concatenated members.
func Gzip(t testing.TB, parts ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&b)
		if _, err := z.Write(p); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// Entries reads a member with one format and returns its entries, what nothing
// read, and the error that ended it.
func Entries(f entry.Format, data []byte, limits entry.Limits) ([]entry.Entry, map[string]int64, error) {
	var out []entry.Entry
	unread := map[string]int64{}
	in := &entry.Input{Context: context.Background(), R: bytes.NewReader(data), Limits: limits.Or(entry.DefaultLimits())}
	err := f.Split(in, func(b entry.Batch) error {
		var u entry.Unread
		out = append(out, b.Decode(&u)...)
		u.AddTo(unread, f.ID)
		return nil
	})
	return out, unread, err
}
