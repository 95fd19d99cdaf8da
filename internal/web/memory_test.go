package web_test

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/web"
)

// right is a record with what was derived of it.
type right struct {
	web.Record
	region, holder string
	fields         []string
}

// memory is a register of a few rights held in memory. It answers in earnest:
// it parses queries, finds by them and counts what it found.
type memory struct {
	rights   []right
	loads    []web.LoadDetail
	schema   *query.Schema
	catalogs *i18n.Catalogs
	behind   int64
	ledger   ledger
	breaks   error  // what Export ends with after its first result
	decided  string // the last decision about a held load
}

// labels are the names of listed values by language.
var labels = map[string]map[string]string{
	"invention":     {"en": "Invention", "zh": "发明"},
	"utility_model": {"en": "Utility model", "zh": "实用新型"},
	"design":        {"en": "Design", "zh": "外观设计"},
	"donggang":      {"en": "Donggang", "zh": "东港市"},
	"xishan":        {"en": "Xishan", "zh": "西山市"},
	"enterprise":    {"en": "Enterprise", "zh": "企业"},
	"university":    {"en": "University", "zh": "高等院校"},
	"individual":    {"en": "Individual", "zh": "个人"},
	"electrical":    {"en": "Electrical machinery, apparatus, energy", "zh": "电机、电气装置、电能"},
	"materials":     {"en": "Materials, metallurgy", "zh": "材料、冶金"},
	"mechanical":    {"en": "Engines, pumps, turbines", "zh": "发动机、泵、涡轮机"},
}

func newMemory(c *i18n.Catalogs) (*memory, error) {
	fields := query.RightFields()
	for i := range fields {
		switch f := &fields[i]; f.Type {
		case query.Number:
			f.Normalize = func(s string) (string, bool) {
				s = strings.ToUpper(strings.ReplaceAll(s, " ", ""))
				return s, len(s) > 8 && strings.Trim(s, "CNABUSX.0123456789") == ""
			}
		case query.Listed:
			f.Resolve = resolve
		}
	}
	schema, err := query.NewSchema(fields)
	return &memory{rights: invented(), loads: deliveries(), schema: schema, catalogs: c}, err
}

func resolve(value string) (query.Choice, []string, bool) {
	for code, names := range labels {
		if value == code || value == names["en"] || value == names["zh"] {
			return query.Choice{Code: code, Labels: names}, nil, true
		}
	}
	return query.Choice{}, []string{"invention"}, false
}

func (m *memory) Overview(_ context.Context, lang string) (web.Overview, error) {
	o := web.Overview{Rights: int64(len(m.rights)), State: 131, Behind: m.behind, From: 20180701, To: 20210316}
	counts := map[string]int64{}
	for _, r := range m.rights {
		o.Publications += int64(len(r.Documents))
		counts[r.Kind]++
	}
	for _, k := range record.Kinds {
		if counts[string(k)] == 0 {
			continue // kinds that nothing is of are no facet either
		}
		o.Kinds = append(o.Kinds, web.Tally{Label: labels[string(k)][lang], N: counts[string(k)], Query: "kind=" + string(k)})
	}
	o.Cities = []web.Tally{{Label: labels["donggang"][lang], N: 30, Query: "region=donggang"}, {Label: labels["xishan"][lang], N: 12, Query: "region=xishan"}}
	o.Others = []web.Tally{{Label: "?", N: 1}}
	o.Years = []web.Year{
		{Tally: web.Tally{Label: "2019", N: 30, Query: "pd=2019"}, Kinds: []int64{28, 1, 1}},
		{Tally: web.Tally{N: 13}, Kinds: []int64{13, 0, 0}},
	}
	if len(m.loads) > 0 {
		o.Last = &m.loads[0].Load
	}
	o.Examples = []web.Example{
		{Query: "电池 and region=donggang", Meaning: map[string]string{"en": "Words, in one city", "zh": "词语，限于一市"}[lang]},
		{Query: "kind=invention and pd=2019", Meaning: map[string]string{"en": "Inventions published in one year", "zh": "一年内公开公告的发明"}[lang]},
		{Query: "CN109990001A", Meaning: map[string]string{"en": "A number, in any spelling", "zh": "任何写法的号码"}[lang]},
	}
	return o, nil
}

func (m *memory) Search(ctx context.Context, lang string, q web.Question) (web.Results, error) {
	if err := ctx.Err(); err != nil {
		return web.Results{}, err
	}
	parsed, err := query.Parse(q.Query, m.schema)
	if err != nil {
		return web.Results{}, err.(*query.Error).Refusal()
	}
	t := func(key string, args map[string]any) string { return m.catalogs.Printer(lang).T(key, args) }
	res := web.Results{Understood: parsed.Steps(lang, t), Notes: parsed.NoteTexts(t), Behind: m.behind}
	var found []right
	for _, r := range m.rights {
		if !r.fits(parsed.Root) {
			continue
		}
		found = append(found, r)
		res.Total++
		if q.Unit == web.Publications {
			res.Total += int64(len(r.Documents)) - 1
		}
	}
	res.Found = int64(len(found))
	res.Facets = facets(lang, q.Query, found)
	if res.Unranked = !parsed.NeedsWords(); res.Unranked && q.Sort == web.ByRank {
		res.Sort = web.ByNewest
	}
	if q.Sort != web.ByRank || res.Unranked {
		slices.SortStableFunc(found, func(a, b right) int { return int(b.Documents[0].Published - a.Documents[0].Published) })
	}
	if q.Sort == web.ByOldest {
		slices.Reverse(found)
	}
	for i := (q.Page - 1) * q.Size; i < min(len(found), q.Page*q.Size); i++ {
		res.Items = append(res.Items, found[i].item(lang))
	}
	return res, nil
}

func (m *memory) Export(ctx context.Context, lang string, q web.Question, format string, w io.Writer) error {
	q.Page, q.Size = 1, len(m.rights)
	found, err := m.Search(ctx, lang, q)
	if err != nil {
		return err
	}
	for _, i := range found.Items {
		if _, err := fmt.Fprintln(w, format, i.ID); err != nil || m.breaks != nil {
			return cmp.Or(err, m.breaks)
		}
	}
	return nil
}

// fits tells whether the right is one that the query asks for.
func (r right) fits(n query.Node) bool {
	switch n := n.(type) {
	case query.And:
		return !slices.ContainsFunc(n.Nodes, func(n query.Node) bool { return !r.fits(n) })
	case query.Or:
		return slices.ContainsFunc(n.Nodes, r.fits)
	case query.Not:
		return !r.fits(n.Node)
	case query.Near:
		return r.fits(n.A) && r.fits(n.B)
	case query.Term:
		return strings.Contains(strings.ToLower(r.words(n.Field)), strings.ToLower(n.Text))
	case query.Is:
		return slices.ContainsFunc(r.values(n.Field), func(v string) bool {
			return v == n.Value || n.Match != query.Whole && strings.HasPrefix(v, n.Value)
		})
	case query.Between:
		d := r.Application.Filed
		if n.Field == "pd" {
			d = r.Documents[0].Published
		}
		return d >= n.From && (n.To == 0 || d <= n.To)
	}
	return true
}

func (r right) words(field string) string {
	var b strings.Builder
	for _, t := range r.Titles {
		if field != "ab" && field != "pa" {
			fmt.Fprintln(&b, t.Text.Text)
		}
	}
	for _, t := range r.Abstracts {
		if field != "ti" && field != "pa" {
			fmt.Fprintln(&b, t.Text.Text)
		}
	}
	for _, p := range r.Parties {
		if field == "" || field == "pa" {
			fmt.Fprintln(&b, p.Names)
		}
	}
	return b.String()
}

func (r right) values(field string) []string {
	switch field {
	case "region":
		return []string{r.region}
	case "kind":
		return []string{r.Kind}
	case "holder-type":
		return []string{r.holder}
	case "field":
		return r.fields
	case "ap":
		return []string{r.Application.Number}
	case "year":
		return []string{fmt.Sprint(r.Documents[0].Published.Year())}
	}
	var values []string
	for _, d := range r.Documents {
		values = append(values, d.Number)
	}
	for _, c := range r.Classes {
		values = append(values, c.Symbol)
	}
	return values
}

func facets(lang, q string, found []right) []web.Facet {
	var out []web.Facet
	for _, id := range []string{"year", "region", "kind", "holder-type", "field"} {
		counts := map[string]int64{}
		for _, r := range found {
			for _, v := range r.values(id) {
				counts[v]++
			}
		}
		f := web.Facet{ID: id, Several: id == "field"}
		for v, n := range counts {
			f.Values = append(f.Values, tally(lang, q, id, v, n))
		}
		slices.SortFunc(f.Values, func(a, b web.Tally) int {
			return int(b.N-a.N)*1000 + strings.Compare(a.Label, b.Label)
		})
		out = append(out, f)
	}
	return out
}

func tally(lang, q, field, value string, n int64) web.Tally {
	term, label := field+"="+value, value
	if field == "year" {
		term = "pd=" + value
	} else {
		label = labels[value][lang]
	}
	t := web.Tally{Label: label, N: n, Query: term}
	switch {
	case strings.Contains(q, " and "+term):
		t.Query, t.Chosen = strings.Replace(q, " and "+term, "", 1), true
	case q == term:
		t.Query, t.Chosen = "", true
	case q != "":
		t.Query = "(" + q + ") and " + term
		if !strings.Contains(q, " or ") {
			t.Query = q + " and " + term
		}
	}
	return t
}

func (r right) item(lang string) web.Item {
	it := web.Item{
		ID: r.ID, Kind: labels[r.Kind][lang], Application: r.Application.Number, Filed: r.Application.Filed, Published: r.Documents[0].Published,
		HolderType: labels[r.holder][lang], Region: labels[r.region][lang], Doubtful: len(r.Flags) > 0,
	}
	for _, d := range r.Documents {
		it.Numbers = append(it.Numbers, d.Number)
	}
	for _, t := range r.Titles {
		it.Disputed = it.Disputed || len(t.Disputed) > 0
		if it.Title.Spans == nil || t.Lang == lang {
			it.Title = mark(t.Text)
		}
	}
	for _, t := range r.Titles {
		if t.Lang != it.Title.Lang {
			it.OtherTitle = t.Text
		}
	}
	for _, p := range r.Parties {
		if p.Role == record.Applicant || p.Role == record.Holder && len(it.Holders) == 0 {
			it.Holders = append(it.Holders, p.Names[0])
		}
	}
	if len(r.Abstracts) > 0 {
		it.Snippet = mark(r.Abstracts[0].Text)
	}
	return it
}

// mark marks batteries.
func mark(t record.Text) web.Marked {
	m := web.Marked{Lang: t.Lang}
	rest := t.Text
	for _, word := range []string{"电池", "battery"} {
		for {
			before, after, ok := strings.Cut(rest, word)
			if !ok {
				break
			}
			m.Spans = append(m.Spans, web.Span{Text: before}, web.Span{Text: word, Hit: true})
			rest = after
		}
	}
	m.Spans = append(m.Spans, web.Span{Text: rest})
	return m
}

func (m *memory) Number(_ context.Context, number string) (int64, error) {
	want := strings.ToUpper(strings.NewReplacer(" ", "", ".", "").Replace(number))
	for _, r := range m.rights {
		for _, d := range r.Documents {
			if d.Number == want || strings.ReplaceAll(r.Application.Number, ".", "") == want {
				return r.ID, nil
			}
		}
	}
	return 0, ierr.New(ierr.NotFound, "web.page", nil)
}

func (m *memory) Record(_ context.Context, lang string, id int64, at web.Then) (web.Record, error) {
	i := slices.IndexFunc(m.rights, func(r right) bool { return r.ID == id })
	if i < 0 {
		return web.Record{}, ierr.New(ierr.NotFound, "web.page", nil)
	}
	r := m.rights[i].Record
	r.Kind = labels[r.Kind][lang]
	r.Titles, r.Abstracts = slices.Clone(r.Titles), slices.Clone(r.Abstracts)
	slices.SortStableFunc(r.Titles, func(a, b web.TextValue) int { return prefer(lang, a.Lang) - prefer(lang, b.Lang) })
	slices.SortStableFunc(r.Abstracts, func(a, b web.TextValue) int { return prefer(lang, a.Lang) - prefer(lang, b.Lang) })
	if at != (web.Then{}) {
		r.At = &web.Instant{On: at.On, Known: at.Known}
	}
	if at.On != 0 {
		r.Documents = slices.DeleteFunc(slices.Clone(r.Documents), func(d web.Document) bool { return d.Published > at.On })
		r.Events = slices.DeleteFunc(slices.Clone(r.Events), func(e web.Event) bool { return e.Date > at.On })
	}
	return r, nil
}

func prefer(lang, of string) int {
	if lang == of {
		return 0
	}
	return 1
}

func (m *memory) Loads(_ context.Context, _ string, page, size int) ([]web.Load, int64, error) {
	var loads []web.Load
	for i := (page - 1) * size; i < min(len(m.loads), page*size); i++ {
		loads = append(loads, m.loads[i].Load)
	}
	return loads, int64(len(m.loads)), nil
}

func (m *memory) Load(_ context.Context, _ string, id int64, _, _ int) (web.LoadDetail, error) {
	if id == 6 {
		return web.LoadDetail{
			Load:     web.Load{ID: 6, Status: web.Held, Begun: loaded, Files: 1},
			Expected: []web.Expectation{{Source: "Invented gazette", SourceID: "gazette", What: "entries", Met: "59", Range: "200 – 80,000", Breach: true}},
		}, nil
	}
	for _, l := range m.loads {
		if l.ID == id {
			return l, nil
		}
	}
	return web.LoadDetail{}, ierr.New(ierr.NotFound, "web.page", nil)
}

func (m *memory) Decide(_ context.Context, load int64, accept bool, reason string) error {
	if load != 6 {
		return ierr.New(ierr.Conflict, "register.load_not_held", ierr.Args{"load": load, "status": "done"})
	}
	m.decided = fmt.Sprint(load, " ", accept, " ", reason)
	return nil
}

func (m *memory) Sources(context.Context, string) ([]web.Source, error) {
	return []web.Source{{ID: "gazette", Name: "Invented gazette", Offices: []string{"CN", "*"}, Deliveries: 2, LastIssue: "2019-07-09", Missing: 3, Complete: 1}}, nil
}

func (m *memory) Source(_ context.Context, _, id string) (web.SourceDetail, error) {
	if id != "gazette" && id != "1" {
		return web.SourceDetail{}, ierr.New(ierr.NotFound, "coverage.source-page", nil)
	}
	return web.SourceDetail{
		Source: web.Source{ID: id, Name: "Invented gazette", Missing: 3}, About: "Made up.", Licence: "free", Kinds: []string{"Invention"}, Formats: []string{"made"},
		MissingDays: []string{"2019-07-12"}, Expected: []web.Bound{{Delivery: true, What: "entries", Range: "≥ 5"}},
		Loads: []web.Delivery{{Load: 5, Status: web.Held, Issues: []string{"2019-07-09"}, Entries: 4}},
		Declared: []web.Declaration{
			{ID: 2, Complete: true, Kinds: []string{"Invention"}, Happenings: []string{"publications"}, From: "2019-07-01", State: 9, Ground: "nine issues"},
			{ID: 1, Load: 3, Kinds: []string{"Design"}, Happenings: []string{"grants"}, Regions: []string{"Donggang"}, State: 4, Ended: 9, EndedFor: "an issue was missing", Ground: "a letter"},
		},
	}, nil
}

func (m *memory) Mappings(lang string) []web.Mapping {
	name := map[string]string{"en": "Marks", "zh": "商标"}[lang]
	return []web.Mapping{{ID: "marks", Name: name, About: "Linhe", Columns: []web.MappingColumn{
		{Head: "Number", About: "Of the registration.", Required: true, Example: "90000001"}, {Head: "State", Words: []string{"valid", "over"}},
	}}}
}

func (m *memory) Template(_, id, format string, w io.Writer) error {
	if id != "marks" {
		return ierr.New(ierr.NotFound, "mapping.unknown", ierr.Args{"id": id, "known": []string{"marks"}})
	}
	_, err := io.WriteString(w, "Number,State as "+format+"\n")
	return err
}

func (m *memory) Fields(lang string) []web.Field {
	var fields []web.Field
	for _, f := range m.schema.Fields {
		fields = append(fields, web.Field{Name: f.Name, Label: m.catalogs.Printer(lang).T(f.Label, nil), Aliases: f.Aliases[lang]})
	}
	return fields
}

var _ web.Register = (*memory)(nil)
