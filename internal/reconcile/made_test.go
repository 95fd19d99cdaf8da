package reconcile

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"onewindow/defs"
	"onewindow/internal/audit"
	"onewindow/internal/classify"
	"onewindow/internal/date"
	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/lifecycle"
	"onewindow/internal/official"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/sample"
	"onewindow/internal/store/sqlite"
)

// memory keeps tables for a test.
type memory struct{ tables []official.Table }

func (m *memory) Tables(context.Context) ([]official.Table, error) { return m.tables, nil }

func (m *memory) Table(_ context.Context, id string, revision int) (*official.Table, error) {
	for i := len(m.tables) - 1; i >= 0; i-- {
		if t := m.tables[i]; t.ID == id && (revision == 0 || t.Revision == revision) {
			return &t, nil
		}
	}
	return nil, nil
}

func (m *memory) PutTable(_ context.Context, t *official.Table, leaf func(int) (audit.Leaf, error)) (int, error) {
	n := 1
	for _, x := range m.tables {
		if x.ID == t.ID {
			n = x.Revision + 1
		}
	}
	if _, err := leaf(n); err != nil {
		return 0, err
	}
	x := *t
	x.Revision = n
	m.tables = append(m.tables, x)
	return n, nil
}

// office is a register with a desk over it.
type office struct {
	*Desk
	t     testing.TB
	loads int
}

func open(t testing.TB) *office {
	t.Helper()
	dir := t.TempDir()
	db, err := sqlite.Open(filepath.Join(dir, "register.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	reg, err := register.Open(t.Context(), db, register.Options{Zone: pack.Location()})
	if err != nil {
		t.Fatal(err)
	}
	classifier, err := classify.New(pack, defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := i18n.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	lives, err := lifecycle.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	words, err := official.LoadWords(defs.FS, pack, texts)
	if err != nil {
		t.Fatal(err)
	}
	finder, err := find.Open(find.Config{Register: reg, Dir: filepath.Join(dir, "index"), Pack: pack, Classifier: classifier, Texts: texts})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		finder.Close()
		reg.Close()
		db.Close()
	})
	return &office{t: t, Desk: New(Config{
		Store: &memory{}, Register: reg, Finder: finder, Classifier: classifier, Pack: pack, Lives: lives, Words: words, Now: time.Now,
	})}
}

func (o *office) load(docs ...*record.Document) *register.LoadInfo {
	o.t.Helper()
	o.loads++
	name := fmt.Sprintf("test-%d", o.loads)
	info, err := o.Register.Load(o.t.Context(), register.LoadSpec{Feed: register.Canonical{
		Name: name, Identity: name, Format: "test", N: int64(len(docs)),
		Document: func(i int64) *record.Document { return docs[i] },
	}}, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	o.sync()
	return info
}

func (o *office) sync() {
	o.t.Helper()
	if err := o.Finder.Sync(o.t.Context(), o.Register.State()); err != nil {
		o.t.Fatal(err)
	}
}

// made is an invented right as its documents state it, with the places of its holders
// read from their addresses by name.
type made struct {
	docs   []*record.Document
	number string // of the application
	kind   record.Kind
	filed  date.Date
	grant  date.Date // 0 if not granted
	cities []string  // of each holder
	county string    // of the first one
}

// invent invents rights; of what they say nothing is left to the classifier.
func invent(t testing.TB, pack *region.Pack, n int, seed uint64) []made {
	t.Helper()
	rights, err := sample.Rights(sample.Places(pack), n, seed)
	if err != nil {
		t.Fatal(err)
	}
	var out []made
	for r := range rights {
		m := made{docs: r.Documents, kind: r.Documents[0].Kind}
		for _, d := range r.Documents {
			m.number, m.filed = d.Application.Number, d.Application.Filed
			if d.Code != "A" {
				m.grant = d.Published
			}
		}
		last := r.Documents[len(r.Documents)-1]
		for _, p := range last.Parties {
			if p.Role != record.Holder && p.Role != record.Applicant {
				continue
			}
			city, county := placeOf(pack, p.Address)
			if len(m.cities) == 0 {
				m.county = county
			}
			m.cities = append(m.cities, city)
		}
		out = append(out, m)
	}
	return out
}

// placeOf finds a city and the county within it by their names in an address.
func placeOf(pack *region.Pack, address string) (city, county string) {
	for _, u := range pack.Units() {
		if u.Kind == region.City && strings.Contains(address, u.Names["zh"]) {
			city = u.Code
		}
	}
	for _, code := range pack.Children(city) {
		if u := pack.Unit(code); u.Valid(0) && strings.HasSuffix(strings.SplitAfter(address, pack.Unit(city).Names["zh"])[1], "") &&
			strings.HasPrefix(strings.SplitAfter(address, pack.Unit(city).Names["zh"])[1], u.Names["zh"]) {
			county = code
		}
	}
	return city, county
}

// tally makes a table of single cells.
type tally map[string]map[record.Kind]int64

func (y tally) add(region string, kind record.Kind, n int64) {
	if y[region] == nil {
		y[region] = map[record.Kind]int64{}
	}
	y[region][kind] += n
}

// csv writes a table with a row for each region and a column for each kind.
func (y tally) csv(o *office) []byte {
	kinds := []record.Kind{record.Invention, record.UtilityModel, record.Design}
	b := "地区,发明,实用新型,外观设计\n"
	var codes []string
	for _, u := range o.Pack.Units() {
		if u.Kind == region.City || y[u.Code] != nil {
			codes = append(codes, u.Code)
		}
	}
	for _, code := range codes {
		b += code
		for _, k := range kinds {
			b += fmt.Sprintf(",%d", y[code][k])
		}
		b += "\n"
	}
	return []byte(b)
}

func (o *office) sheet(h official.Head, file []byte) *Sheet {
	o.t.Helper()
	table, err := o.Add(o.t.Context(), "table.csv", file, h, "tester")
	if err != nil {
		o.t.Fatal(err)
	}
	s, err := o.Sheet(o.t.Context(), table.ID, table.Revision, register.AsOf{})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, r := range s.Rows {
		if r.Own+r.Explained()+r.Rest != r.Official {
			o.t.Errorf("%s: %d own + %d explained + %d rest is not %d", r.Cell.Key(), r.Own, r.Explained(), r.Rest, r.Official)
		}
	}
	return s
}

var granted = official.Head{ID: "granted", Names: map[string]string{"en": "Grants"}, Publisher: "Sample Office", Measure: official.Granted,
	From: date.Of(2018, 1, 1), To: date.Of(2018, 12, 31), Unit: "piece"}

// holding lists the rules that hold.
func (s *Sheet) holding() []string {
	var out []string
	for _, r := range s.Rules {
		if r.Holds {
			out = append(out, r.ID)
		}
	}
	return out
}

// numbersMoved returns the application numbers of what a rule moves in the single
// cells, each once, in order.
func (o *office) numbersMoved(s *Sheet, id string, alone bool) []string {
	o.t.Helper()
	at := slices.IndexFunc(s.Rules, func(r Rule) bool { return r.ID == id })
	if at < 0 {
		o.t.Fatalf("the rule %s makes no difference", id)
	}
	var out []string
	for _, m := range s.Moves(-1, at, alone) {
		// A right whose load was undone is read as it stood before.
		known := int64(0)
		if m.Gone {
			known = 2
		}
		v, err := o.Register.ByID(o.t.Context(), m.Right, register.AsOf{Known: known})
		if err != nil {
			o.t.Fatal(err)
		}
		if !slices.Contains(out, v.Application.Number) {
			out = append(out, v.Application.Number)
		}
	}
	slices.Sort(out)
	return out
}

func inPeriod(d date.Date) bool { return d >= granted.From && d <= granted.To }
