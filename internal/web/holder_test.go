package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/web"
)

// party is an invented party that is found under its id and its name.
func (m *memory) party() web.Holder {
	ref := web.PartyRef{ID: "P00AAAAAAAAAA", Name: "东港虚构新材料有限公司", Rights: 40}
	branch := web.PartyRef{ID: "P00BBBBBBBBBB", Name: "东港虚构新材料有限公司西山分公司", Place: "西山市", Rights: 2}
	h := web.Holder{
		PartyRef: ref, Type: "enterprise", Idents: []string{"91000000000000000X"}, Query: "pa=东港虚构新材料有限公司", Holds: 1200, Examined: 40, Near: true,
		Names: []web.PartyName{
			{Text: ref.Name, Lang: "zh", Rights: 38, Since: "2018-07", Until: "2020-07"},
			{Text: "Donggang Invented Materials Co., Ltd.", Lang: "en", Rights: 2, Why: "names in one document", With: ref.Name, Confidence: 0.97},
		},
		Addresses: []web.PartyAddress{{Text: "东港市虚构路 1 号", Place: "东港市", Rights: 38, Since: "2018-07", Until: "2020-07"}},
		Parent:    &web.PartyRef{ID: "P00CCCCCCCCCC", Name: "东港虚构集团"}, Branches: []web.PartyRef{branch},
		Facets: []web.Facet{{ID: "kind", Values: []web.Tally{{Label: "Invention", N: 30, Query: "kind=invention"}, {Label: "Design", N: 10, Query: "kind=design"}}}},
		States: []web.Tally{{Label: "in force", N: 39}, {Label: "lapsed", N: 1}}, On: date.Of(2026, 11, 22),
	}
	for i := range 15 {
		h.Due = append(h.Due, web.Due{ID: 100, Number: "CN109991000A", Title: "一种石墨电池隔膜的制备方法",
			Step: web.Step{Label: "Annuity", Due: date.Of(2026, 12, 1+i), Details: []string{"¥900"}, Law: "Invented Rules, Art. 1"}})
	}
	h.Latest = []web.Item{m.rights[3].item("zh")}
	return h
}

func (m *memory) Parties(_ context.Context, _, name string) ([]web.PartyRef, error) {
	p := m.party()
	if !strings.Contains(p.Name, name) {
		return nil, nil
	}
	return append([]web.PartyRef{p.PartyRef}, p.Branches...), nil
}

func (m *memory) Party(_ context.Context, _, id string) (web.Holder, error) {
	switch p := m.party(); id {
	case p.ID, p.Name, "1": // 1 is what every route is tried with
		return p, nil
	case "甲某":
		return web.Holder{}, ierr.New(ierr.Conflict, "party.ambiguous", ierr.Args{"name": id, "candidates": "…"})
	}
	return web.Holder{}, ierr.New(ierr.NotFound, "party.unknown", ierr.Args{"name": id})
}

func TestHolders(t *testing.T) {
	h, _ := newHandler(t)
	for _, row := range []struct {
		path   string
		status int
		want   []string
	}{
		{"/en/parties", 200, []string{"Those that most rights name", `href="/en/parties/P00AAAAAAAAAA"`}},
		{"/zh/parties?name=西山", 200, []string{"没有这一名称"}},
		{"/en/parties?name=" + strings.Repeat("x", 101), 422, []string{"100"}},
		{"/en/parties/P00AAAAAAAAAA", 200, []string{"Holds or applied for 1,200 rights", "Donggang Invented", "40 were looked at", "3 more", "西山分公司",
			"Belongs to", "东港市虚构路", "Invented Rules, Art. 1", "State, of the 40 rights looked at"}},
		{"/zh/parties/P00AAAAAAAAAA", 200, []string{"持有或申请 1,200 项权利", "近期到期事项"}},
		{"/en/parties/nobody", 404, nil},
		{"/en/parties/" + strings.Repeat("x", 101), 422, nil},
		{"/en/records/100", 200, []string{`href="/en/parties/%E4%B8%9C%E6%B8%AF`, "About this holder"}},
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
	for path, to := range map[string]string{"/en/parties/东港虚构新材料有限公司": "/en/parties/P00AAAAAAAAAA", "/en/parties/甲某": "/en/parties?name=%E7%94%B2%E6%9F%90"} {
		if w := get(h, path); w.Code != http.StatusFound || w.Header().Get("Location") != to {
			t.Errorf("%s: %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
}
