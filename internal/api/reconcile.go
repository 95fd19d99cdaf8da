package api

import (
	"context"
	"strconv"
	"strings"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/official"
	"onewindow/internal/reconcile"
	"onewindow/internal/register"
)

// Reconciler answers about official tables for the pages, in the words of the API.
type Reconciler struct{ s *server }

// NewReconciler makes one of a backend.
func NewReconciler(b Backend) Reconciler { return Reconciler{&server{Backend: b}} }

// Tables lists the official tables.
func (r Reconciler) Tables(ctx context.Context, lang string) (*v1.OfficialTables, error) {
	return r.s.tablesOf(ctx, r.s.Catalogs.Printer(lang))
}

// Sheet lays a table beside the own count.
func (r Reconciler) Sheet(ctx context.Context, lang, id string, p v1.ReconcileParams) (*v1.Reconciliation, error) {
	return r.s.sheetOf(ctx, r.s.Catalogs.Printer(lang), id, p)
}

// Add adds a table.
func (r Reconciler) Add(ctx context.Context, lang string, t v1.AddOfficialTable) (*v1.OfficialTable, error) {
	return r.s.addTable(ctx, r.s.Catalogs.Printer(lang), t)
}

// Records lists the records behind a figure.
func (r Reconciler) Records(ctx context.Context, lang, id string, p v1.ReconcileRecordsParams) (*v1.ReconcileRecords, error) {
	return r.s.recordsOf(ctx, r.s.Catalogs.Printer(lang), id, p)
}

// TablePath names an official table.
type TablePath struct {
	ID string `path:"id" minLength:"1" maxLength:"64"`
}

func (s *server) officialTables(ctx context.Context, _ *struct{}) (*v1.OfficialTables, error) {
	return s.tablesOf(ctx, printer(ctx))
}

func (s *server) tablesOf(ctx context.Context, say *i18n.Printer) (*v1.OfficialTables, error) {
	all, err := s.Reconcile.Tables(ctx)
	if err != nil {
		return nil, err
	}
	out := &v1.OfficialTables{Mark: s.mark(), Tables: []v1.OfficialTable{}}
	for i := range all {
		out.Tables = append(out.Tables, s.tableOf(ctx, say, &all[i]))
	}
	return out, nil
}

func (s *server) addOfficialTable(ctx context.Context, in *struct{ Body v1.AddOfficialTable }) (*v1.OfficialTable, error) {
	return s.addTable(ctx, printer(ctx), in.Body)
}

func (s *server) addTable(ctx context.Context, say *i18n.Printer, in v1.AddOfficialTable) (*v1.OfficialTable, error) {
	h, err := official.ParseHead([]byte(in.About))
	if err != nil {
		return nil, err
	}
	t, err := s.Reconcile.Add(ctx, in.Name, in.File, h, account.Signature(ctx, in.Author))
	if err != nil {
		return nil, err
	}
	out := s.tableOf(ctx, say, t)
	return &out, nil
}

// tableOf writes the head of a table out.
func (s *server) tableOf(ctx context.Context, say *i18n.Printer, t *official.Table) v1.OfficialTable {
	out := v1.OfficialTable{
		ID: t.ID, Revision: int64(t.Revision), Name: t.Name(say.Lang()), Publisher: t.Publisher, Measure: named(say, "reconcile.measure", string(t.Measure)),
		From: t.From.String(), To: t.To.String(), AsOf: t.AsOf.String(), Source: t.Source, Unit: t.Unit, Notes: t.Notes, Titles: t.Titles,
		Omitted: t.Omitted, File: t.File, SHA256: t.SHA256, Added: s.local(t.Added), Invented: t.Sample,
	}
	if account.IsInsider(ctx) { // who added it is no business of the public
		out.Author = t.By
	}
	return out
}

func (s *server) reconciliation(ctx context.Context, in *struct {
	TablePath
	v1.ReconcileParams
}) (*v1.Reconciliation, error) {
	return s.sheetOf(ctx, printer(ctx), in.ID, in.ReconcileParams)
}

func (s *server) counted(ctx context.Context, id string, p v1.ReconcileParams) (*reconcile.Sheet, error) {
	at, err := s.asOf(ctx, p.AsOf)
	if err != nil {
		return nil, err
	}
	return s.Reconcile.Sheet(ctx, id, p.Revision, at)
}

func (s *server) sheetOf(ctx context.Context, say *i18n.Printer, id string, p v1.ReconcileParams) (*v1.Reconciliation, error) {
	sheet, err := s.counted(ctx, id, p)
	if err != nil {
		return nil, err
	}
	out := &v1.Reconciliation{
		Mark:  v1.Mark{Sample: s.Sample || sheet.Table.Sample, State: sheet.At.Known, Behind: sheet.Behind},
		Table: s.tableOf(ctx, say, sheet.Table), On: sheet.At.On.String(), Known: sheet.At.Known, Looked: sheet.Looked,
		Rules: []v1.ReconcileRule{}, Cells: []v1.ReconcileCell{}, Checks: []v1.OfficialCheck{}, Gaps: []v1.ReconcileGap{},
	}
	for i := range sheet.Rows {
		out.Cells = append(out.Cells, s.cellOf(say, sheet, i))
	}
	for i := range sheet.Rules {
		out.Rules = append(out.Rules, ruleOf(say, sheet, i))
	}
	for _, c := range out.Cells {
		if !c.Total {
			out.Sum.Own += c.Own
			out.Sum.Official += c.Official
			out.Sum.Difference += c.Difference
			out.Sum.Explained += c.Explained
			out.Sum.Rest += c.Rest
			out.Sum.Apart += max(c.Difference, -c.Difference)
			out.Sum.Unexplained += max(c.Rest, -c.Rest)
		}
	}
	for _, c := range sheet.Checks {
		out.Checks = append(out.Checks, v1.OfficialCheck{
			Cell: out.Cells[c.Cell].Key, Label: cellLabel(out.Cells[c.Cell]), Total: sheet.Table.Cells[c.Cell].Value, Sum: c.Sum, Parts: len(c.Parts),
		})
	}
	for _, g := range sheet.Gaps {
		x := v1.ReconcileGap{Kind: named(say, "kind", string(g.Kind)), Code: g.Code, Days: int64(g.Days), First: g.First.String(), Last: g.Last.String(), Have: int64(g.Have), Missing: int64(g.Missing)}
		for _, r := range g.Ranges {
			x.Ranges = append(x.Ranges, v1.NumberRange{From: r.From, To: r.To, After: r.After.String(), Before: r.Before.String()})
		}
		out.Gaps = append(out.Gaps, x)
	}
	return out, nil
}

// cellLabel names a cell by its dimensions.
func cellLabel(c v1.ReconcileCell) string {
	parts := []string{c.Region.Label}
	for _, x := range []*v1.Class{c.Kind, c.HolderType} {
		if x != nil {
			parts = append(parts, x.Label)
		}
	}
	if c.Time != "" {
		parts = append(parts, c.Time)
	}
	return strings.Join(parts, " · ")
}

func (s *server) cellOf(say *i18n.Printer, sheet *reconcile.Sheet, i int) v1.ReconcileCell {
	r := &sheet.Rows[i]
	out := v1.ReconcileCell{
		Key: r.Cell.Key(), Region: s.class(say, "region", r.Cell.Region), Time: r.Cell.Time, Total: r.Cell.Total, Row: r.Cell.Row, Column: r.Cell.Column,
		Own: r.Own, Official: r.Official, Difference: r.Difference(), Explained: r.Explained(), Rest: r.Rest, Query: r.Query, Exact: r.Exact,
		Effects: []v1.ReconcileEffect{},
	}
	if r.Cell.Kind != "" {
		kind := named(say, "kind", string(r.Cell.Kind))
		out.Kind = &kind
	}
	if r.Cell.Holder != "" {
		holder := named(say, "holder-type", r.Cell.Holder)
		out.HolderType = &holder
	}
	for k, e := range r.Effects {
		out.Effects = append(out.Effects, v1.ReconcileEffect{Rule: sheet.Rules[k].ID, Plus: e.Plus, Minus: e.Minus, AlonePlus: e.AlonePlus, AloneMinus: e.AloneMinus})
	}
	return out
}

func ruleOf(say *i18n.Printer, sheet *reconcile.Sheet, i int) v1.ReconcileRule {
	r := sheet.Rules[i]
	out := v1.ReconcileRule{
		Rule: named(say, "reconcile.rule", r.ID), Why: named(say, "reconcile.why", r.ID).Label, Family: named(say, "reconcile.family", r.Family),
		Holds: r.Holds, Declared: r.Declared, Moved: r.Moved, Gain: r.Gain,
	}
	for _, row := range sheet.Rows {
		if !row.Cell.Total {
			out.Counted += row.Effects[i].Counted()
		}
	}
	return out
}

func (s *server) reconcileRecords(ctx context.Context, in *struct {
	TablePath
	v1.ReconcileRecordsParams
}) (*v1.ReconcileRecords, error) {
	return s.recordsOf(ctx, printer(ctx), in.ID, in.ReconcileRecordsParams)
}

// maxNumbersQueried bounds a query that lists records by their numbers.
const maxNumbersQueried = 100

func (s *server) recordsOf(ctx context.Context, say *i18n.Printer, id string, p v1.ReconcileRecordsParams) (*v1.ReconcileRecords, error) {
	sheet, err := s.counted(ctx, id, p.ReconcileParams)
	if err != nil {
		return nil, err
	}
	moves, err := sheet.Records(p.Cell, p.Rule, p.Alone)
	if err != nil {
		return nil, err
	}
	out := &v1.ReconcileRecords{
		Mark: v1.Mark{Sample: s.Sample || sheet.Table.Sample, State: sheet.At.Known, Behind: sheet.Behind}, Cell: p.Cell, Total: int64(len(moves)),
		Records: []v1.ReconcileRecord{},
	}
	if p.Rule != "" {
		rule := named(say, "reconcile.rule", p.Rule)
		out.Rule = &rule
	}
	for _, m := range moves {
		out.Sum += m.N
	}
	some := moves[min(p.Offset, len(moves)):]
	some = some[:min(max(p.Limit, 1), len(some))]
	views, err := s.moved(ctx, sheet, some)
	if err != nil {
		return nil, err
	}
	var numbers []string
	for i, m := range some {
		r := v1.ReconcileRecord{Record: m.Right, Cell: sheet.Rows[m.Cell].Cell.Key(), N: m.N, Gone: m.Gone, Before: s.placesOf(say, m.Before), After: s.placesOf(say, m.After)}
		if v := views[i]; v != nil {
			r.Number, r.Title = numberOf(v), v.Title()
			if holder := v.Principal(); holder != nil {
				r.Holder = holder.Name()
			}
			if clause := queryOf(v); clause != "" && !m.Gone {
				numbers = append(numbers, clause)
			}
		}
		out.Records = append(out.Records, r)
	}
	if len(numbers) > 0 && len(numbers) <= maxNumbersQueried {
		out.Query = strings.Join(numbers, " or ")
	}
	return out, nil
}

// moved returns the views of records as they stood in the state that was counted; of
// those whose load was undone, as they stood before.
func (s *server) moved(ctx context.Context, sheet *reconcile.Sheet, some []reconcile.Move) ([]*register.View, error) {
	out := make([]*register.View, len(some))
	for i, m := range some {
		at := sheet.At
		if m.Gone {
			at.Known = m.Known
		}
		v, err := s.Register.ByID(ctx, m.Right, at)
		if err != nil && ierr.KindOf(err) != ierr.NotFound {
			return nil, err
		}
		if err == nil {
			out[i] = v
		}
	}
	return out, nil
}

// numberOf is the number by which people know a right.
func numberOf(v *register.View) string {
	if len(v.Documents) > 0 {
		return v.Documents[0].ID
	}
	if v.Application.Number != "" {
		return v.Application.Number
	}
	return idMark + strconv.FormatInt(v.ID, 10)
}

// queryOf finds a right by a number of its own, "" where it has none.
func queryOf(v *register.View) string {
	for i := range v.Documents {
		if p := &v.Documents[i]; p.Kind.IsPatent() {
			return "pn=" + p.ID
		} else if p.Number != "" {
			return "rn=" + strconv.Quote(p.Number)
		}
	}
	return ""
}

func (s *server) placesOf(say *i18n.Printer, places []reconcile.Place) []v1.ReconcilePlace {
	var out []v1.ReconcilePlace
	for _, p := range places {
		out = append(out, v1.ReconcilePlace{Region: s.class(say, "region", p.Region), Kind: named(say, "kind", p.Kind), Day: p.Day, N: p.N})
	}
	return out
}
