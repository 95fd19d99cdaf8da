package coverage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"onewindow/defs"
	"onewindow/internal/coverage"
	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/lifecycle"
	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/source/entry"
	"onewindow/internal/store/sqlite"
	"onewindow/internal/supply"
)

const sourcesYAML = `id: %s
names: {en: %[1]s, zh: %[1]s}
offices: [%[2]s]
kinds: [%[3]s]
licence: free
formats: [%[1]s]
`

func sources(t testing.TB) *supply.Sources {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, s := range [][3]string{{"gazette", "CN", "invention, utility_model, design"}, {"marks", "CN", "trademark"}, {"world", `"*"`, "invention"}} {
		fsys["sources/"+s[0]+".yaml"] = &fstest.MapFile{Data: fmt.Appendf(nil, sourcesYAML, s[0], s[1], s[2])}
	}
	out, err := supply.Load(fsys, []string{"gazette", "marks", "world"})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// file is a feed of one file.
type file struct {
	name, format string
	rejects      int
	broken       bool
}

func (f file) Inputs() []register.Input {
	return []register.Input{{Path: "/in/" + f.name, SHA256: f.name}}
}

func (f file) Read(_ context.Context, _ register.Input, from int64, fn func(entry.Entry) error) (register.FeedSummary, error) {
	doc := &record.Document{Office: "CN", Number: fmt.Sprintf("1%08d", len(f.name)), Code: "A", Kind: record.Invention, Published: 20190709}
	entries := []entry.Entry{{Doc: doc}}
	for range f.rejects {
		entries = append(entries, entry.Entry{Reject: entry.Refuse("row_short", nil, "x")})
	}
	for i, e := range entries {
		if e.Ordinal, e.Row, e.Format = int64(i)+1, int64(i)+1, f.format; e.Ordinal <= from {
			continue
		}
		if err := fn(e); err != nil {
			return register.FeedSummary{}, err
		}
	}
	return register.FeedSummary{Broken: f.broken}, nil
}

type office struct {
	*testing.T
	register *register.Register
	sources  *supply.Sources
	pack     *region.Pack
	judge    *coverage.Judge
}

func open(t *testing.T) *office {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "register.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	o := &office{T: t, sources: sources(t)}
	if o.register, err = register.Open(t.Context(), db, register.Options{Steward: coverage.Steward{Sources: o.sources}}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.register.Close)
	if o.pack, err = region.Load(defs.FS, "jiangsu"); err != nil {
		t.Fatal(err)
	}
	lives, err := lifecycle.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	o.judge = coverage.NewJudge(o.register, o.sources, o.pack, lives)
	return o
}

func (o *office) load(f file) int64 {
	o.Helper()
	l, err := o.register.Load(o.Context(), register.LoadSpec{Feed: f}, nil)
	if err != nil || l.Status != register.Done {
		o.Fatal(l, err)
	}
	return l.ID
}

func (o *office) declare(source, cover string) register.Declaration {
	o.Helper()
	c, err := coverage.Parse([]byte(cover), o.sources.Get(source), o.pack)
	if err != nil {
		o.Fatal(err)
	}
	d, err := o.register.Declare(o.Context(), register.Declaration{Source: source, Cover: c.Text(), Ground: "g", By: "b"}, 0)
	if err != nil {
		o.Fatal(err)
	}
	return d
}

func (o *office) verdict(root query.Node) string {
	o.Helper()
	v, err := o.judge.Of(o.Context(), root, 0, 20201231)
	if err != nil {
		o.Fatal(err)
	}
	var out []string
	for _, g := range v.Gaps {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", g.Code, g.Kind, g.Office, g.Region)))
		if g.Code == coverage.DaysGap {
			out[len(out)-1] += fmt.Sprintf(" %s..%s", g.Days.From, g.Days.To)
		}
	}
	if v.Figure {
		out = append(out, "figure")
		for _, d := range v.By {
			out[0] += fmt.Sprint(" ", d.ID)
		}
	}
	return strings.Join(out, "; ")
}

func is(field, value string) query.Node  { return query.Is{Field: field, Value: value} }
func and(nodes ...query.Node) query.Node { return query.And{Nodes: nodes} }
func or(nodes ...query.Node) query.Node  { return query.Or{Nodes: nodes} }
func days(field string, from, to date.Date) query.Node {
	return query.Between{Field: field, From: from, To: to}
}

var (
	inventions = is("kind", "invention")
	july       = days("pd", 20190701, 20190731)
)

func TestWhatIsAFigure(t *testing.T) {
	o := open(t)
	o.load(file{name: "a", format: "gazette"})
	o.declare("gazette", `{"kinds": ["invention"], "happenings": ["publications"], "from": "2019-07-01", "to": "2019-07-15", "complete": true}`)
	o.declare("gazette", `{"kinds": ["patent"], "happenings": ["publications"], "from": "2019-07-16", "to": "2019-08-31", "complete": true}`)
	o.declare("gazette", `{"kinds": ["design"], "happenings": ["grants"], "from": "2019-07-01", "to": "2019-07-20", "regions": ["320500"], "complete": true}`)
	o.declare("gazette", `{"kinds": ["utility_model"], "happenings": ["publications"], "complete": false}`)
	o.declare("gazette", `{"kinds": ["utility_model"], "happenings": ["filings"], "from": "2018-01-01", "to": "2018-12-31", "complete": true}`)
	for _, row := range []struct {
		name string
		root query.Node
		want string
	}{
		{"two declarations side by side", and(inventions, july), "figure 1 2"},
		{"one is enough", and(inventions, days("pd", 20190720, 20190731)), "figure 2"},
		{"narrowed by anything", and(inventions, july, is("region", "320583"), query.Term{Field: "ti", Text: "x"}), "figure 1 2"},
		{"a day too early", and(inventions, days("pd", 20190630, 20190731)), "days invention CN 2019-06-30..2019-07-31"},
		{"a day too late", and(inventions, days("pd", 20190701, 20190901)), "days invention CN 2019-09-01..2019-09-01"},
		{"open to today", and(inventions, days("pd", 20190701, 0)), "days invention CN 2019-09-01..2020-12-31"},
		{"no day", inventions, "days invention CN ..2020-12-31"},
		{"all kinds of a month", july, "days utility_model CN 2019-07-01..2019-07-31; days design CN 2019-07-01..2019-07-31; undeclared pct; undeclared trademark; undeclared madrid; undeclared geographical_indication; undeclared work; undeclared software; undeclared agreement; undeclared plant_variety; undeclared layout_design; undeclared customs_recordal; undeclared agency; undeclared agent"},
		{"a place within the one declared", and(is("kind", "design"), july, is("region", "320583")), "figure 2 3"},
		{"another place", and(is("kind", "design"), days("pd", 20190701, 20190710), is("region", "320100")), "days design CN 320100 2019-07-01..2019-07-10"},
		{"two places, one not", and(is("kind", "design"), days("pd", 20190701, 20190710), or(is("region", "320500"), is("region", "320100"))), "days design CN 320100 2019-07-01..2019-07-10"},
		{"by filing", and(is("kind", "utility_model"), days("fd", 20180301, 20180401)), "figure 5"},
		{"by filing, beyond", and(is("kind", "utility_model"), days("fd", 20180301, 20190401)), "days utility_model CN 2019-01-01..2019-04-01"},
		{"two ranges of filing meet", and(is("kind", "utility_model"), days("fd", 20180101, 20190101), days("fd", 20170101, 20181231)), "figure 5"},
		{"a publication in each of two ranges: either covers", and(inventions, days("pd", 20180101, 0), days("pd", 20190701, 20190702)), "figure 1"},
		{"half-open ranges of publication do not meet", and(inventions, days("pd", 20190701, 0), days("pd", 0, 20190731)), "days invention CN 2019-09-01..2020-12-31"},
		{"the newest publication in a month: later ones may be missing", and(inventions, days("latest", 20190701, 20190731)), "days invention CN 2019-09-01..2020-12-31"},
		{"the first one: earlier ones may be missing", and(inventions, days("first", 20190701, 20190731)), "days invention CN ..2019-07-31"},
		{"either of two kinds", and(or(inventions, is("kind", "design")), days("pd", 20190720, 20190721)), "figure 2"},
		{"either of two months", and(inventions, or(july, days("pd", 20190801, 20190831))), "figure 1 2"},
		{"a month or a word", and(inventions, or(july, query.Term{Field: "ti", Text: "x"})), "days invention CN ..2020-12-31"},
		{"not that month", and(inventions, query.Not{Node: july}), "days invention CN ..2020-12-31"},
		{"an unknown kind", and(is("kind", "unknown"), july), "undeclared"},
		{"no kind can be both", and(inventions, is("kind", "design"), july), "undeclared"},
	} {
		if got := o.verdict(row.root); got != row.want {
			t.Errorf("%s:\n got %s\nwant %s", row.name, got, row.want)
		}
	}
}

// TestWhatElseHoldsRights: a figure is one of all rights of the kind that the register
// holds, whatever office they are of, and of all that was delivered.
func TestWhatElseHoldsRights(t *testing.T) {
	o := open(t)
	one := and(inventions, july)
	first := o.load(file{name: "a", format: "gazette", rejects: 2})
	d := o.declare("gazette", `{"happenings": ["publications"], "complete": true}`)
	if got := o.verdict(one); got != "unread" {
		t.Errorf("with rejects: %s", got)
	}
	if _, err := o.register.WithdrawDeclaration(t.Context(), d.ID, "r", "b"); err != nil {
		t.Fatal(err)
	}
	d = o.declare("gazette", `{"happenings": ["publications"], "complete": true, "unread": 2}`)
	before := o.register.State()
	if got := o.verdict(one); got != "figure 2" {
		t.Errorf("with rejects that are allowed for: %s", got)
	}
	world := o.load(file{name: "bb", format: "world"})
	if got := o.verdict(one); got != "undeclared invention *" {
		t.Errorf("with rights of other offices: %s", got)
	}
	if got := o.verdict(and(one, is("office", "CN"))); got != "figure 2" {
		t.Errorf("of one office, with rights of others: %s", got)
	}
	if got := o.verdict(and(one, or(is("office", "CN"), is("office", "US")))); got != "undeclared invention US" {
		t.Errorf("of two offices: %s", got)
	}
	if v, err := o.judge.Of(t.Context(), one, before, 20201231); err != nil || !v.Figure {
		t.Errorf("the state before is no figure any more: %+v, %v", v, err)
	}
	if _, err := o.register.Undo(t.Context(), world, "b"); err != nil {
		t.Fatal(err)
	}
	if got := o.verdict(one); got != "figure 2" {
		t.Errorf("without them again: %s", got)
	}
	strange := o.load(file{name: "ccc", format: "none"})
	if got := o.verdict(one); got != "strange" {
		t.Errorf("with a file of no source: %s", got)
	}
	if _, err := o.register.Undo(t.Context(), strange, "b"); err != nil {
		t.Fatal(err)
	}
	broken := o.load(file{name: "dddd", format: "gazette", broken: true})
	if got := o.verdict(one); got != "failed" {
		t.Errorf("with a file that could not be had in full: %s", got)
	}
	if _, err := o.register.Undo(t.Context(), broken, "b"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.register.Undo(t.Context(), first, "b"); err != nil {
		t.Fatal(err)
	}
	if got := o.verdict(one); got != "undeclared invention" {
		t.Errorf("when the load is undone that the declaration rested on: %s", got)
	}
}

func TestLivesAreKnownUpToADay(t *testing.T) {
	o := open(t)
	upTo := func(h coverage.Happening, place string) date.Date {
		d, err := o.judge.UpTo(t.Context(), h, record.Invention, "CN", place, 20260101, 0)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if o.judge.Lives(t.Context(), 0) || upTo(coverage.LegalStatus, "320583") != 0 {
		t.Error("lives are known of which nobody says anything")
	}
	o.declare("gazette", `{"happenings": ["legal_status"], "regions": ["320000"], "to": "2024-12-31", "complete": true}`)
	o.declare("gazette", `{"happenings": ["legal_status"], "from": "2025-01-01", "to": "2025-06-30", "complete": true}`)
	o.declare("gazette", `{"happenings": ["annuities"], "from": "2020-01-01", "complete": true}`)
	if got := upTo(coverage.LegalStatus, "320583"); got != 20250630 || !o.judge.Lives(t.Context(), 0) {
		t.Errorf("legal status is known up to %s", got)
	}
	if got := upTo(coverage.LegalStatus, ""); got != 0 {
		t.Errorf("everywhere, up to %s", got)
	}
	if got := upTo(coverage.Annuities, "320583"); got != 0 {
		t.Errorf("annuities that are known from a day on are known up to %s", got)
	}
}

func TestCoversAreHeldToTheirSource(t *testing.T) {
	o := open(t)
	for _, row := range []struct{ cover, code string }{
		{`{"happenings": ["publications"], "colour": 1}`, "coverage.unreadable"},
		{`{"happenings": ["publications"], "kinds": ["trademark"]}`, "coverage.kind"},
		{`{"happenings": ["publications"], "offices": ["US"]}`, "coverage.office"},
		{`{}`, "coverage.happening"},
		{`{"happenings": ["weddings"]}`, "coverage.happening"},
		{`{"happenings": ["grants"], "regions": ["330000"]}`, "coverage.region"},
		{`{"happenings": ["grants"], "from": "2020-01-02", "to": "2020-01-01"}`, "coverage.dates"},
		{`{"happenings": ["grants"], "unread": -1}`, "coverage.unread"},
	} {
		_, err := coverage.Parse([]byte(row.cover), o.sources.Get("gazette"), o.pack)
		if ierr.As(err).Code != row.code {
			t.Errorf("%s: %v, want %s", row.cover, err, row.code)
		}
	}
}

// TestABoxHoldsWhatItsQueryFinds draws boxes of random queries, and checks that a right
// which a query finds lies in its box.
func TestABoxHoldsWhatItsQueryFinds(t *testing.T) {
	type right struct {
		kind, place, office string
		filed               date.Date
		published           []date.Date
	}
	day := func(rng *rand.Rand) date.Date { return date.Of(2019, 1+rng.IntN(12), 1+rng.IntN(28)) }
	kinds, places, offices := []string{"invention", "design", "trademark"}, []string{"320100", "320500"}, []string{"CN", "US"}
	var made func(rng *rand.Rand, depth int) query.Node
	made = func(rng *rand.Rand, depth int) query.Node {
		n := rng.IntN(9)
		if depth == 0 {
			n = rng.IntN(6)
		}
		a, b := day(rng), day(rng)
		switch n {
		case 0:
			return is("kind", kinds[rng.IntN(3)])
		case 1:
			return is("region", places[rng.IntN(2)])
		case 2:
			return days("fd", min(a, b), max(a, b))
		case 3:
			return days("pd", min(a, b), max(a, b))
		case 4:
			return []query.Node{days("pd", a, 0), days("pd", 0, a), days("latest", min(a, b), max(a, b)), days("first", min(a, b), max(a, b))}[rng.IntN(4)]
		case 5:
			return is("office", offices[rng.IntN(2)])
		case 6:
			return query.Not{Node: made(rng, depth-1)}
		case 7:
			return or(made(rng, depth-1), made(rng, depth-1))
		}
		return and(made(rng, depth-1), made(rng, depth-1))
	}
	within := func(d date.Date, from, to date.Date) bool { return d >= from && (to == 0 || d <= to) }
	var finds func(n query.Node, r *right) bool
	finds = func(n query.Node, r *right) bool {
		switch n := n.(type) {
		case query.And:
			return finds(n.Nodes[0], r) && finds(n.Nodes[1], r)
		case query.Or:
			return finds(n.Nodes[0], r) || finds(n.Nodes[1], r)
		case query.Not:
			return !finds(n.Node, r)
		case query.Is:
			return n.Field == "kind" && n.Value == r.kind || n.Field == "region" && n.Value == r.place || n.Field == "office" && n.Value == r.office
		case query.Between:
			first, last := r.published[0], r.published[0]
			any := false
			for _, d := range r.published {
				first, last = min(first, d), max(last, d)
				any = any || within(d, n.From, n.To)
			}
			switch n.Field {
			case "fd":
				return within(r.filed, n.From, n.To)
			case "latest":
				return within(last, n.From, n.To)
			case "first":
				return within(first, n.From, n.To)
			}
			return any
		}
		return false
	}
	hits := 0
	for seed := range uint64(3000) {
		rng := rand.New(rand.NewPCG(seed, 4))
		n := made(rng, 4)
		box := coverage.BoxOf(n, 20201231)
		for range 30 {
			r := &right{kind: kinds[rng.IntN(3)], place: places[rng.IntN(2)], office: offices[rng.IntN(2)], filed: day(rng)}
			for range 1 + rng.IntN(2) {
				r.published = append(r.published, day(rng))
			}
			if !finds(n, r) {
				continue
			}
			hits++
			ok := within(r.filed, box.Filed.From, box.Filed.To)
			for _, s := range box.Published {
				any := false
				for _, d := range r.published {
					any = any || within(d, s.From, s.To)
				}
				ok = ok && any
			}
			kind := false
			for _, k := range box.Kinds {
				kind = kind || string(k) == r.kind
			}
			place := box.Regions == nil
			for _, c := range box.Regions {
				place = place || c == r.place
			}
			office := box.Offices == nil || slices.Contains(box.Offices, r.office)
			if !ok || !kind || !place || !office {
				t.Fatalf("seed %d: %+v finds %+v, which lies outside of %+v", seed, n, r, box)
			}
		}
	}
	if hits < 10_000 {
		t.Errorf("only %d rights were found: the queries are too narrow", hits)
	}
}

func TestAVerdictTakesNoTime(t *testing.T) {
	o := open(t)
	o.load(file{name: "a", format: "gazette"})
	for i := range 50 {
		o.declare("gazette", fmt.Sprintf(`{"happenings": ["publications"], "from": "%d-01-01", "to": "%[1]d-12-31", "complete": true}`, 1970+i))
	}
	root := and(inventions, days("pd", 19700101, 20191231))
	if got := o.verdict(root); !strings.HasPrefix(got, "figure") {
		t.Fatal(got)
	}
	start := time.Now()
	for range 100 {
		o.verdict(root)
	}
	if each := time.Since(start) / 100; each > 5*time.Millisecond {
		t.Errorf("a verdict takes %s", each)
	}
}
