package quality_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onewindow/defs"
	"onewindow/internal/classify"
	"onewindow/internal/date"
	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/party"
	"onewindow/internal/quality"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/source/entry"
	"onewindow/internal/store/sqlite"
)

// house is a register with its desk over files that the test invents.
type house struct {
	*quality.Desk
	t        testing.TB
	register *register.Register
	finder   *find.Finder
	config   quality.Config
}

func open(t testing.TB) *house {
	t.Helper()
	dir := t.TempDir()
	pack, err := region.Load(defs.FS, "jiangsu")
	check(t, err)
	classifier, err := classify.New(pack, defs.FS)
	check(t, err)
	texts, err := i18n.Load(defs.FS)
	check(t, err)
	db, err := sqlite.Open(filepath.Join(dir, "register.db"), sqlite.Options{})
	check(t, err)
	t.Cleanup(func() { db.Close() })
	h := &house{t: t}
	h.register, err = register.Open(t.Context(), db, register.Options{Zone: pack.Location()})
	check(t, err)
	t.Cleanup(h.register.Close)
	parties, err := party.Open(party.Config{Register: h.register, Store: db, Dir: dir, Defs: defs.FS, Pack: pack, Classifier: classifier})
	check(t, err)
	t.Cleanup(func() { parties.Close() })
	h.finder, err = find.Open(find.Config{Register: h.register, Dir: filepath.Join(dir, "index"), Pack: pack, Classifier: classifier, Texts: texts, Parties: parties})
	check(t, err)
	t.Cleanup(func() { h.finder.Close() })
	h.config = quality.Config{
		Register: h.register, Parties: parties, Classifier: classifier, Classify: h.finder.Classify, Doubtful: h.finder.Doubtful,
		Repaired: func(flag string) bool { return flag == "separator.damaged" },
		Known: func(field, value string) bool {
			return pack.Unit(value) != nil || value == region.Elsewhere || slices.Contains(classify.HolderTypes, value)
		},
		Definition: "test", Dir: dir,
	}
	h.Desk = quality.Open(h.config)
	t.Cleanup(func() { h.Desk.Close() })
	return h
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// file is an invented file of one format.
type file struct {
	name, format string
	docs         []*record.Document
	rejects      []string // what stands in entries that cannot be read
}

func (f file) Inputs() []register.Input {
	return []register.Input{{Path: "/in/" + f.name, SHA256: f.name}}
}

func (f file) Read(_ context.Context, _ register.Input, from int64, fn func(entry.Entry) error) (register.FeedSummary, error) {
	var entries []entry.Entry
	for _, d := range f.docs {
		copied := *d
		entries = append(entries, entry.Entry{Doc: &copied})
	}
	for _, raw := range f.rejects {
		entries = append(entries, entry.Entry{Reject: &entry.Reject{Code: "row.unreadable", Raw: raw}})
	}
	for i, e := range entries {
		if e.Ordinal = int64(i) + 1; e.Ordinal <= from {
			continue
		}
		e.Row, e.Rank, e.Format, e.Read = e.Ordinal, 10, f.format, e.Ordinal
		if err := fn(e); err != nil {
			return register.FeedSummary{}, err
		}
	}
	return register.FeedSummary{}, nil
}

func (h *house) load(f file) int64 {
	h.t.Helper()
	l, err := h.register.Load(h.t.Context(), register.LoadSpec{Feed: f, By: "clerk"}, nil)
	check(h.t, err)
	check(h.t, h.Sync(h.t.Context(), h.register.State()))
	return l.ID
}

// doc makes a patent document whose application number a spreadsheet destroyed where
// damaged is set.
func doc(n int, holder, address, postcode string, damaged bool) *record.Document {
	d := &record.Document{
		Office: "CN", Number: fmt.Sprintf("10900%04d", n), Code: "B", Kind: record.Invention, Published: date.Of(2019, 7, 9), Issued: date.Of(2019, 7, 9),
		Titles:  []record.Text{{Lang: "zh", Text: fmt.Sprintf("样例%d", n)}},
		Parties: []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: holder}}, Address: address, Postcode: postcode}},
	}
	if damaged {
		d.Application.Raw = "2.0193E+12"
		d.Flags = []record.Flag{{Code: "application_number.damaged", Field: "filing_id"}}
	}
	return d
}

// all is what the register says and the desk shows, without ids and states, by which
// two registers are told apart.
func (h *house) all() string {
	h.t.Helper()
	ctx := h.t.Context()
	check(h.t, h.Sync(ctx, h.register.State()))
	var rows []string
	names := map[int64]string{}
	check(h.t, h.register.Scan(ctx, register.AsOf{}, func(v *register.View) error {
		names[v.ID] = v.Key
		rows = append(rows, v.Key+" "+h.said(v))
		return nil
	}))
	slices.Sort(rows)
	for _, kind := range quality.Kinds {
		if kind == quality.Party {
			continue
		}
		for _, decided := range []bool{false, true} {
			list, groups, cases, err := h.List(ctx, kind, quality.Filter{Decided: decided}, quality.MaxPage, 0)
			check(h.t, err)
			var said []string
			for _, g := range list {
				said = append(said, fmt.Sprintf("%s %d/%d", g.Format, g.Open, g.Decided))
			}
			slices.Sort(said)
			rows = append(rows, fmt.Sprint(kind, " ", decided, " ", groups, " ", cases, " ", said))
		}
	}
	return strings.Join(rows, "\n")
}

// said is what a view says.
func (h *house) said(v *register.View) string {
	r := h.finder.Classify(v)
	var disputed []string
	for _, d := range v.Disputed {
		disputed = append(disputed, d.Field.String()+"="+d.Variants[0].Text)
	}
	var settled []string
	for _, d := range v.Settled {
		settled = append(settled, d.Field.String()+"="+d.Variants[0].Text)
	}
	return fmt.Sprint(v.Title(), "|", v.Said("holder"), "|", v.Said("address"), "|", v.Said("postcode"), "|", v.Said("application"), "|",
		r.Region, "|", r.HolderType, "|", disputed, "|", settled, "|", len(v.Flags))
}
