package web_test

import (
	"bytes"
	"context"
	"errors"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/query"
	"onewindow/internal/web"
)

// TestScript asks for pages as readers do and looks for what they must say.
func TestScript(t *testing.T) {
	h, _ := newHandler(t)
	for _, row := range []struct {
		path   string
		status int
		want   []string // all of these stand in the page
		not    []string // none of these does
	}{
		{"/en/", 200, []string{`lang="en"`, "43", "Utility model", "Load 5", "2026-11-22 21:30", "Running", `href="/zh/"`}, nil},
		{"/zh/", 200, []string{`lang="zh"`, "43", "实用新型", "第 5 批", "2026年11月22日 21:30", "进行中", `href="/en/"`}, nil},
		{"/en/search?q=battery", 200, []string{"<h1>2 rights</h1>", "any text contains the word “battery”", `value="battery"`, `href="/zh/search?q=battery"`}, nil},
		{"/en/search?q=battery&unit=publication", 200, []string{"<h1>3 publications</h1>"}, nil},
		{"/zh/search?q=battery", 200, []string{"<h1>2 件权利</h1>", "任一文本含有词语“battery”", "东港市"}, nil},
		{"/en/search", 200, []string{"<h1>43 rights</h1>", "everything", "Page 1 of 3", `href="/en/search?page=2"`}, nil},
		{"/en/search?page=3&sort=oldest", 200, []string{`start="41"`, `rel="prev" href="/en/search?page=2&amp;sort=oldest"`}, []string{`rel="next"`}},
		{"/en/search?q=kind%3Dinvention&page=9", 200, []string{"There is nothing on this page", `href="/en/search?page=3&amp;q=kind%3Dinvention"`}, nil},
		{"/en/search?q=zeppelin", 200, []string{"<h1>0 rights</h1>", "Nothing was found"}, []string{"Narrow these results"}},
		{"/en/search?q=titel%3Dbattery", 422, []string{"There is no field “titel”", "<mark>titel</mark>=battery", `href="/en/search?q=title%3Dbattery"`, `value="titel=battery"`}, nil},
		{"/zh/search?q=titel%3Dbattery", 422, []string{"检索式有误", "<mark>titel</mark>=battery"}, nil},
		{"/en/search?q=(battery", 422, []string{"never closed", "<mark>(</mark>battery"}, []string{"Try instead"}},
		{"/en/search?q=%E7%94%B5%E6%B1%A0+and+kind%3Dinvention", 200, []string{
			`href="/en/search?q=%E7%94%B5%E6%B1%A0+and+kind%3Dinvention+and+region%3Dxishan"`, // adds to the query
			`href="/en/search?q=%E7%94%B5%E6%B1%A0" aria-label="Remove Invention from the query"`,
			"<mark>电池</mark>",
		}, nil},
		{"/en/records/1", 200, []string{
			"Heat-resistant lithium-ion battery separator", `lang="zh">一种耐高温锂离子电池隔膜及其制备方法`, "201710601862.3", "check digit right",
			"INID", ">54<", "临河虚构大学", "Separators, membranes", "Sources of equal standing disagree", "shown above", "一种耐高温锂电池隔膜", "confidence 99%",
			"The office corrected this; the rules had found: Research institute", "state 120", "delivery.zip › 2019/27/CN109990001A.xml", "row 17", `href="/en/loads/3"`,
			"The entry is marked: invented.code", "Request for examination took effect", `href="/en/search?q=region%3Ddonggang"`,
		}, []string{"not the present state"}},
		{"/zh/records/1", 200, []string{`<h1>一种耐高温锂离子电池隔膜及其制备方法</h1>`, `lang="en">Heat-resistant`, "校验位正确", "来源", "2017年7月21日"}, nil},
		{"/en/records/1?on=2020-01-01&known=load:3", 200, []string{"not the present state", "end of 2020-01-01", "knew it: load:3", `value="2020-01-01"`, `href="/en/records/1"`, "noindex"}, []string{`<span class="kind">Invention</span><span class="no">CN109990001B`}},
		{"/en/records/2", 200, []string{"2.02E+12", "damaged in the source"}, nil},
		{"/en/records/3", 200, []string{"Without a title", "CN305990003S"}, []string{"Events", "Abstract"}},
		{"/en/loads", 200, []string{"Load 4", "30,215", "Undone", "Stopped, will resume", `scope="col"`}, nil},
		{"/zh/loads", 200, []string{"第 4 批", "30,215", "已撤回"}, nil},
		{"/en/loads/4", 200, []string{"The row has 9 columns", "row 4711", "line 4712", "收费项目", "18.0 MiB"}, nil},
		{"/en/loads/1", 200, []string{"Every entry could be read", "Everything in the files is used"}, nil},
		{"/en/help/query", 200, []string{`href="/en/search?q=ti%3Dbattery"`, "holder-type", "technology field"}, nil},
		{"/en/mappings", 200, []string{"Marks", `href="/en/mappings/marks.xlsx"`, "90000001", "valid · over"}, nil},
		{"/zh/mappings", 200, []string{"可读取的表格", `href="/zh/mappings/marks.csv"`}, nil},
		{"/en/mappings/marks.csv", 200, []string{"Number,State as csv"}, nil},
		{"/en/mappings/none.xlsx", 404, nil, nil},
		{"/en/mappings/marks.xml", 404, nil, nil},
		{"/en/mappings/marks", 404, nil, nil},
		{"/zh/help/query", 200, []string{"检索式写法", "权利人"}, nil},
		{"/en/n/CN109990001A?on=2020-01-01", 302, nil, nil},
		{"/en/sign-in", 200, []string{"<h1>Sign in</h1>", `autocomplete="current-password"`, `href="/zh/sign-in"`}, []string{"onewindow user add"}},
		{"/en/account", 303, nil, nil},
		{"/en/sign-out", 405, nil, nil},
		{"/en/nothing", 404, []string{"There is no such page", `href="/zh/nothing"`, `lang="en"`}, nil},
		{"/zh/nothing", 404, []string{"没有这个页面"}, nil},
		{"/nothing", 404, []string{"There is no such page"}, nil},
		{"/en", 307, nil, nil},
		{"/en/records/99999", 404, nil, nil},
		{"/en/records/abc", 404, nil, nil},
		{"/en/records/-1", 404, nil, nil},
		{"/en/records/01", 404, nil, nil},
		{"/en/records/9223372036854775808", 404, nil, nil},
		{"/en/loads/77", 404, nil, nil},
		{"/en/sources", 200, []string{"Invented gazette", `href="/en/sources/gazette"`, "CN any"}, nil},
		{"/en/sources/gazette", 200, []string{"nine issues", "3 issues are missing", "2019-07-12", "ended in state 9: an issue was missing", "Held back"}, nil},
		{"/zh/sources/gazette", 200, []string{"缺3期", "第2号声明", "暂扣"}, nil},
		{"/en/sources/nothing", 404, nil, nil},
		{"/en/n/CN000", 404, nil, nil},
		{"/en/n/", 422, nil, nil},
		{"/en/n/" + strings.Repeat("9", 65), 422, []string{"64"}, nil},
		{"/en/search?q=" + strings.Repeat("x", 4097), 422, []string{"4,096"}, nil},
		{"/en/search?q=" + strings.Repeat("%E7%94%B5", 4096), 200, nil, nil},
		{"/en/search?q=%FF", 422, []string{"not readable text"}, nil},
		{"/en/search?q=a%00b", 422, []string{"not readable text"}, nil},
		{"/en/search?page=0", 422, []string{"1 to 500"}, nil},
		{"/en/search?page=501", 422, []string{"1 to 500"}, nil},
		{"/en/search?page=1e3", 422, nil, nil},
		{"/zh/search?page=99999999999999999999", 422, []string{"1 至 500"}, nil},
		{"/en/search?sort=price", 422, []string{"rank, date, oldest"}, nil},
		{"/en/search?unit=kg", 422, []string{"right, publication"}, nil},
		{"/en/records/1?on=soon", 422, []string{"2019-07-09"}, nil},
		{"/en/records/1?known=" + strings.Repeat("k", 65), 422, nil, nil},
		{"/en/loads?page=x", 422, nil, nil},
		{"/assets/style.css", 404, nil, nil},
		{"/assets/none.css", 404, nil, nil},
		{"/healthz", 200, []string{"ok"}, nil},
	} {
		w := get(h, row.path)
		if w.Code != row.status {
			t.Errorf("%.80s answers %d, want %d", row.path, w.Code, row.status)
		}
		body := strings.ReplaceAll(w.Body.String(), "&#43;", "+")
		for _, want := range row.want {
			if !strings.Contains(body, want) {
				t.Errorf("%.80s does not say %q", row.path, want)
			}
		}
		for _, not := range row.not {
			if strings.Contains(body, not) {
				t.Errorf("%.80s says %q", row.path, not)
			}
		}
	}
}

func TestHomeGoesByTheBrowsersLanguage(t *testing.T) {
	h, _ := newHandler(t)
	for accept, want := range map[string]string{"zh-CN,zh;q=0.9": "/zh/", "en-GB": "/en/", "": "/en/", "fr,zh;q=0.2": "/zh/"} {
		w := get(h, "/", "Accept-Language", accept)
		if w.Code != 302 || w.Header().Get("Location") != want || w.Header().Get("Vary") != "Accept-Language" {
			t.Errorf("%q leads to %d %s", accept, w.Code, w.Header().Get("Location"))
		}
	}
	if body := get(h, "/nothing", "Accept-Language", "zh").Body.String(); !strings.Contains(body, "没有这个页面") {
		t.Error("a path without a language does not answer in the browser's")
	}
}

func TestNumbersLeadToTheirRecord(t *testing.T) {
	h, _ := newHandler(t)
	for path, want := range map[string]string{
		"/en/n/CN109990001A":                      "/en/records/1",
		"/zh/n/cn%20109990001%20b":                "/zh/records/1",
		"/en/n/201710601862.3":                    "/en/records/1",
		"/en/n/CN109990001A?on=2020-01-01&evil=1": "/en/records/1?on=2020-01-01",
	} {
		if w := get(h, path); w.Code != 302 || w.Header().Get("Location") != want {
			t.Errorf("%s leads to %d %s, want %s", path, w.Code, w.Header().Get("Location"), want)
		}
	}
}

func TestOnlyReading(t *testing.T) {
	h, _ := newHandler(t)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"} {
		w := send(h, method, "/en/search?q=battery")
		if w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" || !strings.Contains(w.Body.String(), method) {
			t.Errorf("%s answers %d, Allow %q", method, w.Code, w.Header().Get("Allow"))
		}
	}
	for _, path := range []string{"/en/", "/assets/x", "/healthz"} {
		if w := send(h, "HEAD", path); w.Code >= 500 {
			t.Errorf("HEAD %s answers %d", path, w.Code)
		}
	}
	if w := send(h, "HEAD", "/en/"); w.Code != 200 || w.Body.Len() != 0 {
		t.Errorf("HEAD answers %d with %d bytes", w.Code, w.Body.Len())
	}
}

var assetLink = regexp.MustCompile(`/assets/[a-z]+\.[0-9a-f]{12}\.(css|js|svg)`)

func TestAssetsMayBeKeptAndPagesMustBeAskedFor(t *testing.T) {
	h, _ := newHandler(t)
	page := get(h, "/en/")
	if c := page.Header().Get("Cache-Control"); c != "no-cache" {
		t.Errorf("pages carry Cache-Control %q", c)
	}
	links := assetLink.FindAllString(page.Body.String(), -1)
	if len(links) != 3 {
		t.Fatalf("the page links to %v", links)
	}
	for _, link := range links {
		w := get(h, link)
		if w.Code != 200 || w.Body.Len() == 0 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s answers %d, %q", link, w.Code, w.Header().Get("Cache-Control"))
		}
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	h, _ := newHandler(t)
	for _, path := range []string{"/", "/en/", "/en/nothing", "/en/search?page=x", "/healthz", "/assets/none"} {
		header := get(h, path).Header()
		csp := header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s carries the policy %q", path, csp)
		}
		if header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Referrer-Policy") == "" {
			t.Errorf("%s lacks a header: %v", path, header)
		}
	}
}

func TestEveryRouteHasAnOwner(t *testing.T) {
	h, _ := newHandler(t)
	seen := map[string]bool{}
	for _, route := range web.Routes() {
		if route.Who != web.Anyone || route.Method != http.MethodGet {
			continue // see TestEveryRouteAdmitsWhomTheTableNames
		}
		if seen[route.Pattern] {
			t.Errorf("route %+v stands twice", route.Pattern)
		}
		seen[route.Pattern] = true
		for _, lang := range []string{"en", "zh"} {
			path := strings.NewReplacer("{lang}", lang, "{$}", "", "{id}", "1", "{n}", "2", "{from}", "1", "{number...}", "CN109990001A", "{name}", "none", "{file}", "marks.xlsx", "{hash}", "none").Replace(route.Pattern)
			if w := get(h, path); w.Code == 405 || w.Code >= 500 || w.Code == 404 && route.Pattern != "/assets/{name}" && route.Pattern != "/{lang}/s/{id}" && route.Pattern != "/pictures/{hash}" {
				t.Errorf("%s answers %d", path, w.Code)
			}
		}
	}
}

// broken is a register in which everything fails.
type broken struct {
	*memory
	err error
}

func (b broken) Overview(context.Context, string) (web.Overview, error) {
	if b.err == nil {
		panic("a defect with a secret")
	}
	return web.Overview{}, b.err
}

func TestOurFaultsAreLoggedAndNotShown(t *testing.T) {
	catalogs, err := i18n.Load(os.DirFS("../../defs"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		err    error
		status int
		want   string
	}{
		{errors.New("a disk with a secret"), 500, "无法完成请求"},
		{ierr.Wrap(errors.New("a secret"), ierr.Corrupt, "no.text", nil), 500, "无法完成请求"},
		{nil, 500, "无法完成请求"},
		{ierr.New(ierr.Forbidden, "web.page", nil), 403, "您无权使用此页面"},
	} {
		var log bytes.Buffer
		site, err := web.New(web.Config{Register: broken{err: row.err}, Catalogs: catalogs, Zone: zone, Log: slog.New(slog.NewTextHandler(&log, nil))})
		if err != nil {
			t.Fatal(err)
		}
		w := get(site.Handler(), "/zh/")
		if w.Code != row.status || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), row.want) {
			t.Errorf("%v answers %d: %s", row.err, w.Code, w.Body)
		}
		if logged := strings.Contains(log.String(), "secret"); logged != (row.status == 500) {
			t.Errorf("%v: log %q", row.err, log.String())
		}
	}
}

func TestRealDataIsNotCalledSample(t *testing.T) {
	sample, register := newHandler(t)
	site, err := web.New(web.Config{Register: register, Catalogs: register.catalogs, Zone: zone, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/en/", "/zh/search", "/en/records/1", "/en/loads", "/en/loads/4", "/zh/help/query", "/en/nothing"} {
		if body := get(sample, path).Body.String(); !strings.Contains(body, `<meta name="data-origin" content="invented">`) || !strings.Contains(body, `class="sample"`) {
			t.Errorf("%s of a sample does not say so", path)
		}
		if body := get(site.Handler(), path).Body.String(); strings.Contains(body, "data-origin") || strings.Contains(body, `class="sample"`) {
			t.Errorf("%s of a real register calls itself a sample", path)
		}
	}
}

func TestALaggingIndexSaysSo(t *testing.T) {
	h, register := newHandler(t)
	register.behind = 2
	for path, want := range map[string]string{"/en/": "2 commits behind", "/en/search": "2 commits behind", "/zh/search": "落后登记簿 2 次提交"} {
		if !strings.Contains(get(h, path).Body.String(), want) {
			t.Errorf("%s does not say %q", path, want)
		}
	}
}

func TestAnEmptyRegisterSaysWhatToDo(t *testing.T) {
	h, register := newHandler(t)
	register.rights, register.loads = nil, nil
	for _, path := range []string{"/en/", "/en/loads"} {
		if !strings.Contains(get(h, path).Body.String(), "onewindow load") {
			t.Errorf("%s gives no way on", path)
		}
	}
}

func TestHelpExamplesAreQueriesOfTheLanguage(t *testing.T) {
	h, register := newHandler(t)
	for _, lang := range []string{"en", "zh"} {
		page := html.UnescapeString(get(h, "/"+lang+"/help/query").Body.String())
		for _, q := range web.HelpExamples(register.catalogs.Printer(lang)) {
			if _, err := query.Parse(q, register.schema); err != nil {
				t.Errorf("%s: %v", q, err)
			}
			if !strings.Contains(page, `href="/`+lang+`/search?`+url.Values{"q": {q}}.Encode()+`"`) {
				t.Errorf("%s cannot be run from the help", q)
			}
		}
	}
}

func TestADisputeIsToldOnceAndListed(t *testing.T) {
	h, register := newHandler(t)
	r := &register.rights[0].Record
	r.Abstracts[0].Disputed = []web.Variant{{Text: r.Abstracts[0].Text, Shown: true}, {Text: text("zh", "另一摘要")}}
	body := get(h, "/en/records/1").Body.String()
	if n := strings.Count(body, `class="variant"`); n != 6 {
		t.Errorf("%d variants, want two each of title, inventors and abstract", n)
	}
	for _, link := range []string{`<a href="#abstract">Abstract</a>`, `<a href="#inid-54">Title</a>`, `<a href="#inid-72">Inventor</a>`} {
		if strings.Count(body, link) != 1 {
			t.Errorf("the notice lacks %s", link)
		}
	}
}

// TestGolden compares the main pages with what they were; -update renews them.
func TestGolden(t *testing.T) {
	h, _ := newHandler(t)
	for name, path := range map[string]string{
		"home": "/", "results": "/search?q=battery", "problem": "/search?q=titel%3Dbattery", "record": "/records/1", "loads": "/loads", "load": "/loads/4", "help": "/help/query", "party": "/parties/P00AAAAAAAAAA", "parties": "/parties", "advanced": "/advanced?q=ti%3Dpump+and+region%3Dxishan", "absent": "/nothing",
		"figures": "/figures", "figure": "/figures/lamps.lit", "figure-absent": "/figures/lamps.lit?period=2019", "compare": "/compare?i=lamps.lit", "explore": "/explore",
	} {
		for _, lang := range []string{"en", "zh"} {
			got := assetLink.ReplaceAllString(get(h, "/"+lang+path).Body.String(), "/assets/*.$1")
			file := filepath.Join("testdata", name+"."+lang+".html")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s changed (run with -update if it should):\n%s", file, diff)
			}
		}
	}
}

func TestAThirdLanguageIsServedAsItIs(t *testing.T) {
	_, register := newHandler(t)
	fsys := fstest.MapFS{}
	for _, lang := range []string{"en", "zh"} {
		files, err := filepath.Glob("../../defs/i18n/" + lang + "/*.json")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fsys["i18n/"+lang+"/"+filepath.Base(file)] = &fstest.MapFile{Data: b}
			if lang == "en" {
				fsys["i18n/de/"+filepath.Base(file)] = &fstest.MapFile{Data: []byte(strings.Replace(string(b), `"format.language": "English"`, `"format.language": "Deutsch"`, 1))}
			}
		}
	}
	catalogs, err := i18n.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	site, err := web.New(web.Config{Register: register, Catalogs: catalogs, Zone: zone, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	w := get(site.Handler(), "/de/search?q=battery")
	if w.Code != 200 || !strings.Contains(w.Body.String(), `<html lang="de">`) {
		t.Errorf("the third language answers %d", w.Code)
	}
	if body := get(site.Handler(), "/en/search?q=battery").Body.String(); !strings.Contains(body, `<a href="/de/search?q=battery" lang="de" hreflang="de" rel="alternate">Deutsch</a>`) {
		t.Error("no page leads to the third language")
	}
	if w := get(site.Handler(), "/", "Accept-Language", "de-AT"); w.Header().Get("Location") != "/de/" {
		t.Errorf("its readers are led to %s", w.Header().Get("Location"))
	}
}
