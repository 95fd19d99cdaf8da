package party_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"onewindow/defs"
	"onewindow/internal/classify"
	"onewindow/internal/date"
	"onewindow/internal/party"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/store/sqlite"
)

var ctx = context.Background()

// house is a register and its parties.
type house struct {
	*party.Parties
	t        testing.TB
	db       *sqlite.DB
	register *register.Register
	config   party.Config
	loads    int
}

func open(t testing.TB) *house {
	t.Helper()
	dir := t.TempDir()
	db, err := sqlite.Open(filepath.Join(dir, "register.db"), sqlite.Options{})
	check(t, err)
	pack, err := region.Load(defs.FS, "jiangsu")
	check(t, err)
	reg, err := register.Open(ctx, db, register.Options{Zone: pack.Location()})
	check(t, err)
	classifier, err := classify.New(pack, defs.FS)
	check(t, err)
	h := &house{t: t, db: db, register: reg, config: party.Config{
		Register: reg, Store: db, Dir: filepath.Join(dir, "index"), Defs: defs.FS, Pack: pack, Classifier: classifier,
	}}
	h.Parties, err = party.Open(h.config)
	check(t, err)
	t.Cleanup(func() {
		h.Close()
		reg.Close()
		db.Close()
	})
	return h
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// load loads documents and waits until their parties are known.
func (h *house) load(docs ...*record.Document) *register.LoadInfo {
	h.t.Helper()
	h.loads++
	name := fmt.Sprintf("test-%d", h.loads)
	info, err := h.register.Load(ctx, register.LoadSpec{Feed: register.Canonical{
		Name: name, Identity: name, Format: "test", N: int64(len(docs)), Document: func(i int64) *record.Document { return docs[i] },
	}}, nil)
	check(h.t, err)
	h.sync()
	return info
}

func (h *house) sync() {
	h.t.Helper()
	check(h.t, h.Sync(ctx, h.register.State()))
}

// undo undoes a load.
func (h *house) undo(l *register.LoadInfo) {
	h.t.Helper()
	_, err := h.register.Undo(ctx, l.ID, "tester")
	check(h.t, err)
	h.sync()
}

// doc makes the grant of an invention, number n, to holders.
func doc(n int, holders ...record.Party) *record.Document {
	d := &record.Document{
		Office: "CN", Number: fmt.Sprintf("1%08d", n), Code: "B", Kind: record.Invention,
		Published: date.Of(2019, 7, 9), Issued: date.Of(2019, 7, 9),
		Titles: []record.Text{{Lang: "zh", Text: fmt.Sprintf("发明%d", n)}},
	}
	for _, p := range holders {
		if p.Role == "" {
			p.Role = record.Holder
		}
		d.Parties = append(d.Parties, p)
	}
	return d
}

// named makes a holder of one or more names at an address.
func named(address string, names ...string) record.Party {
	p := record.Party{Address: address}
	for _, n := range names {
		lang := "zh"
		if n[0] < 0x80 {
			lang = "en"
		}
		p.Names = append(p.Names, record.Text{Lang: lang, Text: n})
	}
	return p
}

func with(p record.Party, ident string) record.Party {
	p.Ident = ident
	return p
}
