package web_test

import (
	"encoding/csv"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"onewindow/internal/web"
)

// rows reads an answer as a table.
func rows(t *testing.T, w *httptest.ResponseRecorder) [][]string {
	t.Helper()
	body, ok := strings.CutPrefix(w.Body.String(), "\ufeff")
	if !ok {
		t.Fatal("the table has no byte order mark")
	}
	all, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTheTableHoldsAllResultsAndSaysThatTheyAreInvented(t *testing.T) {
	h, register := newHandler(t)
	w := get(h, "/en/search.csv?q=电池&sort=date")
	if w.Code != 200 || w.Header().Get("Content-Type") != "text/csv; charset=utf-8" || !strings.Contains(w.Header().Get("Content-Disposition"), "sample-onewindow.csv") {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	all := rows(t, w)
	if len(all) != 42 || all[0][0] != "Record" || all[0][4] != "Title" {
		t.Fatalf("%d rows, the first %q", len(all), all[0])
	}
	for _, row := range all {
		if len(row) != len(all[0]) || row[len(row)-1] != "Sample" {
			t.Errorf("row %q", row)
		}
	}
	if empty := rows(t, get(h, "/zh/search.csv?q=zeppelin")); len(empty) != 1 || empty[0][0] != "记录号" {
		t.Errorf("nothing found gives %q", empty)
	}
	site, err := web.New(web.Config{Register: register, Catalogs: register.catalogs, Zone: zone, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	real := get(site.Handler(), "/en/search.csv?q=电池")
	if strings.Contains(strings.ToLower(real.Body.String()+real.Header().Get("Content-Disposition")), "sample") {
		t.Error("the table of a real register calls itself a sample")
	}
}

func TestCellsCannotBecomeFormulas(t *testing.T) {
	h, register := newHandler(t)
	for i, title := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"} {
		register.rights[i].Titles = []web.TextValue{{Text: text("zh", title)}}
	}
	for _, row := range rows(t, get(h, "/en/search.csv"))[1:] {
		if strings.ContainsAny(row[4][:min(1, len(row[4]))], "=+-@\t") {
			t.Errorf("the cell %q runs", row[4])
		}
	}
}

func TestRefusalsOfTheTableArePages(t *testing.T) {
	h, _ := newHandler(t)
	for _, path := range []string{"/en/search.csv?q=titel%3Dx", "/en/search.csv?sort=price", "/en/search.csv?q=(x"} {
		if w := get(h, path); w.Code != 422 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			t.Errorf("%s answers %d %s", path, w.Code, w.Header().Get("Content-Type"))
		}
	}
}

func TestATableThatBreaksOffIsNoWholeAnswer(t *testing.T) {
	_, register := newHandler(t)
	register.breaks = errors.New("a disk failed")
	site, err := web.New(web.Config{Register: register, Catalogs: register.catalogs, Zone: zone, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site.Handler())
	defer server.Close()
	r, err := http.Get(server.URL + "/en/search.csv")
	if err == nil {
		defer r.Body.Close()
		_, err = csv.NewReader(r.Body).ReadAll()
	}
	if err == nil {
		t.Error("a reader cannot tell that rows are missing")
	}
}
