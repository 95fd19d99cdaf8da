package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// Reconciler is what the pages ask about official tables. It answers in the words of
// the API, in the language asked for.
type Reconciler interface {
	Tables(ctx context.Context, lang string) (*v1.OfficialTables, error)
	Sheet(ctx context.Context, lang, id string, p v1.ReconcileParams) (*v1.Reconciliation, error)
	Records(ctx context.Context, lang, id string, p v1.ReconcileRecordsParams) (*v1.ReconcileRecords, error)
	// Add adds a table, or a further revision of one: the file, what is said of it as
	// JSON, and who signs. Refusals are of what was sent.
	Add(ctx context.Context, lang, name string, file, about []byte, by string) (*v1.OfficialTable, error)
	// Write answers with a sheet as a file, csv or xlsx; with bare its head alone.
	Write(w http.ResponseWriter, bare bool, form, lang string, sheet *v1.Reconciliation) error
}

func serveReconciles(v *visit) error {
	all, err := v.site.Reconcile.Tables(v.ctx(), v.lang)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "reconciles", page{Section: "reconcile", Title: v.print.T("web.reconcile.title", nil), Quick: true, Body: tablesPage{all, account.May(account.Reconcile).Admit(v.ctx()) == nil}})
}

// tablesPage is the body of the list of tables.
type tablesPage struct {
	*v1.OfficialTables
	MayAdd bool
}

// reconcileParams reads which revision of a table and which time are meant.
func (v *visit) reconcileParams() (p v1.ReconcileParams, at string, err error) {
	keep := url.Values{}
	for name, to := range map[string]*string{"on": &p.On, "known": &p.Known} {
		if *to, err = v.text(name, MaxNumber); err != nil {
			return p, "", err
		}
		if *to != "" {
			keep.Set(name, *to)
		}
	}
	revision, err := v.text("revision", MaxNumber)
	if err == nil && revision != "" {
		if p.Revision, err = strconv.Atoi(revision); err != nil || p.Revision < 0 {
			err = ierr.New(ierr.NotFound, "web.page", nil)
		}
		keep.Set("revision", revision)
	}
	return p, keep.Encode(), err
}

// link is an address of a table's pages with what was asked for kept.
func (v *visit) reconcileLink(id, rest, at string, more ...string) string {
	q, _ := url.ParseQuery(at)
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] != "" {
			q.Set(more[i], more[i+1])
		}
	}
	link := "/" + v.lang + "/reconcile/" + url.PathEscape(id) + rest
	if s := q.Encode(); s != "" {
		link += "?" + s
	}
	return link
}

// sheetPage is the body of the page of one table.
type sheetPage struct {
	*v1.Reconciliation
	Holding []v1.ReconcileRule
	Idle    []v1.ReconcileRule
	Groups  []sheetGroup
	Off     []v1.OfficialCheck // totals that are not the sum of their parts
	CSV     string
	XLSX    string
	Asked   v1.ReconcileParams
}

// sheetGroup are the cells of one kind, type of holder and time.
type sheetGroup struct {
	ID    string
	Title string
	Rows  []sheetRow
}

// sheetRow is a cell with its way to its own page.
type sheetRow struct {
	v1.ReconcileCell
	URL     string
	Sum     bool    // it is set apart from the rows above it
	Effects []int64 // of the rules that hold
}

func serveReconcile(v *visit) error {
	p, at, err := v.reconcileParams()
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	sheet, err := v.site.Reconcile.Sheet(v.ctx(), v.lang, id, p)
	if err != nil {
		return err
	}
	body := sheetPage{Reconciliation: sheet, Asked: p, CSV: v.reconcileLink(id, "/sheet.csv", at), XLSX: v.reconcileLink(id, "/sheet.xlsx", at)}
	for _, r := range sheet.Rules {
		if r.Holds {
			body.Holding = append(body.Holding, r)
		} else {
			body.Idle = append(body.Idle, r)
		}
	}
	for _, c := range sheet.Checks {
		if c.Total != c.Sum {
			body.Off = append(body.Off, c)
		}
	}
	body.Groups = v.groups(sheet, at)
	return v.render(http.StatusOK, "reconcile", page{Section: "reconcile", Title: sheet.Table.Name, Quick: true, Sample: sheet.Sample, Body: body})
}

// groups parts a sheet by all that its cells name beside the region.
func (v *visit) groups(sheet *v1.Reconciliation, at string) []sheetGroup {
	var out []sheetGroup
	for _, c := range sheet.Cells {
		title := v.cellTitle(c)
		i := slices.IndexFunc(out, func(g sheetGroup) bool { return g.Title == title })
		if i < 0 {
			i = len(out)
			out = append(out, sheetGroup{ID: "part-" + strconv.Itoa(i), Title: title})
		}
		row := sheetRow{ReconcileCell: c, URL: v.reconcileLink(sheet.Table.ID, "/cell", at, "cell", c.Key)}
		for k, r := range sheet.Rules {
			if r.Holds {
				row.Effects = append(row.Effects, c.Effects[k].Plus-c.Effects[k].Minus)
			}
		}
		out[i].Rows = append(out[i].Rows, row)
	}
	for _, g := range out {
		all := !slices.ContainsFunc(g.Rows, func(r sheetRow) bool { return !r.Total })
		for i := range g.Rows {
			g.Rows[i].Sum = g.Rows[i].Total && (!all || i == len(g.Rows)-1 && i > 0)
		}
	}
	return out
}

// cellTitle names what a cell counts beside its region.
func (v *visit) cellTitle(c v1.ReconcileCell) string {
	title := ""
	for _, part := range []string{labelOf(c.Kind), labelOf(c.HolderType), c.Time} {
		if part != "" && title != "" {
			title += " · "
		}
		title += part
	}
	if title == "" {
		title = v.print.T("web.reconcile.all-kinds", nil)
	}
	return title
}

func labelOf(c *v1.Class) string {
	if c == nil {
		return ""
	}
	return cmp.Or(c.Label, c.Code)
}

// cellPage is the body of the page of one cell.
type cellPage struct {
	Sheet   *v1.Reconciliation
	Cell    v1.ReconcileCell
	Name    string
	Table   string // address
	Steps   []cellStep
	Idle    []cellStep // rules that are not counted
	Records *v1.ReconcileRecords
	Rule    *v1.ReconcileRule // whose records are listed, nil for those of the own count
	Alone   bool
	Pager   *pager
	Axis    int64 // where the bars begin
}

// cellStep is one line from the own count to the official figure.
type cellStep struct {
	Label       string
	Why         string
	N           int64
	Plus, Minus int64
	URL         string // its records, "" for none
	Current     bool
	Kind        string // own, rule, rest, official
	X, Length   string // of its bar, in hundredths of the widest
}

func serveReconcileCell(v *visit) error {
	p, at, err := v.reconcileParams()
	if err != nil {
		return err
	}
	key, err := v.text("cell", 100)
	if err != nil {
		return err
	}
	rule, err := v.text("rule", MaxNumber)
	if err != nil {
		return err
	}
	n, err := v.pageNumber()
	if err != nil {
		return err
	}
	alone, err := v.choice("alone", "", "true")
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	if key == "" {
		return v.redirect(v.reconcileLink(id, "", at))
	}
	sheet, err := v.site.Reconcile.Sheet(v.ctx(), v.lang, id, p)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(sheet.Cells, func(c v1.ReconcileCell) bool { return c.Key == key })
	if i < 0 {
		return ierr.New(ierr.NotFound, "web.page", nil)
	}
	body := cellPage{Sheet: sheet, Cell: sheet.Cells[i], Table: v.reconcileLink(id, "", at), Alone: alone != ""}
	body.Name = body.Cell.Region.Label + " · " + v.cellTitle(body.Cell)
	body.Records, err = v.site.Reconcile.Records(v.ctx(), v.lang, id, v1.ReconcileRecordsParams{
		ReconcileParams: p, Cell: key, Rule: rule, Alone: alone != "", Offset: (n - 1) * PageSize, Limit: PageSize,
	})
	if err != nil {
		return err
	}
	for k := range sheet.Rules {
		if sheet.Rules[k].Rule.Code == rule {
			body.Rule = &sheet.Rules[k]
		}
	}
	link := func(rule, alone string) string {
		return v.reconcileLink(id, "/cell", at, "cell", key, "rule", rule, "alone", alone)
	}
	body.steps(v, rule, link)
	body.Pager = v.pager(n, body.Records.Total, func(page int) string {
		return v.reconcileLink(id, "/cell", at, "cell", key, "rule", rule, "alone", alone, "page", strconv.Itoa(page)) + "#records"
	})
	return v.render(http.StatusOK, "reconcile-cell", page{Section: "reconcile", Title: body.Name, Quick: true, Sample: sheet.Sample, NoIndex: true, Body: body})
}

// steps lays the way from the own count to the official figure out as bars: each
// begins where the one before it ends.
func (b *cellPage) steps(v *visit, rule string, link func(rule, alone string) string) {
	b.Steps = append(b.Steps, cellStep{Label: v.print.T("web.reconcile.own", nil), N: b.Cell.Own, Kind: "own", URL: link("", ""), Current: rule == ""})
	for k, r := range b.Sheet.Rules {
		e := b.Cell.Effects[k]
		s := cellStep{Label: r.Rule.Label, Why: r.Why, Plus: e.Plus, Minus: e.Minus, N: e.Plus - e.Minus, Kind: "rule", Current: rule == r.Rule.Code && !b.Alone}
		if r.Holds {
			if e.Plus+e.Minus > 0 {
				s.URL = link(r.Rule.Code, "")
			}
			b.Steps = append(b.Steps, s)
			continue
		}
		if e.AlonePlus+e.AloneMinus > 0 {
			s.Plus, s.Minus, s.N = e.AlonePlus, e.AloneMinus, e.AlonePlus-e.AloneMinus
			s.URL, s.Current = link(r.Rule.Code, "true"), rule == r.Rule.Code
			b.Idle = append(b.Idle, s)
		}
	}
	b.Steps = append(b.Steps, cellStep{Label: v.print.T("web.reconcile.rest", nil), N: b.Cell.Rest, Kind: "rest"},
		cellStep{Label: v.print.T("web.reconcile.official", nil), N: b.Cell.Official, Kind: "official"})
	b.draw()
}

// draw gives the steps their bars.
func (b *cellPage) draw() {
	low, high, at := int64(0), int64(1), int64(0)
	ends := make([][2]int64, len(b.Steps))
	for i, s := range b.Steps {
		from := at
		if s.Kind == "own" || s.Kind == "official" {
			from = 0
		}
		to := from + s.N
		at = to
		ends[i] = [2]int64{min(from, to), max(from, to)}
		low, high = min(low, ends[i][0]), max(high, ends[i][1])
	}
	// Where changes are small beside the figures, the axis begins near them.
	if b.Cell.Own > 0 && b.Cell.Official > 0 && low >= 0 {
		least := high
		for i, s := range b.Steps {
			if s.Kind == "own" || s.Kind == "official" {
				least = min(least, ends[i][1])
			} else {
				least = min(least, ends[i][0])
			}
		}
		if span := high - least; span*4 < high {
			low = max(0, least-max(span, 1))
		}
	}
	b.Axis = low
	scale := func(n int64) float64 { return 100 * float64(max(n, low)-low) / float64(high-low) }
	for i := range b.Steps {
		x, end := scale(ends[i][0]), scale(ends[i][1])
		b.Steps[i].X, b.Steps[i].Length = fmt.Sprintf("%.2f", x), fmt.Sprintf("%.2f", end-x)
	}
}

func serveReconcileCSV(v *visit) error  { return serveReconcileFile(v, "csv") }
func serveReconcileXLSX(v *visit) error { return serveReconcileFile(v, "xlsx") }

// serveReconcileFile answers with a sheet as a file.
func serveReconcileFile(v *visit, form string) error {
	p, _, err := v.reconcileParams()
	if err != nil {
		return err
	}
	sheet, err := v.site.Reconcile.Sheet(v.ctx(), v.lang, v.r.PathValue("id"), p)
	if err != nil {
		return err
	}
	v.w.Header().Set("Cache-Control", "no-cache")
	return v.site.Reconcile.Write(v.w, v.r.Method == http.MethodHead, form, v.lang, sheet)
}
