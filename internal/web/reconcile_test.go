package web_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// ledger holds one invented official table, and those that are added.
type ledger struct{ added []v1.OfficialTable }

func inventedTable(lang string) v1.OfficialTable {
	names := map[string]string{"en": "Invented grants", "zh": "虚构授权量"}
	return v1.OfficialTable{
		ID: "1", Revision: 2, Name: names[lang], Publisher: "Invented office", Measure: v1.Class{Code: "granted", Label: "Grants"}, From: "2019-01-01", To: "2019-12-31",
		AsOf: "2020-02-01", Source: "Invented yearbook", Unit: "piece", Notes: "A note.", File: "grants.csv", SHA256: strings.Repeat("ab", 32), Titles: []string{"A title"},
		Omitted: []string{"rank"}, Added: loaded, Invented: true,
	}
}

func (l *ledger) Tables(_ context.Context, lang string) (*v1.OfficialTables, error) {
	return &v1.OfficialTables{Tables: append([]v1.OfficialTable{inventedTable(lang)}, l.added...)}, nil
}

func (l *ledger) Sheet(_ context.Context, lang, id string, _ v1.ReconcileParams) (*v1.Reconciliation, error) {
	if id != "1" {
		return nil, ierr.New(ierr.NotFound, "reconcile.unknown", ierr.Args{"id": id})
	}
	class := func(code string) v1.Class { return v1.Class{Code: code, Label: labels[code][lang]} }
	invention := class("invention")
	cell := func(region string, total bool, own, official, by, rest int64) v1.ReconcileCell {
		return v1.ReconcileCell{
			Key: region + "/invention", Region: class(region), Kind: &invention, Total: total, Own: own, Official: official, Difference: official - own,
			Explained: by, Rest: rest, Query: "region=" + region, Row: 3, Column: 2, Exact: total,
			Effects: []v1.ReconcileEffect{{Rule: "any_holder", Plus: by + 1, Minus: 1, AlonePlus: by + 1, AloneMinus: 1}, {Rule: "repeats", AlonePlus: 2}},
		}
	}
	return &v1.Reconciliation{
		Mark: v1.Mark{Sample: true, State: 7}, Table: inventedTable(lang), Known: 7, Looked: 40,
		Rules: []v1.ReconcileRule{
			{Rule: v1.Class{Code: "any_holder", Label: "Any holder"}, Why: "Every holder counts.", Family: v1.Class{Label: "Holder"}, Holds: true, Declared: true, Moved: 9, Gain: 8, Counted: 3},
			{Rule: v1.Class{Code: "repeats", Label: "Every row"}, Why: "Rows count.", Family: v1.Class{Label: "Unit"}, Moved: 2},
		},
		Cells:  []v1.ReconcileCell{cell("donggang", false, 100, 104, 3, 1), cell("xishan", false, 20, 20, 0, 0), cell("enterprise", true, 120, 125, 3, 2)},
		Sum:    v1.ReconcileSum{Own: 120, Official: 124, Difference: 4, Explained: 3, Rest: 1, Apart: 4, Unexplained: 1},
		Checks: []v1.OfficialCheck{{Cell: "enterprise/invention", Label: "Whole", Total: 125, Sum: 124, Parts: 2}},
		Gaps:   []v1.ReconcileGap{{Kind: invention, Code: "A", Days: 2, First: "2019-07-09", Last: "2019-07-12", Have: 30, Missing: 4}},
	}, nil
}

func (l *ledger) Records(_ context.Context, lang, _ string, p v1.ReconcileRecordsParams) (*v1.ReconcileRecords, error) {
	here := v1.ReconcilePlace{Region: v1.Class{Label: labels["donggang"][lang]}, Kind: v1.Class{Label: labels["invention"][lang]}, Day: "2019-07-09", N: 1}
	out := &v1.ReconcileRecords{Cell: p.Cell, Total: 41, Sum: 3, Query: "pn=CN109990001A", Records: []v1.ReconcileRecord{
		{Record: 1, Number: "CN109990001A", Title: "<b>Separator</b>", Holder: "东港虚构新材料有限公司", Cell: p.Cell, N: 1, After: []v1.ReconcilePlace{here, here}},
		{Record: 2, Number: "CN109990002A", Title: "Pump", Cell: p.Cell, N: -1, Before: []v1.ReconcilePlace{here}, Gone: true},
	}}
	if p.Rule != "" {
		out.Rule = &v1.Class{Code: p.Rule}
	}
	if p.Rule == "none" {
		return nil, ierr.New(ierr.NotFound, "reconcile.rule", ierr.Args{"rule": p.Rule, "known": "any_holder"})
	}
	return out, nil
}

func (l *ledger) Add(_ context.Context, _, name string, file, about []byte, by string) (*v1.OfficialTable, error) {
	if string(file) == "bad" {
		return nil, ierr.New(ierr.Invalid, "official.no_header", nil)
	}
	t := v1.OfficialTable{ID: "added", Name: name, Notes: string(about), Author: by, Added: time.Now()}
	l.added = append(l.added, t)
	return &t, nil
}

func (l *ledger) Write(w http.ResponseWriter, _ bool, form, _ string, sheet *v1.Reconciliation) error {
	_, err := fmt.Fprint(w, form, " ", sheet.Table.ID)
	return err
}

func TestOfficialTablesBesideTheOwnCount(t *testing.T) {
	h, _ := newHandler(t)
	for _, row := range []struct {
		path   string
		status int
		want   []string
		not    []string
	}{
		{"/en/reconcile", 200, []string{"Invented grants", `href="/en/reconcile/1"`, "2019-01-01 – 2019-12-31"}, []string{"reconcile-add"}},
		{"/zh/reconcile", 200, []string{"虚构授权量", "官方统计表"}, nil},
		{"/en/reconcile/1", 200, []string{"Any holder", "declared by the publisher", "lessens the unexplained by 8", "&#43;3", "&#43;1", "the total is 125, its parts add up to 124",
			"Rules that are not counted: 1", `href="/en/reconcile/1/sheet.xlsx"`, "Numbers missing", `href="/en/reconcile/1/cell?cell=donggang%2Finvention"`, "rank"}, nil},
		{"/en/reconcile/1?known=load%3A3&revision=1", 200, []string{`sheet.csv?known=load%3A3&amp;revision=1`}, nil},
		{"/en/reconcile/1/cell?cell=donggang/invention&rule=any_holder", 200, []string{"Donggang · Invention", "Records moved: Any holder", "&lt;b&gt;Separator", "not loaded now",
			`href="/en/search?q=region%3Ddonggang"`, "The query finds the rights of the cell and more", "Page 1 of 3", "The bars begin at 96, not at zero"}, []string{"<b>Separator"}},
		{"/en/reconcile/1/cell?cell=donggang/invention&rule=repeats&alone=true", 200, []string{"The rule is not counted", "<details open>"}, nil},
		{"/en/reconcile/1/cell?cell=donggang/invention", 200, []string{"Records of the own count"}, nil},
		{"/en/reconcile/1/cell?cell=nowhere", 404, nil, nil},
		{"/en/reconcile/1/cell?cell=donggang/invention&rule=none", 404, nil, nil},
		{"/en/reconcile/1/cell?cell=donggang/invention&page=x", 422, nil, nil},
		{"/en/reconcile/1?revision=x", 404, nil, nil},
		{"/en/reconcile/2", 404, nil, nil},
		{"/en/reconcile/1/sheet.csv", 200, []string{"csv 1"}, nil},
		{"/en/reconcile/1/sheet.xlsx", 200, []string{"xlsx 1"}, nil},
	} {
		w := get(h, row.path)
		if w.Code != row.status {
			t.Errorf("%s answers %d", row.path, w.Code)
		}
		for _, s := range row.want {
			if !strings.Contains(w.Body.String(), s) {
				t.Errorf("%s lacks %q", row.path, s)
			}
		}
		for _, s := range row.not {
			if strings.Contains(w.Body.String(), s) {
				t.Errorf("%s holds %q", row.path, s)
			}
		}
	}
}

// sendTable posts the form with a file; "" sends none.
func (b *browser) sendTable(file string, pairs ...string) *httptest.ResponseRecorder {
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		m.WriteField(pairs[i], pairs[i+1])
	}
	if file != "" {
		part, _ := m.CreateFormFile("file", "grants.csv")
		part.Write([]byte(file))
	}
	m.Close()
	r := httptest.NewRequest(http.MethodPost, "/en/reconcile-add", &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return b.do(r)
}

func TestTablesAreAddedBySomebodyWhoMay(t *testing.T) {
	h, register, accounts := newDesk(t, time.Now)
	if _, err := accounts.SetRole(t.Context(), "li", "analyst", "test"); err != nil {
		t.Fatal(err)
	}
	full := []string{"id", "grants-2019", "name_zh", "授权", "publisher", "Office", "measure", "granted", "from", "2019-01-01", "to", "2019-12-31", "rules", "any_holder, repeats"}
	if w := newBrowser(t, h).sendTable("a", full...); w.Code != http.StatusSeeOther || !strings.Contains(w.Header().Get("Location"), "/en/sign-in") {
		t.Errorf("a stranger meets %d", w.Code)
	}
	if w := newBrowser(t, h).signIn("wang").sendTable("a", full...); w.Code != http.StatusForbidden {
		t.Errorf("somebody who may not meets %d", w.Code)
	}
	b := newBrowser(t, h).signIn("li")
	if page := b.get("/en/reconcile").Body.String(); !strings.Contains(page, `href="/en/reconcile-add"`) {
		t.Error("the list does not lead to the form")
	}
	for _, row := range []struct {
		file  string
		pairs []string
		want  string
	}{
		{"", full, "File"},
		{"bad", full, "No row names the columns"},
		{"a", full[:4], "Published by"},
		{strings.Repeat("x", 2<<20+1), full, ""},
	} {
		w := b.sendTable(row.file, row.pairs...)
		if row.want == "" && w.Code != http.StatusRequestEntityTooLarge || row.want != "" && (w.Code != 422 || !strings.Contains(w.Body.String(), row.want)) {
			t.Errorf("%.10q with %v: %d", row.file, row.pairs, w.Code)
		}
	}
	if w := b.post("/en/reconcile-add", full...); w.Code != http.StatusBadRequest {
		t.Errorf("a form without a file part meets %d", w.Code)
	}
	if w := b.sendTable("a", full...); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/en/reconcile/added" {
		t.Fatalf("the table was not taken: %d %s", w.Code, w.Body)
	}
	made := register.ledger.added[0]
	for _, s := range []string{`"rules":["any_holder","repeats"]`, `"zh":"授权"`, `"from":"2019-01-01"`} {
		if !strings.Contains(made.Notes, s) {
			t.Errorf("what is said of the table lacks %s: %s", s, made.Notes)
		}
	}
	if !strings.Contains(made.Author, "li") {
		t.Errorf("signed by %q", made.Author)
	}
}
