package reconcile

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/classify"
	"onewindow/internal/date"
	"onewindow/internal/find"
	"onewindow/internal/lifecycle"
	"onewindow/internal/official"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
)

// gathering collects the facts of the rights that a table may count.
type gathering struct {
	*Desk
	t       *official.Table
	at      register.AsOf
	kinds   []record.Kind
	places  map[string]bool // regions that count in any cell
	cities  []city
	facts   []facts
	place   map[int64]int // of the facts of a right
	present map[int64]bool
	files   map[int64]map[fileKind]int // what the files hold, by file
	foreign []int                      // facts of rights that are of another kind than their file
	homes   map[int]int64              // their files, by the same
	numbers map[series][]numbered
	doc     record.Document
	gone    bool // rights of an earlier state are read
	before  int64
	state   int64 // of the register, that is read
	behind  int64 // commits that the index lags behind it
	looked  int64
}

// fileKind is what a row of a file states: a kind, granted or not.
type fileKind struct {
	kind  record.Kind
	grant bool
}

// query finds all rights that a reading of a table may count.
func queryOf(t *official.Table) string {
	var kinds []string
	for _, k := range record.Kinds {
		if slices.Contains(t.Kinds(), k) {
			kinds = append(kinds, string(k))
		}
	}
	if t.Measure == official.Published && !slices.Contains(kinds, string(record.UtilityModel)) {
		kinds = append(kinds, string(record.UtilityModel)) // which stand among published inventions
	}
	if gazetted(t) && !slices.Contains(kinds, string(record.Invention)) {
		kinds = append(kinds, string(record.Invention))
	}
	last := t.To.AddDays(edgeDays)
	q := "kind=(" + strings.Join(kinds, " or ") + ")"
	for _, k := range t.Kinds() {
		if !k.IsPatent() {
			return q
		}
	}
	return fmt.Sprintf("%s and (first<=%s or fd<=%s)", q, last, last)
}

// gather reads the rights of a state, and what stood of them in states before loads
// were undone.
func (d *Desk) gather(ctx context.Context, t *official.Table, at register.AsOf) (*gathering, error) {
	g := &gathering{Desk: d, t: t, at: at, kinds: t.Kinds(), places: map[string]bool{}, cities: cities(d.Pack), place: map[int64]int{}, present: map[int64]bool{},
		files: map[int64]map[fileKind]int{}, homes: map[int]int64{}, numbers: map[series][]numbered{}}
	for _, c := range t.Cells {
		for _, code := range d.Pack.Descendants(c.Region) {
			g.places[code] = true
		}
	}
	if err := d.Finder.Each(ctx, find.Public(), find.Request{Query: queryOf(t), AsOf: at}, g.begin, g.take); err != nil {
		return nil, err
	}
	g.filesKinds()
	return g, g.undone(ctx)
}

// maxUndone is how many undone loads are looked into, the latest first: each takes a
// reading of the whole register as it stood.
const maxUndone = 2

// undone adds what loads brought that were undone since: their files are missing now.
func (g *gathering) undone(ctx context.Context) error {
	if g.at != (register.AsOf{}) {
		return nil
	}
	loads, err := g.Register.Loads(ctx)
	if err != nil {
		return err
	}
	g.gone = true
	looked := 0
	for i := len(loads) - 1; i >= 0 && looked < maxUndone; i-- {
		if loads[i].Undone == 0 {
			continue
		}
		looked++
		before := register.AsOf{Known: loads[i].Undone - 1}
		g.before = before.Known
		if err := g.Finder.Each(ctx, find.Public(), find.Request{Query: queryOf(g.t), AsOf: before}, nil, g.take); err != nil {
			return err
		}
	}
	return nil
}

// begin hears in which state the rights are read.
func (g *gathering) begin(r *find.Result) error {
	g.state, g.behind = r.State, r.Behind
	return nil
}

// take adds a right.
func (g *gathering) take(v *register.View) error {
	if g.gone {
		if i, ok := g.place[v.ID]; ok {
			if f := &g.facts[i]; !f.gone && f.event == 0 && f.evidence == 0 {
				f.evidence, _ = g.event(v)
			}
			return nil
		}
		if g.present[v.ID] {
			return nil
		}
	} else {
		g.looked++
		g.present[v.ID] = true
		g.number(v)
		g.countFile(v)
	}
	f := g.of(v)
	if !slices.Contains(g.kinds, f.kind) && !g.foreignTo(v) || !slices.ContainsFunc(append(f.all, f.ruled, f.applicant, f.named), func(c string) bool { return g.places[c] }) {
		return nil
	}
	f.gone, f.known = g.gone, g.before
	g.place[v.ID] = len(g.facts)
	if !g.gone && g.foreignTo(v) {
		g.homes[len(g.facts)] = fileOf(v)
		g.foreign = append(g.foreign, len(g.facts))
	}
	g.facts = append(g.facts, f)
	return nil
}

// foreignTo tells whether a right is of another kind than the file that states it.
func (g *gathering) foreignTo(v *register.View) bool {
	return slices.ContainsFunc(v.Flags, func(f register.Flag) bool { return f.Code == "kind.not_of_file" })
}

func fileOf(v *register.View) int64 {
	for i := range v.Flags {
		if s := v.Source(v.Flags[i].From); v.Flags[i].Code == "kind.not_of_file" && s != nil {
			return s.File.ID
		}
	}
	return 0
}

// countFile counts what files hold.
func (g *gathering) countFile(v *register.View) {
	for i := range v.Statements {
		s := &v.Statements[i]
		by := g.files[s.File.ID]
		if by == nil {
			by = map[fileKind]int{}
			g.files[s.File.ID] = by
		}
		by[fileKind{s.Doc.Kind, isGrant(s.Doc.Code)}]++
	}
}

// filesKinds gives rights that are of another kind than their file that of the file:
// what most of its rows are.
func (g *gathering) filesKinds() {
	for _, i := range g.foreign {
		most := 0
		for k, n := range g.files[g.homes[i]] {
			if n > most {
				most, g.facts[i].fileKind, g.facts[i].fileGrant = n, k.kind, k.grant
			}
		}
		if g.facts[i].fileKind == g.facts[i].kind {
			g.facts[i].fileKind = ""
		}
	}
}

// of reads the facts of a right.
func (g *gathering) of(v *register.View) facts {
	c := g.Finder.Classify(v)
	f := facts{right: v.ID, kind: v.Kind, holder: c.HolderType.Code, region: c.Region.Code, ruled: c.Region.Code, filed: v.Application.Filed}
	f.override = v.Override("region") != nil
	f.dispute = v.IsDisputed(register.FieldHolder) || v.IsDisputed(register.FieldApplicant)
	if f.override || f.dispute {
		f.ruled = g.regionOf(v, v.Principal())
	}
	g.parties(v, &f)
	g.days(v, &f)
	for i := range v.Goods {
		if class := v.Goods[i].Class; class != "" && !slices.ContainsFunc(v.Goods[:i], func(x register.Goods) bool { return x.Class == class }) {
			f.classes++
		}
	}
	if g.t.Measure == official.InForce {
		f.inForce = standing(g.Lives.Of(v, g.t.To, lifecycle.Sources{}).State)
		f.inForceThen = f.inForce
		if then, other := knownBy(v, g.t.To); other {
			f.inForceThen = standing(g.Lives.Of(then, g.t.To, lifecycle.Sources{}).State)
		}
	}
	return f
}

// regionOf classifies one party of a right alone.
func (g *gathering) regionOf(v *register.View, p *register.Party) string {
	g.doc = record.Document{Kind: v.Kind, Parties: g.doc.Parties[:0]}
	if len(v.Documents) > 0 {
		g.doc.Published = v.Documents[0].Published
	}
	if p != nil {
		g.doc.Parties = append(g.doc.Parties, p.Party)
	}
	return g.Classifier.Document(&g.doc).Region.Code
}

// parties finds where those lie whom a right may be counted by.
func (g *gathering) parties(v *register.View, f *facts) {
	role := record.Holder
	if v.First(record.Holder) == nil {
		role = record.Applicant
	}
	f.all = append(f.all, f.region)
	f.named = g.named(v)
	first := true
	for i := range v.Parties {
		p := &v.Parties[i]
		if p.Role == record.Applicant && role == record.Holder && f.applicant == "" {
			f.applicant = g.regionOf(v, p)
		}
		if p.Role != role {
			continue
		}
		if first {
			first = false
			continue
		}
		if code := g.regionOf(v, p); g.places[code] {
			if !slices.Contains(f.all, code) {
				f.all = append(f.all, code)
			}
			if f.home == "" && !g.within(f.region) {
				f.home = code
			}
		}
	}
	if f.applicant == region.Unknown {
		f.applicant = "" // whose address no source states
	}
}

// within tells whether a code lies in the province.
func (g *gathering) within(code string) bool {
	return g.Pack.Unit(code) != nil || code == g.Pack.Other()
}

// days finds the days of a right.
func (g *gathering) days(v *register.View, f *facts) {
	for i := range v.Documents {
		p := &v.Documents[i]
		if p.Published == 0 {
			continue
		}
		f.prints = append(f.prints, printing{day: p.Published, grant: isGrant(p.Code), repeats: repeats(v, p)})
		if f.first == 0 || p.Published < f.first {
			f.first = p.Published
		}
	}
	f.event, f.evidence = g.event(v)
	for _, e := range v.Events {
		if (e.Code == record.EventGranted || e.Code == record.EventRegistered) && f.entered == 0 {
			f.entered = e.Date
		}
	}
}

// repeats returns how many rows, beyond the first, one file has for a publication.
func repeats(v *register.View, p *register.Publication) int32 {
	var most int32
	for _, first := range p.Versions {
		var rows int32
		for _, version := range p.Versions {
			if a, b := v.Source(first), v.Source(version); a != nil && b != nil && a.File.ID == b.File.ID {
				rows += 1 + int32(len(b.Repeats))
			}
		}
		most = max(most, rows-1)
	}
	return most
}

// named returns the city whose name stands in the address of the first-named party,
// without the word for city: as it is counted by eye. Unknown where none does.
func (g *gathering) named(v *register.View) string {
	p := v.Principal()
	if p == nil || p.Address == "" {
		return region.Unknown
	}
	for _, c := range g.cities {
		if strings.Contains(p.Address, c.name) {
			return c.code
		}
	}
	return region.Unknown
}

// city is a city of the province by its name without the word for city.
type city struct{ code, name string }

func cities(pack *region.Pack) []city {
	var out []city
	for _, u := range pack.Units() {
		for _, name := range u.Names {
			if u.Kind == region.City && u.Valid(0) {
				out = append(out, city{u.Code, strings.TrimSuffix(name, "市")})
			}
		}
	}
	slices.SortFunc(out, func(a, b city) int { return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.name, b.name)) })
	return out
}

// event returns the day of what the table counts: by a document that is loaded, and
// by anything else that tells of it.
func (g *gathering) event(v *register.View) (event, evidence date.Date) {
	early := func(d date.Date) {
		if d != 0 && (event == 0 || d < event) {
			event = d
		}
	}
	switch g.t.Measure {
	case official.Filed:
		return v.Application.Filed, 0
	case official.Granted, official.Published:
		for i := range v.Documents {
			if p := &v.Documents[i]; p.Kind.IsPatent() && isGrant(p.Code) == (g.t.Measure == official.Granted) {
				early(p.Published)
			}
		}
	case official.Registered:
		early(v.Day(record.DayRegistered))
	}
	for _, e := range v.Events {
		if g.t.Measure == official.Granted && e.Code == record.EventGranted || g.t.Measure == official.Registered && e.Code == record.EventRegistered {
			evidence = e.Date
			break
		}
	}
	for _, x := range v.Filings {
		if g.t.Measure == official.Published && x.Relation == record.RelEarlier && x.Date != 0 {
			evidence = x.Date
		}
	}
	return event, evidence
}

// standing tells whether a right stands in a state of the lifecycles.
func standing(state string) bool {
	return state == "in_force" || state == "registered" || state == "protected"
}

// knownBy returns a right without what was said of it after a day, and whether that
// is anything.
func knownBy(v *register.View, day date.Date) (*register.View, bool) {
	late := func(from int32) bool {
		s := v.Source(from)
		return s != nil && max(s.Issued, noticed(s.Doc)) > day
	}
	out := *v
	out.Events = nil
	other := false
	for _, e := range v.Events {
		if e.Code != register.EventFiled && e.Code != register.EventPublished && late(e.From) {
			other = true
			continue
		}
		out.Events = append(out.Events, e)
	}
	if v.Status != nil && late(v.Status.From) {
		out.Status, other = nil, true
	}
	return &out, other
}

// noticed is the day on which a notice was published, 0 for a publication of the
// right itself.
func noticed(d *record.Document) date.Date {
	if d.Notice {
		return d.Published
	}
	return 0
}

// series are numbers given out one after the other.
type series struct {
	kind record.Kind
	code byte
}

type numbered struct {
	n   uint64
	day date.Date
}

// number notes the numbers of publications that are given out in a row: those of
// published applications, utility models and designs. A granted invention bears the
// number of its application.
func (g *gathering) number(v *register.View) {
	if !gazetted(g.t) {
		return
	}
	for i := range v.Documents {
		p := &v.Documents[i]
		if p.Code == "" || p.Published < g.t.From.AddDays(-2*edgeDays) || p.Published > g.t.To.AddDays(2*edgeDays) || p.Kind == record.Invention && isGrant(p.Code) {
			continue
		}
		if n, err := strconv.ParseUint(p.Number, 10, 64); err == nil {
			key := series{p.Kind, p.Code[0]}
			g.numbers[key] = append(g.numbers[key], numbered{n, p.Published})
		}
	}
}

// Classifier decides where a party lies.
type Classifier interface {
	Document(d *record.Document) classify.Result
}
