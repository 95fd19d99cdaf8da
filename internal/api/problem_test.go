package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"onewindow/defs"
	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

func catalogs(t *testing.T) *i18n.Catalogs {
	t.Helper()
	c, err := i18n.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestProblemsTellKindPlaceAndWordsButNoCause(t *testing.T) {
	cause := errors.New("disk /dev/secret failed")
	p := Problem(ierr.Wrap(cause, ierr.Invalid, "query.field_near", ierr.Args{"field": "tj", "suggest": "ti", "pos": 3, "end": 5}), catalogs(t).Printer("zh"))
	if p.Status != http.StatusUnprocessableEntity || p.Kind != "invalid" || p.Title != "无效" || !strings.Contains(p.Detail, "“tj”") {
		t.Errorf("%+v", p)
	}
	if want := (v1.Place{Pos: 3, End: 5, Suggest: "ti"}); p.Place == nil || *p.Place != want {
		t.Errorf("place %+v, want %+v", p.Place, want)
	}
	b, err := json.Marshal(Problem(cause, catalogs(t).Printer("en")))
	if err != nil || strings.Contains(string(b), "secret") {
		t.Errorf("%s, %v", b, err)
	}
}

func TestArgumentsTravelAsText(t *testing.T) {
	p := Problem(ierr.New(ierr.Invalid, "x", ierr.Args{"key": i18n.Key("api.kind.busy"), "err": ierr.New(ierr.Forbidden, "api.forbidden", nil), "n": 3}), catalogs(t).Printer("en"))
	if p.Args["key"] != "Busy" || p.Args["n"] != 3 || !strings.Contains(p.Args["err"].(string), "own machine") {
		t.Errorf("%v", p.Args)
	}
}

func TestPanicsAreAnsweredAndLogged(t *testing.T) {
	var log strings.Builder
	mux := http.NewServeMux()
	config := huma.DefaultConfig("test", "1")
	config.DocsPath, config.OpenAPIPath, config.SchemasPath, config.CreateHooks = "", "", "", nil
	h := humago.New(mux, config)
	h.UseMiddleware(speak(catalogs(t)), guard(h, slog.New(slog.NewTextHandler(&log, nil))))
	huma.Register(h, huma.Operation{Method: http.MethodGet, Path: "/", OperationID: "x"}, func(context.Context, *struct{}) (*struct{}, error) {
		panic("the floor gave way")
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	resp, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusInternalServerError || !strings.Contains(string(body), `"code":"api.panic"`) || strings.Contains(string(body), "floor") {
		t.Errorf("%d %s, %v", resp.StatusCode, body, err)
	}
	if !strings.Contains(log.String(), "the floor gave way") {
		t.Errorf("the log says %q", log.String())
	}
}
