package server

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"onewindow/defs"
	"onewindow/internal/account"
	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/folder"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// config is what a server of a new folder at dir is opened with.
func config(dir string, nature folder.Nature) Config {
	catalogs, err := i18n.Load(defs.FS)
	if err != nil {
		panic(err)
	}
	return Config{
		Dir: dir, Make: &Make{nature, "jiangsu"}, Defs: defs.FS, Catalogs: catalogs,
		Log: slog.New(slog.DiscardHandler), Now: time.Now, Version: "test", Work: true,
	}
}

// open opens a server of a folder of its own, which is closed with the test.
func open(t *testing.T, cfg Config) (*Server, *client.Client) {
	t.Helper()
	s, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	c := clientOf(s)
	t.Cleanup(c.Close)
	return s, c
}

// fixture is the invented region that tests share, which only read it.
type fixture struct {
	server   *Server
	owner    *client.Client
	stranger *httptest.Server
}

var shared fixture

func TestMain(m *testing.M) {
	if os.Getenv(fillDir) != "" { // a child, which reads nothing that tests share
		os.Exit(m.Run())
	}
	os.Exit(withSample(m))
}

func withSample(m *testing.M) int {
	dir, err := os.MkdirTemp("", "onewindow-test-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	s, err := Open(config(filepath.Join(dir, "data"), folder.Sample))
	if err != nil {
		panic(err)
	}
	defer s.Close()
	if err := s.Invent(context.Background()); err != nil {
		panic(err)
	}
	shared = fixture{s, clientOf(s), httptest.NewServer(s.handler)}
	defer shared.stranger.Close()
	defer shared.owner.Close()
	return m.Run()
}

// clientOf returns a client of a server's local socket.
func clientOf(s *Server) *client.Client {
	o, err := folder.Holder(s.folder.Dir())
	if err != nil {
		panic(err)
	}
	return client.Socket(o.Socket, "en")
}

// who is the table of who may use what. A route that is not in it fails the
// test, so that nothing is opened by accident.
var who = map[string]api.Who{
	"GET /status":                                api.Anyone,
	"GET /search":                                api.Anyone,
	"GET /count":                                 api.Anyone,
	"GET /explain":                               api.Anyone,
	"GET /export":                                api.Anyone,
	"GET /regions":                               api.Anyone,
	"GET /records/{id}":                          api.Anyone,
	"GET /records/{id}/history":                  api.Anyone,
	"GET /records/{id}/overrides":                api.Anyone,
	"POST /records/{id}/overrides":               account.May(account.Decide),
	"DELETE /records/{id}/overrides/{field}":     account.May(account.Decide),
	"GET /loads":                                 api.Anyone,
	"POST /loads":                                api.Owner,
	"GET /loads/{id}":                            api.Anyone,
	"GET /loads/{id}/rejects":                    api.Anyone,
	"GET /loads/{id}/unread":                     api.Anyone,
	"POST /loads/{id}/resume":                    account.May(account.Load),
	"POST /loads/{id}/undo":                      account.May(account.Load),
	"POST /loads/{id}/accept":                    account.May(account.Accept),
	"POST /loads/{id}/refuse":                    account.May(account.Accept),
	"GET /sources":                               api.Anyone,
	"GET /sources/{id}":                          api.Anyone,
	"POST /sources/{id}/declarations":            account.May(account.Accept),
	"DELETE /declarations/{id}":                  account.May(account.Accept),
	"GET /jobs":                                  api.Anyone,
	"GET /jobs/{id}":                             api.Anyone,
	"DELETE /jobs/{id}":                          account.May(account.Load),
	"GET /parties":                               api.Anyone,
	"GET /parties/{id}":                          api.Anyone,
	"POST /parties/{id}/split":                   account.May(account.Decide),
	"GET /quality":                               account.May(account.ReadDesk),
	"GET /quality/cases/{kind}":                  account.May(account.ReadDesk),
	"GET /quality/case":                          account.May(account.ReadDesk),
	"GET /quality/alike":                         account.May(account.ReadDesk),
	"GET /quality/decisions":                     account.May(account.ReadDesk),
	"POST /quality/decisions":                    account.May(account.Decide),
	"POST /quality/decisions/{id}/undo":          account.May(account.Decide),
	"GET /party-queue":                           account.May(account.ReadDesk),
	"POST /party-queue/merge":                    account.May(account.Decide),
	"POST /party-queue/differ":                   account.May(account.Decide),
	"GET /party-decisions":                       account.May(account.ReadDesk),
	"POST /party-decisions/{id}/undo":            account.May(account.Decide),
	"GET /official-tables":                       api.Anyone,
	"POST /official-tables":                      account.May(account.Reconcile),
	"GET /official-tables/{id}":                  api.Anyone,
	"GET /official-tables/{id}/records":          api.Anyone,
	"GET /official-tables/{id}/sheet":            api.Anyone,
	"GET /figure":                                api.Anyone,
	"GET /return-forms":                          account.May(account.Report),
	"GET /return-forms/{form}/template":          account.May(account.Report),
	"POST /return-forms/{form}/returns":          account.May(account.Report),
	"GET /returns":                               account.May(account.Report),
	"GET /returns/{id}":                          account.May(account.Report),
	"POST /returns/{id}/approve":                 account.May(account.Approve),
	"POST /returns/{id}/withdraw":                account.May(account.Report),
	"GET /session":                               api.SignedIn,
	"GET /roles":                                 account.May(account.Users),
	"GET /editions/{id}/counted":                 account.May(account.ReadDesk),
	"GET /papers":                                account.Anyone,
	"POST /papers/{id}/editions":                 account.May(account.Publish),
	"GET /papers/{id}/editions":                  account.Anyone,
	"GET /papers/{id}/editions/{n}":              account.Anyone,
	"GET /papers/{id}/editions/{n}/files/{name}": account.Anyone,
	"GET /papers/{id}/editions/{n}/pack":         account.Anyone,
	"GET /papers/{id}/diff":                      account.Anyone,
	"GET /papers/{id}/check":                     account.May(account.ReadDesk),
	"GET /log/heads":                             account.Anyone,
	"POST /log/heads":                            account.Owner,
	"POST /log/verify":                           account.May(account.ReadDesk),
	"GET /log/leaves/{seq}":                      account.May(account.ReadDesk),
	"POST /log/leaves/{seq}/erase":               account.Owner,
	"GET /saved":                                 account.May(account.Save),
	"POST /saved":                                account.May(account.Save),
	"GET /saved/{id}":                            account.Anyone,
	"PUT /saved/{id}":                            account.May(account.Save),
	"DELETE /saved/{id}":                         account.May(account.Save),
	"GET /users":                                 account.May(account.Users),
	"POST /users":                                account.May(account.Users),
	"POST /users/{login}/role":                   account.May(account.Users),
	"POST /users/{login}/disable":                account.May(account.Users),
	"POST /users/{login}/enable":                 account.May(account.Users),
	"POST /users/{login}/password":               account.May(account.Users),
	"GET /users/{login}/sessions":                account.May(account.Users),
	"DELETE /users/{login}/sessions":             account.May(account.Users),
}

func TestEveryRouteAdmitsWhomTheTableNames(t *testing.T) {
	s, stranger := shared.server, shared.stranger
	o, err := folder.Holder(s.folder.Dir())
	if err != nil {
		t.Fatal(err)
	}
	owner := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", o.Socket)
	}}}
	defer owner.CloseIdleConnections()
	may, mayNot, disabled := signedIn(t, "test-admin", "administrator"), signedIn(t, "test-member", "member"), signedIn(t, "test-gone", "administrator")
	if _, err := s.accounts.Disable(t.Context(), "test-gone", "test"); err != nil {
		t.Fatal(err)
	}
	paths := describedPaths(t, stranger.URL)
	for route := range who {
		if _, ok := paths[route]; !ok {
			t.Errorf("%s stands in the table and is not served", route)
		}
	}
	for route, stated := range paths {
		want, ok := who[route]
		if !ok {
			t.Errorf("%s is served and does not stand in the table", route)
			continue
		}
		if stated != want {
			t.Errorf("%s says that it is for %q, want %q", route, stated, want)
		}
		method, path, _ := strings.Cut(route, " ")
		path = v1.Prefix + strings.NewReplacer("{id}", "999999", "{field}", "region", "{form}", "none", "{login}", "test-none").Replace(path)
		for name, reader := range map[string]struct {
			client *http.Client
			base   string
			admits []api.Who
		}{
			"a stranger":                     {http.DefaultClient, stranger.URL, []api.Who{api.Anyone}},
			"somebody disabled":              {disabled, stranger.URL, []api.Who{api.Anyone}},
			"somebody without a permission":  {mayNot, stranger.URL, []api.Who{api.Anyone, api.SignedIn, account.May(account.Save), account.May(account.Report), account.May(account.Approve)}}, // which every role may
			"somebody with every permission": {may, stranger.URL, []api.Who{api.Anyone, api.SignedIn, "permission:"}},
			"the owner":                      {owner, "http://onewindow", []api.Who{""}},
		} {
			if want == api.Anyone && reader.client.Jar != nil {
				continue // who is signed in is asked nothing there
			}
			admitted := slices.ContainsFunc(reader.admits, func(w api.Who) bool { return strings.HasPrefix(string(want), string(w)) })
			if got := kindOf(t, reader.client, method, reader.base+path); (got == "forbidden") == admitted {
				t.Errorf("%s: %s meets %q", route, name, got)
			}
		}
	}
	if len(api.Routes()) != len(who) {
		t.Errorf("%d routes, %d in the table", len(api.Routes()), len(who))
	}
}

// describedPaths reads the routes out of the description that is served, and whom
// it says that each is for.
func describedPaths(t *testing.T, base string) map[string]api.Who {
	t.Helper()
	resp, err := http.Get(base + "/api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var description struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			Who api.Who `json:"x-who"`
		}
	}
	if err := json.NewDecoder(resp.Body).Decode(&description); err != nil || !strings.HasPrefix(description.OpenAPI, "3.1") {
		t.Fatalf("OpenAPI %q, %v", description.OpenAPI, err)
	}
	out := map[string]api.Who{}
	for path, methods := range description.Paths {
		for method, route := range methods {
			out[strings.ToUpper(method)+" "+strings.TrimPrefix(path, v1.Prefix)] = route.Who
		}
	}
	return out
}

// kindOf returns the kind of problem that a request meets, "" for none.
func kindOf(t *testing.T, c *http.Client, method, url string) string {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode < 400 {
		return ""
	}
	var p v1.Problem
	if err := json.Unmarshal(body, &p); err != nil || p.Kind == "" || p.Detail == "" || p.Status != resp.StatusCode {
		t.Errorf("%s %s: %d %q is no problem: %v", method, url, resp.StatusCode, body, err)
	}
	if p.Kind == ierr.Internal.String() {
		t.Errorf("%s %s: %s", method, url, body)
	}
	return p.Kind
}

func TestPagesNeedNoRights(t *testing.T) {
	stranger := shared.stranger
	for _, path := range []string{
		"/en/", "/zh/", "/en/search", "/zh/search?q=kind%3Ddesign&unit=publication", "/en/search?q=%E6%A0%B7&sort=oldest&page=2",
		"/en/records/1", "/zh/records/1?known=state:2", "/en/loads", "/zh/loads/1", "/en/help/query", "/en/mappings", "/zh/mappings/trademarks.xlsx", "/healthz",
	} {
		resp, err := http.Get(stranger.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %d, %v\n%.500s", path, resp.StatusCode, err, body)
		}
		// An empty template holds no records.
		if path != "/healthz" && !strings.HasSuffix(path, ".xlsx") && !strings.Contains(string(body), "Sample") && !strings.Contains(string(body), "样例") {
			t.Errorf("%s does not say that its records are invented", path)
		}
	}
}

func TestRequestsAreBounded(t *testing.T) {
	stranger := shared.stranger
	for path, want := range map[string]string{
		"/search?q=" + strings.Repeat("a", 5000):      "invalid",
		"/search?limit=1001":                          "invalid",
		"/search?limit=-1":                            "invalid",
		"/search?offset=9990&limit=100":               "too-large",
		"/search?unit=dozen":                          "invalid",
		"/search?nonsense=1":                          "invalid",
		"/search?on=2019-13-01":                       "invalid",
		"/search?known=state:999999":                  "not-found",
		"/count?by=year,region,kind,field":            "too-large",
		"/count?by=colour":                            "invalid",
		"/export?q=(":                                 "invalid",
		"/records/" + strings.Repeat("9", 101):        "invalid",
		"/records/CN109999999A":                       "not-found",
		"/records/1":                                  "",
		"/records/id:1":                               "",
		"/records/id:0000001":                         "",
		"/records/0000001":                            "not-found", // seven digits are a number
		"/records/id:CN1":                             "invalid",
		"/loads/0":                                    "invalid",
		"/loads/1/rejects?limit=100000":               "invalid",
		"/jobs/999999":                                "not-found",
		"/search?q=%FF":                               "invalid",
		"/records/1?known=" + strings.Repeat("1", 41): "invalid",
	} {
		if got := kindOf(t, http.DefaultClient, http.MethodGet, stranger.URL+v1.Prefix+path); got != want {
			t.Errorf("%.60s: %q, want %q", path, got, want)
		}
	}
}

func TestLoadsAreRefusedBySampleFolders(t *testing.T) {
	c := shared.owner
	_, err := c.StartLoad(context.Background(), v1.StartLoad{Paths: []string{t.TempDir()}})
	if ierr.KindOf(err) != ierr.Conflict || ierr.As(err).Code != "folder.sample" {
		t.Errorf("%v", err)
	}
}

func TestLoadsWantWholePathsThatAreThere(t *testing.T) {
	_, c := open(t, config(filepath.Join(t.TempDir(), "data"), folder.Real))
	for path, want := range map[string]ierr.Kind{"july.csv": ierr.Invalid, filepath.Join(t.TempDir(), "none"): ierr.NotFound} {
		if _, err := c.StartLoad(context.Background(), v1.StartLoad{Paths: []string{path}}); ierr.KindOf(err) != want {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
	}
	if _, err := c.StartLoad(context.Background(), v1.StartLoad{}); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("no path: %v", err)
	}
}

func TestWhyALoadFailedTellsStrangersNoPaths(t *testing.T) {
	s, c := open(t, config(filepath.Join(t.TempDir(), "data"), folder.Real))
	dir := filepath.Join(t.TempDir(), "inbox")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := c.StartLoad(t.Context(), v1.StartLoad{Paths: []string{dir, dir}}); err != nil {
		t.Fatal(err)
	}
	_ = s.Settled(t.Context()) // which tells of no failure that came before
	stranger := httptest.NewServer(s.handler)
	defer stranger.Close()
	for _, path := range []string{"/jobs", "/jobs/1"} {
		resp, err := http.Get(stranger.URL + v1.Prefix + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if !strings.Contains(string(body), "inbox, inbox") || strings.Contains(string(body), filepath.Dir(dir)) {
			t.Errorf("%s tells a stranger %s", path, body)
		}
	}
	if j, err := c.Job(t.Context(), 1); err != nil || !strings.Contains(j.Problem.Detail, dir) {
		t.Errorf("the owner hears %+v, %v", j, err)
	}
}

func TestErrorsComeBackAsTheyWereMet(t *testing.T) {
	c := shared.owner
	_, err := c.Search(context.Background(), v1.SearchParams{Query: "ti=样 and tj=x"})
	e := ierr.As(err)
	if e.Kind != ierr.Invalid || e.Code != "query.field_near" || e.Args["suggest"] != "ti" {
		t.Errorf("%v", e)
	}
	if r, ok := err.(*client.Refusal); !ok || r.Problem.Place == nil || r.Problem.Place.Pos != 9 || r.Problem.Place.End != 11 {
		t.Errorf("%#v", err)
	}
}

func TestExportHoldsEveryRecordOnce(t *testing.T) {
	c := shared.owner
	var b strings.Builder
	if _, err := c.Export(context.Background(), v1.ExportParams{Query: "kind=design"}, &b); err != nil {
		t.Fatal(err)
	}
	counted, err := c.Count(context.Background(), v1.CountParams{Query: "kind=design", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int64]bool{}
	for line := range strings.Lines(b.String()) {
		var r v1.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		if seen[r.ID] || r.Kind.Code != "design" || !r.Sample {
			t.Errorf("record %d: kind %v, sample %v, before %v", r.ID, r.Kind, r.Sample, seen[r.ID])
		}
		seen[r.ID] = true
	}
	if int64(len(seen)) != counted.Total || counted.Total == 0 {
		t.Errorf("%d exported, %d counted", len(seen), counted.Total)
	}
}
