package server

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/api"
	"onewindow/internal/edition"
	"onewindow/internal/folder"
	"onewindow/internal/ierr"
	"onewindow/internal/paper"
	"onewindow/internal/proof"
	"onewindow/internal/publish"
	"onewindow/internal/register"
)

// papers are the definitions with other papers.
type papers struct {
	fs.FS
	own fstest.MapFS
}

func (p papers) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, paper.Folder) {
		return p.own.Open(name)
	}
	return p.FS.Open(name)
}

var smallPaper = papers{defs.FS, fstest.MapFS{
	"papers/small/paper.yaml": {Data: []byte(`id: small
region: jiangsu
period: 2020
titles: {en: Small, zh: 小}
tables:
  - {id: cities, titles: {en: By city, zh: 各市}, rows: [units, other, whole], columns: [{figure: patent.valid_invention}, {figure: patent.valid_invention_per_10k}]}
charts:
  - {id: bars, kind: bars, titles: {en: Cities, zh: 各市}, figure: patent.valid_invention, over: units}
`)},
	"papers/small/en.md": {Data: []byte("# Part\n\n{{patent.valid_invention}} of them.\n\n{{table cities}}\n\n{{chart bars}}\n")},
	"papers/small/zh.md": {Data: []byte("# 部分\n\n共{{patent.valid_invention}}件。\n\n{{table cities}}\n\n{{chart bars}}\n")},
}}

// TestAnEditionIsFrozenComparedAndProven publishes a paper, moves a right, publishes it
// again: the two differ in what was moved, and each proves itself from its pack alone.
func TestAnEditionIsFrozenComparedAndProven(t *testing.T) {
	cfg := config(filepath.Join(t.TempDir(), "data"), folder.Sample)
	cfg.Defs = smallPaper
	s := declaredWith(t, cfg)
	p := s.papers.Get("small")
	first, err := s.Publish(t.Context(), p, api.Publication{Status: publish.Provisional, By: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Publish(t.Context(), p, api.Publication{Status: publish.Revised, By: "test"}); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("a second edition without a reason: %v", err)
	}
	right := inCity(t, s, "320100", 1)[0]
	if _, err := s.register.SetOverride(t.Context(), register.Override{Right: right, Field: "region", Value: "320500", Reason: "test", By: "test"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	second, err := s.Publish(t.Context(), p, api.Publication{Status: publish.Revised, By: "test", Reason: "an address"})
	if err != nil {
		t.Fatal(err)
	}
	var differ []string
	for _, c := range edition.Diff(first, second) {
		differ = append(differ, c.Ref.String())
		if !slices.Contains(c.Why, edition.Records) {
			t.Errorf("%v differs because of %v", c.Ref, c.Why)
		}
	}
	for _, want := range []string{"patent.valid_invention@320100/2020", "patent.valid_invention@320500/2020"} {
		if !slices.Contains(differ, want) {
			t.Errorf("%s does not differ; %v do", want, differ)
		}
	}
	for _, e := range []*edition.Edition{first, second} {
		var b bytes.Buffer
		if err := s.Pack(t.Context(), e, &b); err != nil {
			t.Fatal(err)
		}
		proves(t, b.Bytes(), s.audit.Key.Public, e)
	}
	file := second.Files[0]
	if err := os.WriteFile(filepath.Join(s.editionFolder("small", 2), file.Name), []byte("changed"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.EditionFile(second, file); ierr.KindOf(err) != ierr.Corrupt {
		t.Errorf("a file that was changed: %v", err)
	}
}

// proves verifies a pack, then one with a byte changed in each entry in turn: every
// change is found and named.
func proves(t *testing.T, pack []byte, key string, e *edition.Edition) {
	t.Helper()
	r, err := proof.Verify(t.Context(), pack, key)
	if err != nil || !r.Sound() || !r.Proven || r.Rows == 0 || r.Figures != len(e.Figures) || !r.Sample {
		t.Fatalf("%+v, %v", r, err)
	}
	if r, err := proof.Verify(t.Context(), pack, ""); err != nil || !r.Sound() || r.Proven {
		t.Errorf("without a key: %+v, %v", r, err)
	}
	z, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "defs/") && !strings.HasPrefix(f.Name, "defs/indicators/patent.valid") {
			continue
		}
		r, err := proof.Verify(t.Context(), changed(t, z, f.Name), key)
		if err == nil && r.Sound() {
			t.Errorf("a changed byte of %s is not found", f.Name)
		}
		if err == nil && strings.HasPrefix(f.Name, "rows/") && !slices.ContainsFunc(r.Faults, func(x proof.Fault) bool { return x.What == f.Name }) {
			t.Errorf("the change of %s is not named: %+v", f.Name, r.Faults)
		}
	}
	if _, err := proof.Verify(t.Context(), []byte("no zip"), ""); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("what is no zip: %v", err)
	}
}

// changed returns a pack with another byte in the middle of an entry.
func changed(t *testing.T, z *zip.Reader, name string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name {
			b[len(b)/2] ^= 1
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
