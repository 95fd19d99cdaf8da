package paper

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/i18n"
	"onewindow/internal/indicator"
	"onewindow/internal/region"
)

// printed reports what a printed edition states.
type printed struct{ book *indicator.Book }

func (p printed) Reported(r indicator.Ref) (*indicator.Observation, int64, string) {
	return p.book.Get(r), 1, "printed"
}

func (printed) Approval() int64 { return 1 }

// makers returns a maker for each language over what an edition states.
func makers(t testing.TB, fsys fs.FS, regionID, edition string) map[string]*Maker {
	t.Helper()
	pack, err := region.Load(fsys, regionID)
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Load(fsys, pack)
	if err != nil {
		t.Fatal(err)
	}
	book := indicator.NewBook(nil)
	if edition != "" {
		e, err := indicator.LoadEdition(fsys, edition)
		if err != nil {
			t.Fatal(err)
		}
		book = e.Book
	}
	eval := indicator.NewEvaluator(set, pack)
	eval.Reporter, eval.Sample = printed{book}, true
	catalogs, err := i18n.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*Maker{}
	for _, lang := range catalogs.Langs() {
		out[lang] = &Maker{Set: set, Evaluate: eval.Figure, Place: pack.Name, Say: catalogs.Printer(lang)}
	}
	return out
}

var langs = []string{"en", "zh"}

// TestEveryPaperOfTheDefinitionsLoads reads all papers; those of a printed edition
// are made with its numbers, and nothing in them may be open.
func TestEveryPaperOfTheDefinitionsLoads(t *testing.T) {
	ids, err := IDs(defs.FS)
	if err != nil {
		t.Fatal(ids, err)
	}
	for _, id := range ids {
		t.Run(id, func(t *testing.T) {
			p, err := Load(defs.FS, id, langs)
			if err != nil {
				t.Fatal(err)
			}
			if p.Printed == "" {
				return
			}
			report := checked(t, defs.FS, p)
			for _, f := range report.Faults {
				t.Errorf("%s: %s %s %s", f.Where, f.Kind, f.What, f.Lang)
			}
			for _, r := range report.Results {
				if r.Status == indicator.Open {
					t.Errorf("%s of %v is open: stated %v, follows %v", r.Rule, r.Of, r.Stated, r.Follow)
				}
			}
			t.Logf("%d figures, %d relations, %d claims", report.Figures, len(report.Results), report.Claims)
		})
	}
}

func checked(t *testing.T, fsys fs.FS, p *Paper) *Report {
	t.Helper()
	all := makers(t, fsys, p.Region, p.Printed)
	var docs []*Document
	var m *Maker
	for _, lang := range p.Langs(langs) {
		m = all[lang]
		d, err := m.Make(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	r, err := m.Check(context.Background(), p, docs)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// overlay is the definitions with other papers.
type overlay struct {
	fs.FS
	papers fstest.MapFS
}

func (o overlay) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, Folder+"/") {
		return o.papers.Open(name)
	}
	return o.FS.Open(name)
}

func small(en, zh, yaml string) overlay {
	return overlay{defs.FS, fstest.MapFS{
		"papers/p/paper.yaml": {Data: []byte("id: p\nregion: jiangsu\nperiod: 2020\nprinted: jiangsu-2020\ntitles: {en: Small, zh: 小}\n" + yaml)},
		"papers/p/en.md":      {Data: []byte(en)},
		"papers/p/zh.md":      {Data: []byte(zh)},
	}}
}

const smallTable = `tables:
  - id: valid
    titles: {en: "Of {{patent.valid_invention}}", zh: "共{{patent.valid_invention}}件"}
    rows: [units, groups, other, whole]
    columns: [{figure: patent.valid_invention}, {figure: "patent.valid_invention{holder=enterprise}#share", heads: {en: E, zh: 企}}]
charts:
  - id: bars
    kind: bars
    titles: {en: Suzhou leads, zh: 苏州居首}
    claims: ["patent.valid_invention@320500#rank = 1"]
    figure: patent.valid_invention
    over: units
    reference: "@320000"
`

func TestNumbersAreWrittenAsTheTextAsks(t *testing.T) {
	for _, c := range []struct{ mark, en, zh string }{
		{"{{patent.grants}}", "499,167", "499,167"},
		{"{{patent.grants#growth}}", "58.77%", "58.77%"},
		{"{{patent.grants#growth|rose}}", "rose by 58.77%", "增长58.77%"},
		{"{{tm.registrations#growth|rose}}", "fell by 7.10%", "下降7.10%"},
		{"{{tm.registrations#growth|up,places=1}}", "down 7.1%", "下降7.1%"},
		{"{{tm.registrations#growth}}", "−7.10%", "−7.10%"},
		{"{{tm.registrations#growth|abs}}", "7.10%", "7.10%"},
		{"{{patent.valid_invention{holder=enterprise}@320100}}", "31,861", "31,861"},
		{"{{award.china_patent_award#national-rank|ordinal}}", "3rd", "第3"},
		{"{{police.amount_involved|million}}", "more than 1,170 million", "超过1,170百万"},
		{"{{police.amount_involved|100m}}", "more than 11.7 hundred million", "超过11.7亿"},
		{"{{customs.items_seized|10k}}", "36.55 ten thousand", "36.55万"},
		{"{{patent.applications{applicant=enterprise}#share-change}}", "2.13 percentage points", "2.13个百分点"},
		{"{{court.accepted|unit}}", "24,869 cases", "24,869件（案）"},
		{`{{"13"}} cities`, "13 cities", "13 cities"},
	} {
		fsys := small("x "+c.mark+".\n", "x "+c.mark+".\n", "")
		p, err := Load(fsys, "p", langs)
		if err != nil {
			t.Errorf("%s: %v", c.mark, err)
			continue
		}
		for lang, m := range makers(t, fsys, "jiangsu", "jiangsu-2020") {
			d, err := m.Make(context.Background(), p)
			if err != nil {
				t.Fatal(err)
			}
			want := "x " + map[string]string{"en": c.en, "zh": c.zh}[lang] + "."
			if got := Plain(d.Blocks[0].Spans); got != want {
				t.Errorf("%s in %s: %q, want %q", c.mark, lang, got, want)
			}
		}
	}
}

func TestFaultsAreFoundWithFileAndLine(t *testing.T) {
	for name, c := range map[string]struct{ en, zh, yaml, want string }{
		"typed":          {"a\n\nb 35 c\n", "a\n\nb\n", "", `papers/p/en.md:3: "35" is typed`},
		"unclosed":       {"a\n{{patent.grants\n", "a", "", "papers/p/en.md:2: {{ does not end"},
		"option":         {"{{patent.grants|big}}", "a", "", `papers/p/en.md:1: "big" is no way`},
		"html":           {"<b>x</b>", "a", "", "papers/p/en.md:1: "},
		"inline html":    {"x <b>y</b>", "a", "", "papers/p/en.md:1: "},
		"code":           {"    code\n", "a", "", "papers/p/en.md:1: "},
		"table in words": {"see {{table valid}} here", "a", smallTable, "papers/p/en.md:1: {{table valid}} stands on a line"},
		"no such table":  {"{{table none}}\n", "a", smallTable, "papers/p/en.md:1: there is no table none"},
		"no such target": {"{{see none}}.\n", "a", smallTable, `papers/p/en.md:1: "none" is no table`},
		"script":         {"[x](javascript:alert())", "a", "", "papers/p/en.md:1: "},
		"claim":          {"a", "a", strings.ReplaceAll(smallTable, "#rank = 1", "#rank"), "chart bars:"},
		"chart kind":     {"a", "a", strings.ReplaceAll(smallTable, "kind: bars", "kind: pie"), `"pie" is no kind`},
		"set":            {"a", "a", strings.ReplaceAll(smallTable, "over: units", "over: towns"), `"towns" is no set`},
		"field":          {"a", "a", strings.ReplaceAll(smallTable, "over: units", "ower: units"), "papers/p/paper.yaml:"},
		"missing title":  {"a", "a", strings.ReplaceAll(smallTable, ", zh: 苏州居首", ""), "bars has no text in zh"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(small(c.en, c.zh, c.yaml), "p", langs)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestAPaperIsClosedWhenNothingIsOpen(t *testing.T) {
	text := "# A\n\n{{patent.grants}}\n\n{{table valid}}\n\n{{chart bars}}\n"
	for name, c := range map[string]struct {
		en, zh, yaml string
		want         FaultKind
	}{
		"whole":     {text, text, smallTable, ""},
		"languages": {text + "\n{{tm.valid}}\n", text, smallTable, FaultLanguages},
		"other way": {text, text + "\n{{tm.valid}}\n", smallTable, FaultLanguages},
		"absent":    {text + "\n{{tm.valid@320100}}\n", text + "\n{{tm.valid@320100}}\n", smallTable, FaultAbsent},
		"claim":     {text, text, strings.ReplaceAll(smallTable, "#rank = 1", "#rank = 2"), FaultClaim},
		"unused":    {strings.ReplaceAll(text, "{{chart bars}}", ""), strings.ReplaceAll(text, "{{chart bars}}", ""), smallTable, FaultUnused},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := small(c.en, c.zh, c.yaml)
			p, err := Load(fsys, "p", langs)
			if err != nil {
				t.Fatal(err)
			}
			r := checked(t, fsys, p)
			if c.want == "" {
				if r.Open() != 0 {
					t.Errorf("open: %+v", r)
				}
				return
			}
			for _, f := range r.Faults {
				if f.Kind != c.want {
					t.Errorf("found %+v, want %s", f, c.want)
				}
			}
			if len(r.Faults) == 0 {
				t.Errorf("nothing found, want %s", c.want)
			}
		})
	}
}

func TestTablesHoldTheirFigures(t *testing.T) {
	fsys := small("# A\n\nAs {{see valid}} and {{see bars}} and {{see b}} show.\n\n# B {#b}\n\n{{table valid}}\n\n{{chart bars}}\n", "x", smallTable)
	p, err := Load(fsys, "p", langs)
	if err != nil {
		t.Fatal(err)
	}
	d, err := makers(t, fsys, "jiangsu", "jiangsu-2020")["en"].Make(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	if got := Plain(d.Blocks[1].Spans); got != "As Table 1 and Figure 1 and section 2 show." {
		t.Error(got)
	}
	tab := d.Tables[0]
	if Plain(tab.Title) != "Of 291,648" || len(tab.Rows) != 13+3+1+1 || len(tab.Columns) != 2 {
		t.Errorf("%s: %d rows, %d columns", Plain(tab.Title), len(tab.Rows), len(tab.Columns))
	}
	first, last := tab.Rows[0], tab.Rows[len(tab.Rows)-1]
	if first.Name != "Nanjing" || first.Cells[0].Text != "70,428" || first.Cells[1].Text != "45.24" || last.Kind != RowWhole || last.Cells[0].Text != "291,648" {
		t.Errorf("%+v, %+v", first, last)
	}
	c := d.Charts[0]
	if len(c.Series) != 1 || len(c.Series[0].Points) != 13 || c.Reference == nil || c.Reference.Text != "291,648" || !c.Sample {
		t.Errorf("%+v", c)
	}
	if !d.Sample || d.NumberOf(tab.Rows[0].Cells[0].Figure.Ref) == 0 {
		t.Error("the document does not know its figures")
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"# A {#a}\n\n{{patent.grants{type=invention}#growth|rose,places=1}}\n", "{{\"13\"}} [x](https://a.b) [^n]\n\n[^n]: note\n", "- a\n- b\n\n1. c\n", "{{see a}} {{{}}}", "**x** *y*\n中文\n中文"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := readText("f.md", "en", []byte(s))
		if err != nil {
			return
		}
		Walk(a.Blocks, func(b *Block) {
			if b.Kind == Heading && b.Level > 3 {
				t.Errorf("a heading of level %d passed", b.Level)
			}
			for _, x := range b.Spans {
				if x.Kind == Link && !strings.HasPrefix(x.Target, "http") {
					t.Errorf("a link to %q passed", x.Target)
				}
			}
		})
	})
}
