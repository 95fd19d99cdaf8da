package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"onewindow/internal/query"
	"onewindow/internal/web"
)

func (m *memory) Choices(string) web.Choices {
	return web.Choices{
		Fields: []web.FieldChoice{
			{Choice: web.Choice{Value: "ti", Label: "Title"}, Sort: "text"}, {Choice: web.Choice{Value: "ipc", Label: "IPC"}, Sort: "class"},
			{Choice: web.Choice{Value: "region", Label: "Region"}, Sort: "listed"},
		},
		Lists: []web.ListChoice{{Choice: web.Choice{Value: "region", Label: "Region"}, Groups: []web.ChoiceGroup{
			{Label: "Donggang", Choices: []web.Choice{{Value: "donggang", Label: "Donggang"}}}, {Choices: []web.Choice{{Value: "xishan", Label: "Xishan"}}},
		}}},
		IPC: []web.Choice{{Value: "H01M", Label: "Batteries"}},
	}
}

func (m *memory) Compose(rows []query.Row) string { return m.schema.Compose(rows) }

func (m *memory) TakeApart(_, src string) (web.Parts, error) {
	q, err := query.Parse(src, m.schema)
	if err != nil {
		return web.Parts{}, err.(*query.Error).Refusal()
	}
	p := web.Parts{Query: q.String(), Understood: query.Step{Text: "all of"}}
	p.Rows, p.Fits = q.Rows()
	return p, nil
}

func TestAdvancedSearchWritesAndTakesApart(t *testing.T) {
	h, _ := newHandler(t)
	form := url.Values{"j": {"and", "or", "not"}, "f": {"ti", "ti", "ipc"}, "m": {"all", "all", "all"}, "v": {"电池", "泵", "H01M"}, "l.region": {"xishan"}, "pd.from": {"2019-01-01"}, "pd.to": {"2020-01-01"}}
	for _, row := range []struct {
		path   string
		status int
		want   []string
	}{
		{"/en/advanced", 200, []string{`name="l.region"`, `<optgroup label="Donggang">`, `id="row-4-v"`, "Batteries", `name="pd.from"`}},
		{"/zh/advanced?" + form.Encode(), 200, []string{"ti=(电池 or 泵) and not ipc=H01M", `value="xishan" selected`, `value="2019-01-01"`, `value="泵"`, "all of"}},
		{"/en/advanced?q=" + url.QueryEscape("ti=pump and region=donggang and not ipc=H01M"), 200, []string{`value="pump"`, `value="donggang" selected`, `<option value="not" selected>`, `value="H01M" maxlength`}},
		{"/en/advanced?q=" + url.QueryEscape("(ti=a and ti=b) or ti=c"), 200, []string{"does not fit"}},
		{"/en/advanced?q=" + url.QueryEscape("region=(donggang or xishan)"), 200, []string{`value="donggang" maxlength`, `value="xishan" maxlength`}},
		{"/en/advanced?f=ipc&v=%3F%3F&j=and&m=all", 422, []string{`<mark>`}},
		{"/en/advanced?do=x", 422, nil},
		{"/en/advanced?f=ti&v=%ff", 422, nil},
		{"/en/advanced?f=ti&v=" + strings.Repeat("x", 4097), 422, nil},
		{"/en/advanced?do=add&f=&f=&f=&f=&f=&v=x", 200, []string{`id="row-7-v"`}},
		{"/en/search?q=battery", 200, []string{`href="/en/advanced?q=battery"`}},
	} {
		w := get(h, row.path)
		if w.Code != row.status {
			t.Errorf("%s: %d", row.path, w.Code)
		}
		for _, s := range row.want {
			if !strings.Contains(w.Body.String(), s) {
				t.Errorf("%s lacks %q", row.path, s)
			}
		}
	}
	form.Set("do", "search")
	w := get(h, "/en/advanced?"+form.Encode())
	to, err := url.Parse(w.Header().Get("Location"))
	if err != nil || w.Code != http.StatusFound || to.Path != "/en/search" || to.Query().Get("q") != `ti=(电池 or 泵) and not ipc=H01M and region=xishan and pd within "2019-01-01 2020-01-01"` {
		t.Errorf("%d to %v, %v", w.Code, to, err)
	}
}
