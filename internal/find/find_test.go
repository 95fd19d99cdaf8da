package find

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"onewindow/defs"
	"onewindow/internal/classify"
	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/lifecycle"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/store/sqlite"
)

// house is a register and a finder over documents that the test states.
type house struct {
	*Finder
	register *register.Register
	config   Config
	db       *sqlite.DB
	t        testing.TB
	loads    int
}

func open(t testing.TB) *house {
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
	h := &house{register: reg, db: db, t: t, config: Config{Register: reg, Dir: filepath.Join(dir, "index"), Pack: pack, Classifier: classifier, Texts: texts}}
	if h.Finder, err = Open(h.config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		h.Finder.Close()
		reg.Close()
		db.Close()
	})
	return h
}

func (h *house) load(docs ...*record.Document) *register.LoadInfo {
	h.t.Helper()
	h.loads++
	name := fmt.Sprintf("test-%d", h.loads)
	info, err := h.register.Load(h.t.Context(), register.LoadSpec{Feed: register.Canonical{
		Name: name, Identity: name, Format: "test", N: int64(len(docs)),
		Document: func(i int64) *record.Document { return docs[i] },
	}}, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	h.sync()
	return info
}

func (h *house) sync() {
	h.t.Helper()
	if err := h.Sync(h.t.Context(), h.register.State()); err != nil {
		h.t.Fatal(err)
	}
}

// titles returns the titles that a query finds, in order, with the total.
func (h *house) titles(r Request) (string, int64) {
	h.t.Helper()
	if r.Limit == 0 {
		r.Limit = 20
	}
	res, err := h.Search(h.t.Context(), Public(), r)
	if err != nil {
		h.t.Fatalf("%s: %v", r.Query, err)
	}
	var out []string
	for _, hit := range res.Hits {
		s := hit.View.Title()
		if hit.Document != "" {
			s = hit.Document
		}
		out = append(out, s)
	}
	return strings.Join(out, " | "), res.Total
}

type spec struct {
	pub, app, day, title, abstract, holder, address string
	ipc                                             []string
}

func document(t *testing.T, s spec) *record.Document {
	t.Helper()
	p, err := record.ParsePublicationCN(s.pub)
	if err != nil {
		t.Fatalf("%s: %v", s.pub, err)
	}
	d := &record.Document{Office: p.Office, Number: p.Digits, Code: p.Code, Kind: p.Kind()}
	if err := d.Published.UnmarshalText([]byte(s.day)); err != nil {
		t.Fatal(err)
	}
	d.Issued = d.Published
	d.Application.Number, d.Application.Raw = s.app, s.app
	lang := "zh"
	if s.title != "" && s.title[0] < 0x80 {
		lang = "en"
	}
	d.Titles = []record.Text{{Lang: lang, Text: s.title}}
	if s.abstract != "" {
		d.Abstracts = []record.Text{{Lang: lang, Text: s.abstract}}
	}
	role := record.Holder
	if p.Code == "A" {
		role = record.Applicant
	}
	d.Parties = []record.Party{{Role: role, Names: []record.Text{{Lang: "zh", Text: s.holder}}, Address: s.address}}
	for _, symbol := range s.ipc {
		d.Classes = append(d.Classes, record.Class{Scheme: record.IPC, Symbol: symbol})
	}
	return d
}

// four are rights of four places and kinds; the first has two publications.
func four(t *testing.T) []*record.Document {
	return []*record.Document{
		document(t, spec{pub: "CN199000001A", app: "201810000001.2", day: "2018-05-04", title: "一种锂离子电池及其制备方法", abstract: "本样例公开了电池的隔膜。",
			holder: "苏州样例新能源有限公司", address: "江苏省苏州市昆山市样例路1号", ipc: []string{"H01M10/0525", "H01M4/36"}}),
		document(t, spec{pub: "CN199000001B", app: "201810000001.2", day: "2020-03-10", title: "一种锂离子电池及其制备方法",
			holder: "苏州样例新能源有限公司", address: "江苏省苏州市昆山市样例路1号", ipc: []string{"H01M10/0525"}}),
		document(t, spec{pub: "CN299000002U", day: "2019-07-09", title: "电池检测装置", abstract: "一种装置，带5G通信模块。",
			holder: "南京样例大学", address: "江苏省南京市玄武区示范大道2号", ipc: []string{"G01R31/36"}}),
		document(t, spec{pub: "CN399000003S", day: "2019-07-19", title: "手持终端", holder: "李样甲", address: "江苏省盐城市样例巷3号"}),
		document(t, spec{pub: "CN199000004A", day: "2019-11-05", title: "Recycling method for battery electrodes", abstract: "Electrodes are recycled quickly.",
			holder: "浙江样例科技有限公司", address: "浙江省杭州市西湖区样例路4号", ipc: []string{"H01M10/54"}}),
	}
}

func TestQueriesFindRights(t *testing.T) {
	h := open(t)
	h.load(four(t)...)
	const battery, device, terminal, recycling = "一种锂离子电池及其制备方法", "电池检测装置", "手持终端", "Recycling method for battery electrodes"
	for _, c := range []struct{ query, sort, want string }{
		{"ti=电池 and region=苏州 and kind=invention", "", battery},
		{"电池", "oldest", device + " | " + battery},
		{"池", "date", battery + " | " + device},
		{"ab=隔膜", "", battery},
		{"ti=隔膜", "", ""},
		{"ta=5G通信", "", device},
		{"electrode", "", recycling},
		{"\"battery electrodes\"", "", recycling},
		{"\"electrodes battery\"", "", ""},
		{"recycl*", "", recycling},
		{"method near/3 electrodes", "", recycling},
		{"ipc=H01M", "date", battery + " | " + recycling},
		{"ipc=H01M10/0525", "", battery},
		{"ipc==H01M10", "", ""},
		{"pn=CN199000001A", "", battery},
		{"pn=199000001", "", battery},
		{"ap=ZL201810000001.2", "", battery},
		{"CN199000001B", "", battery},
		{"pa=样例大学", "", device},
		{"pa==\"南京 样例大学\"", "", device},
		{"in=甲", "", ""},
		{"李样甲", "", terminal},
		{"holder-type=individual", "", terminal},
		{"holder-type=university or kind=design", "date", terminal + " | " + device},
		{"region=昆山", "", battery},
		{"region=Suzhou", "", battery},
		{"region=elsewhere", "", recycling},
		{"region=江苏", "date", battery + " | " + terminal + " | " + device},
		{"not region=江苏", "", recycling},
		{"pd within \"2019-07-01 2019-07-31\"", "date", terminal + " | " + device},
		{"pd=2018-05", "", battery},
		{"pd=2020 and pd=2018", "", battery},
		{"latest=2018", "", ""},
		{"(ti=电池 or ti=终端) not region=南京", "date", battery + " | " + terminal},
		{"", "date", battery + " | " + recycling + " | " + terminal + " | " + device},
		{"zzqxvw", "", ""},
	} {
		got, total := h.titles(Request{Query: c.query, Sort: c.sort})
		n := 0
		if c.want != "" {
			n = 1 + strings.Count(c.want, " | ")
		}
		if got != c.want || total != int64(n) {
			t.Errorf("%-40s found %d: %s\n%48s: %s", c.query, total, got, "wanted", c.want)
		}
	}
}

func TestFacetsAddUpAndNarrow(t *testing.T) {
	h := open(t)
	h.load(four(t)...)
	for _, unit := range []Unit{Right, Publication} {
		res, err := h.Search(t.Context(), Public(), Request{Unit: unit, Facets: DefaultFacets, Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range res.Facets {
			sum := int64(0)
			for _, v := range f.Values {
				sum += v.Count
				if v.Clause == "" {
					continue
				}
				if _, n := h.titles(Request{Query: v.Clause, Unit: unit}); n != v.Count {
					t.Errorf("%s: %q finds %d, the facet says %d", f.Dimension, v.Clause, n, v.Count)
				}
			}
			if sum != res.Total {
				t.Errorf("%s of unit %s: facets add up to %d of %d", f.Dimension, unit, sum, res.Total)
			}
		}
	}
}

func TestCounts(t *testing.T) {
	h := open(t)
	h.load(four(t)...)
	for _, c := range []struct {
		r    CountRequest
		want string
	}{
		{CountRequest{Query: "*"}, "4"},
		{CountRequest{Query: "*", Unit: Publication}, "5"},
		{CountRequest{By: []string{"kind"}}, "invention 2, utility_model 1, design 1 = 4"},
		{CountRequest{By: []string{"doc"}, Unit: Publication}, "A 2, B 1, S 1, U 1 = 5"},
		{CountRequest{By: []string{"region"}, Query: "region=江苏"}, "320100 1, 320500 1, 320900 1 = 3"},
		{CountRequest{By: []string{"year"}}, "2020 1, 2019 3 = 4"},
		{CountRequest{By: []string{"year"}, Unit: Publication}, "2020 1, 2019 3, 2018 1 = 5"},
		{CountRequest{By: []string{"year"}, Query: "pd=2018"}, "2020 1 = 1"},
		{CountRequest{By: []string{"year"}, Query: "pd=2018", Unit: Publication}, "2018 1 = 1"},
		{CountRequest{By: []string{"doc"}, Query: "pn=CN199000001A or kind=design", Unit: Publication}, "A 1, S 1 = 2"},
		{CountRequest{By: []string{"doc"}, Query: "kind=invention not pd=2018", Unit: Publication}, "A 1, B 1 = 2"},
		{CountRequest{By: []string{"month"}, Query: "pd=2019-07"}, "2019-07 2 = 2"},
		{CountRequest{By: []string{"kind", "year"}}, "invention/2020 1, invention/2019 1, utility_model/2019 1, design/2019 1 = 4"},
		{CountRequest{By: []string{"year", "kind"}}, "2020/invention 1, 2019/invention 1, 2019/utility_model 1, 2019/design 1 = 4"},
		{CountRequest{By: []string{"year", "kind"}, Query: "pd=2018", Unit: Publication}, "2018/invention 1 = 1"},
		{CountRequest{By: []string{"region", "holder-type"}, Query: "pd within \"2019-07-01 2019-07-31\""}, "320100/university 1, 320900/individual 1 = 2"},
	} {
		got, err := h.Count(t.Context(), Public(), c.r)
		if err != nil {
			t.Errorf("%v: %v", c.r, err)
			continue
		}
		var rows []string
		for _, row := range got.Rows {
			rows = append(rows, fmt.Sprintf("%s %d", strings.Join(row.Codes, "/"), row.Count))
		}
		s := fmt.Sprint(got.Total)
		if len(rows) > 0 {
			s = strings.Join(rows, ", ") + " = " + s
		}
		if s != c.want {
			t.Errorf("%v:\n   got %s\nwanted %s", c.r, s, c.want)
		}
	}
}

func TestEarlierTimes(t *testing.T) {
	h := open(t)
	docs := four(t)
	first := h.load(docs[0], docs[2])
	h.load(docs[1], docs[3], docs[4])
	count := func(at register.AsOf, query string) int64 {
		t.Helper()
		got, err := h.Count(t.Context(), Public(), CountRequest{Query: query, AsOf: at})
		if err != nil {
			t.Fatal(err)
		}
		return got.Total
	}
	if n := count(register.AsOf{Known: first.Last}, ""); n != 2 {
		t.Errorf("after the first load there were %d rights", n)
	}
	if n := count(register.AsOf{Known: first.Last}, "pn=CN199000001B"); n != 0 {
		t.Errorf("the grant was known %d times before it was loaded", n)
	}
	if n := count(register.AsOf{On: 20190715}, ""); n != 2 {
		t.Errorf("on 2019-07-15 there were %d rights", n)
	}
	if n := count(register.AsOf{On: 20190715}, "ipc=H01M and latest=2018"); n != 1 {
		t.Errorf("on 2019-07-15 the application was the newest publication of %d rights", n)
	}
	_, err := h.Search(t.Context(), Public(), Request{Query: "电池", AsOf: register.AsOf{On: 20190715}})
	if ierr.KindOf(err) != ierr.Unsupported {
		t.Errorf("words about an earlier time: %v", err)
	}
	if _, err := h.register.Undo(t.Context(), first.ID, "test"); err != nil {
		t.Fatal(err)
	}
	h.sync()
	if n := count(register.AsOf{}, ""); n != 3 {
		t.Errorf("after undoing the first load %d rights stand", n)
	}
	if n := count(register.AsOf{Known: first.Last}, ""); n != 2 {
		t.Errorf("undoing changed what was known: %d rights", n)
	}
}

func TestTheIndexFollowsAndReopens(t *testing.T) {
	h := open(t)
	docs := four(t)
	h.load(docs[0])
	if err := h.Finder.Close(); err != nil {
		t.Fatal(err)
	}
	name := "behind"
	if _, err := h.register.Load(t.Context(), register.LoadSpec{Feed: register.Canonical{
		Name: name, Identity: name, N: 2, Document: func(i int64) *record.Document { return docs[1+i] },
	}}, nil); err != nil {
		t.Fatal(err)
	}
	var err error
	if h.Finder, err = Open(h.config); err != nil {
		t.Fatal(err)
	}
	h.sync()
	if got, n := h.titles(Request{Query: "电池", Sort: ByDate}); n != 2 {
		t.Errorf("after catching up %d are found: %s", n, got)
	}
	if _, n := h.titles(Request{Query: "pn=CN199000001B"}); n != 1 {
		t.Errorf("the grant is found %d times", n)
	}
}

func TestTheIndexOfAnotherRegisterIsNotBelieved(t *testing.T) {
	docs := four(t)
	for name, other := range map[string][][]*record.Document{
		"an older one":         {docs[:1]},
		"one as old":           {docs[:1], docs[2:3], docs[3:]},
		"one that went on":     {docs[:1], docs[2:3], docs[3:], docs[1:2]},
		"one with nothing yet": {},
	} {
		t.Run(name, func(t *testing.T) {
			now, h := open(t), open(t)
			h.load(docs[:1]...)
			h.load(docs[1:2]...)
			h.load(docs[2:3]...)
			if err := h.Close(); err != nil {
				t.Fatal(err)
			}
			for _, of := range other {
				now.load(of...)
			}
			var err error
			h.register, h.config.Register = now.register, now.register
			if h.Finder, err = Open(h.config); err != nil {
				t.Fatal(err)
			}
			h.sync()
			want, total := now.titles(Request{Sort: ByDate})
			if got, n := h.titles(Request{Sort: ByDate}); got != want || n != total {
				t.Errorf("%d rights: %s; want %d: %s", n, got, total, want)
			}
		})
	}
}

func TestOverridesDecide(t *testing.T) {
	h := open(t)
	h.load(four(t)...)
	res, err := h.Search(t.Context(), Public(), Request{Query: "holder-type=university", Limit: 1})
	if err != nil || len(res.Hits) != 1 {
		t.Fatal(res, err)
	}
	_, err = h.register.SetOverride(t.Context(), register.Override{Right: res.Hits[0].Right, Field: "region", Value: "320500", Reason: "moved", By: "test"})
	if err != nil {
		t.Fatal(err)
	}
	h.sync()
	if _, n := h.titles(Request{Query: "region=苏州"}); n != 2 {
		t.Errorf("%d rights in Suzhou after the override", n)
	}
}

func TestDisputedRowsWinNowhere(t *testing.T) {
	h := open(t)
	a := document(t, spec{pub: "CN199000009A", day: "2019-07-09", title: "油井管螺纹接头", holder: "南京样例有限公司", address: "江苏省南京市样例路1号", ipc: []string{"H01M10/54"}})
	b := document(t, spec{pub: "CN199000009A", day: "2019-07-09", title: "葡聚糖免疫治疗方法", holder: "苏州样例有限公司", address: "江苏省苏州市样例路1号", ipc: []string{"A61K31/716"}})
	h.load(a, b)
	for _, q := range []string{"ti=螺纹", "ti=葡聚糖", "ipc=H01M", "ipc=A61K", "pa=南京样例", "pa=苏州样例"} {
		if _, n := h.titles(Request{Query: q}); n != 1 {
			t.Errorf("%s finds %d", q, n)
		}
	}
	for _, c := range []struct{ by, want string }{{"region", h.config.Pack.Other()}, {"field", disputed}, {"holder-type", "enterprise"}} {
		got, err := h.Count(t.Context(), Public(), CountRequest{By: []string{c.by}})
		if err != nil || len(got.Rows) != 1 || got.Rows[0].Codes[0] != c.want {
			t.Errorf("counted by %s: %+v, %v; wanted %s", c.by, got.Rows, err, c.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	h := open(t)
	for _, c := range []struct {
		r    Request
		kind ierr.Kind
		code string
	}{
		{Request{Query: "titel=x"}, ierr.Invalid, "query.field_near"},
		{Request{Query: "region=Suzouh"}, ierr.Invalid, "query.choice_near"},
		{Request{Limit: MaxHits + 1}, ierr.Invalid, "find.page"},
		{Request{Offset: MaxReach, Limit: 1}, ierr.Invalid, "find.page"},
		{Request{Sort: "colour"}, ierr.Invalid, "find.sort"},
		{Request{Unit: "family"}, ierr.Invalid, "find.unit"},
		{Request{Facets: []string{"colour"}}, ierr.Invalid, "find.dimension"},
		{Request{Query: "ti=电?池"}, ierr.Invalid, "query.pattern_word"},
		{Request{Query: "ipc$b?t"}, ierr.Invalid, "query.pattern_word"},
		{Request{Query: "pn=CN1?9"}, ierr.Invalid, "query.pattern_number"},
	} {
		_, err := h.Search(t.Context(), Public(), c.r)
		if ierr.KindOf(err) != c.kind || ierr.As(err).Code != c.code {
			t.Errorf("%+v: %v", c.r, err)
		}
	}
	if _, err := h.Search(context.Background(), Scope{}, Request{}); ierr.KindOf(err) != ierr.Forbidden {
		t.Errorf("without a scope: %v", err)
	}
}

// TestWhoIsInForceByWhatWasKnown: whoever asks for rights in force gets those that were by
// what is known, or was known in an earlier state, whatever office they are of.
func TestWhoIsInForceByWhatWasKnown(t *testing.T) {
	h := open(t)
	h.Finder.Close()
	var err error
	if h.config.Lives, err = lifecycle.Load(defs.FS); err != nil {
		t.Fatal(err)
	}
	if h.Finder, err = Open(h.config); err != nil {
		t.Fatal(err)
	}
	docs := four(t)
	american := document(t, spec{pub: "CN199000009B", day: "2019-01-08", title: "Cell", holder: "苏州样例新能源有限公司", address: "江苏省苏州市昆山市样例路1号"})
	american.Office, american.Number, american.Code = "US", "10000009", "B2"
	lapse := record.Event{Code: "lapse", Date: date.Of(2020, 6, 2)}
	ended := document(t, spec{pub: "CN199000001B", app: "201810000001.2", day: "2020-06-02"})
	*ended = record.Document{Office: "CN", Kind: record.Invention, Number: ended.Number, Application: ended.Application, Issued: lapse.Date, Events: []record.Event{lapse}}
	granted := h.load(append(docs, american)...)
	h.load(ended)
	for _, c := range []struct {
		query string
		known int64
		want  int64
	}{
		{"kind=invention and force=2020-03-09", 0, 1},
		{"kind=invention and force=2020-03-10", 0, 2},
		{"kind=invention and force=2020-06-01", 0, 2},
		{"kind=invention and force=2020-06-02", 0, 1},
		{"kind=invention and force=2020-06-02", granted.Last, 2},
		{"kind=invention and force>=2020-06-02 and office=CN", 0, 0},
		{"kind=invention and force>=2020-06-02 and office=CN", granted.Last, 1},
		{"kind=invention and force=2020", 0, 2},
		{"kind=invention and force=2020-12-31 and office=US", 0, 1},
		{"kind=invention and force=2019-12-31 and office=CN", 0, 0},
		{"kind=invention and granted=2020", 0, 1},
		{"office=US", granted.Last, 1},
		{"office=EP", 0, 0},
		{"not office=US", 0, 4},
	} {
		got, err := h.Count(t.Context(), Public(), CountRequest{Query: c.query, AsOf: register.AsOf{Known: c.known}})
		if err != nil || got.Total != c.want {
			t.Errorf("%s, known in %d: %v (%v), want %d", c.query, c.known, got, err, c.want)
		}
	}
	// The state that stands is no earlier time: the present index answers, words and all.
	now := h.register.State()
	if r, err := h.Search(t.Context(), Public(), Request{Query: "电池", AsOf: register.AsOf{Known: now}}); err != nil || r.State != now || r.Total == 0 {
		t.Errorf("words about the present state: %+v, %v", r, err)
	}
}
