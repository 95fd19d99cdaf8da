package server

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onewindow/internal/date"
	"onewindow/internal/export"
	"onewindow/internal/find"
	"onewindow/internal/folder"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/web"
)

// TestTheLifeOfARightIsOneEverywhere: its page, an export and the page of its holder
// rest on the same declarations.
func TestTheLifeOfARightIsOneEverywhere(t *testing.T) {
	cfg := config(filepath.Join(t.TempDir(), "data"), folder.Real)
	cfg.Now = func() time.Time { return time.Date(2023, 6, 1, 9, 0, 0, 0, time.UTC) } // the day is the server's, not the machine's
	s, _ := open(t, cfg)
	const holder = "苏州样例新能源有限公司"
	grant := record.Document{ // whose fourth annuity fell due a month ago
		Office: "CN", Number: "199000001", Code: "B", Kind: record.Invention, Published: date.Of(2022, 7, 12),
		Application: record.Application{Number: "201010000001.2", Filed: date.Of(2020, 5, 1)},
		Titles:      []record.Text{{Lang: "zh", Text: "样例电池"}},
		Parties:     []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: holder}}, Address: "江苏省苏州市样例路1号"}},
	}
	_, err := s.register.Load(t.Context(), register.LoadSpec{Feed: register.Canonical{
		Name: "test", Identity: "test", Format: "test", N: 1, Document: func(int64) *record.Document { return &grant },
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := pages{s}
	states := func() (page, file, party string) {
		t.Helper()
		if err := s.finder.Sync(t.Context(), s.register.State()); err != nil {
			t.Fatal(err)
		}
		r, err := p.Record(t.Context(), "en", 1, web.Then{})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := s.writeExport(t.Context(), "en", find.Request{}, export.CSV, 0, &b); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b.Bytes(), []byte("\ufeff")))).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatal(rows, err)
		}
		h, err := p.Party(t.Context(), "en", holder)
		if err != nil || len(h.States) != 1 {
			t.Fatal(h.States, err)
		}
		return r.Life.State + ", " + r.Life.Certainty, rows[1][14] + ", " + rows[1][15], h.States[0].Label
	}
	before, file, party := states()
	if file != before || !strings.HasPrefix(before, party) {
		t.Errorf("without a declaration the page says %q, an export %q, its holder's page %q", before, file, party)
	}
	_, err = s.register.Declare(t.Context(), register.Declaration{
		Source: "test", By: "test", Ground: "test", Cover: `{"offices":["CN"],"kinds":["invention"],"happenings":["annuities","legal_status"],"complete":true}`,
	}, 0)
	if err != nil {
		t.Fatal(err)
	}
	after, file, party := states()
	if after == before {
		t.Errorf("what is declared changes nothing: %q", after)
	}
	if file != after || !strings.HasPrefix(after, party) {
		t.Errorf("with a declaration the page says %q, an export %q, its holder's page %q", after, file, party)
	}
}
