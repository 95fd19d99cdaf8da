// Package api serves the API: it reads requests, asks the register, the index
// and the jobs, and writes answers in the words of package v1.
package api

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// maxBody is the longest body of a request, in bytes.
const maxBody = 4 << 20

// bodyTime is how long a body may take to arrive.
const bodyTime = 30 * time.Second

// Route is one route and who may use it.
type Route struct {
	Method string
	Path   string // below v1.Prefix
	Name   string // operation id
	Who    Who
	add    func(*server, huma.Operation)
}

// What routes ask of people. Loads name paths on the server's machine: to start
// one is the owner's alone.
var (
	readDesk = account.May(account.ReadDesk)
	decide   = account.May(account.Decide)
	load     = account.May(account.Load)
	users    = account.May(account.Users)
	holdUp   = account.May(account.Reconcile)
	save     = account.May(account.Save)
)

// routes are all routes.
var routes = []Route{
	{http.MethodGet, "/status", "status", Anyone, get((*server).status)},
	{http.MethodGet, "/search", "search", Anyone, get((*server).search)},
	{http.MethodGet, "/count", "count", Anyone, get((*server).count)},
	{http.MethodGet, "/explain", "explain", Anyone, get((*server).explain)},
	{http.MethodGet, "/export", "export", Anyone, stream((*server).export)},
	{http.MethodGet, "/records/{id}", "record", Anyone, get((*server).record)},
	{http.MethodGet, "/records/{id}/history", "history", Anyone, get((*server).history)},
	{http.MethodGet, "/records/{id}/overrides", "overrides", Anyone, get((*server).overrides)},
	{http.MethodPost, "/records/{id}/overrides", "override-set", decide, get((*server).setOverride)},
	{http.MethodDelete, "/records/{id}/overrides/{field}", "override-withdraw", decide, get((*server).withdrawOverride)},
	{http.MethodGet, "/loads", "loads", Anyone, get((*server).loads)},
	{http.MethodPost, "/loads", "load-start", Owner, get((*server).startLoad)},
	{http.MethodGet, "/loads/{id}", "load", Anyone, get((*server).load)},
	{http.MethodGet, "/loads/{id}/rejects", "load-rejects", Anyone, get((*server).rejects)},
	{http.MethodGet, "/loads/{id}/unread", "load-unread", Anyone, get((*server).unread)},
	{http.MethodPost, "/loads/{id}/undo", "load-undo", load, get((*server).undoLoad)},
	{http.MethodPost, "/loads/{id}/resume", "load-resume", load, get((*server).resumeLoad)},
	{http.MethodPost, "/loads/{id}/accept", "load-accept", account.May(account.Accept), get((*server).acceptLoad)},
	{http.MethodPost, "/loads/{id}/refuse", "load-refuse", account.May(account.Accept), get((*server).refuseLoad)},
	{http.MethodGet, "/sources", "sources", Anyone, get((*server).sources)},
	{http.MethodGet, "/sources/{id}", "source", Anyone, get((*server).source)},
	{http.MethodPost, "/sources/{id}/declarations", "coverage-declare", account.May(account.Accept), get((*server).declare)},
	{http.MethodDelete, "/declarations/{id}", "coverage-withdraw", account.May(account.Accept), get((*server).withdraw)},
	{http.MethodGet, "/jobs", "jobs", Anyone, get((*server).jobs)},
	{http.MethodGet, "/jobs/{id}", "job", Anyone, get((*server).job)},
	{http.MethodDelete, "/jobs/{id}", "job-cancel", load, get((*server).cancelJob)},
	{http.MethodGet, "/parties", "parties", Anyone, get((*server).parties)},
	{http.MethodGet, "/parties/{id}", "party", Anyone, get((*server).party)},
	{http.MethodPost, "/parties/{id}/split", "party-split", decide, get((*server).splitParty)},
	{http.MethodGet, "/party-queue", "party-queue", readDesk, get((*server).partyQueue)},
	{http.MethodPost, "/party-queue/merge", "party-merge", decide, get((*server).mergeParties)},
	{http.MethodPost, "/party-queue/differ", "party-differ", decide, get((*server).differParties)},
	{http.MethodGet, "/party-decisions", "party-decisions", readDesk, get((*server).partyDecisions)},
	{http.MethodPost, "/party-decisions/{id}/undo", "party-undo", decide, get((*server).undoDecision)},
	{http.MethodGet, "/session", "session", SignedIn, get((*server).session)},
	{http.MethodGet, "/saved", "saved", save, get((*server).savedSearches)},
	{http.MethodPost, "/saved", "saved-add", save, get((*server).saveSearch)},
	{http.MethodGet, "/saved/{id}", "saved-search", Anyone, get((*server).savedSearch)},
	{http.MethodPut, "/saved/{id}", "saved-revise", save, get((*server).reviseSearch)},
	{http.MethodDelete, "/saved/{id}", "saved-withdraw", save, get((*server).withdrawSearch)},
	{http.MethodGet, "/roles", "roles", users, get((*server).roles)},
	{http.MethodGet, "/users", "users", users, get((*server).users)},
	{http.MethodPost, "/users", "user-add", users, get((*server).addUser)},
	{http.MethodPost, "/users/{login}/role", "user-role", users, get((*server).setRole)},
	{http.MethodPost, "/users/{login}/disable", "user-disable", users, get((*server).disableUser)},
	{http.MethodPost, "/users/{login}/enable", "user-enable", users, get((*server).enableUser)},
	{http.MethodPost, "/users/{login}/password", "user-password", users, get((*server).setPassword)},
	{http.MethodGet, "/users/{login}/sessions", "user-sessions", users, get((*server).userSessions)},
	{http.MethodDelete, "/users/{login}/sessions", "user-sessions-end", users, get((*server).endUserSessions)},
	{http.MethodGet, "/official-tables", "official-tables", Anyone, get((*server).officialTables)},
	{http.MethodPost, "/official-tables", "official-table-add", holdUp, get((*server).addOfficialTable)},
	{http.MethodGet, "/official-tables/{id}", "reconciliation", Anyone, get((*server).reconciliation)},
	{http.MethodGet, "/official-tables/{id}/records", "reconcile-records", Anyone, get((*server).reconcileRecords)},
	{http.MethodGet, "/official-tables/{id}/sheet", "reconcile-sheet", Anyone, stream((*server).reconcileSheet)},
	{http.MethodGet, "/quality", "quality", readDesk, get((*server).qualitySummary)},
	{http.MethodGet, "/quality/cases/{kind}", "quality-list", readDesk, get((*server).qualityList)},
	{http.MethodGet, "/quality/case", "quality-case", readDesk, get((*server).qualityCase)},
	{http.MethodGet, "/quality/alike", "quality-alike", readDesk, get((*server).qualityAlike)},
	{http.MethodGet, "/quality/decisions", "quality-decisions", readDesk, get((*server).qualityDecisions)},
	{http.MethodPost, "/quality/decisions", "quality-decide", decide, get((*server).qualityDecide)},
	{http.MethodPost, "/quality/decisions/{id}/undo", "quality-undo", decide, get((*server).qualityUndo)},
	{http.MethodGet, "/log/heads", "log-heads", Anyone, get((*server).logHeads)},
	{http.MethodPost, "/log/heads", "log-sign", Owner, get((*server).signLog)},
	{http.MethodPost, "/log/verify", "log-verify", readDesk, get((*server).verifyLog)},
	{http.MethodGet, "/log/leaves/{seq}", "log-leaf", readDesk, get((*server).logLeaf)},
	{http.MethodPost, "/log/leaves/{seq}/erase", "log-erase", Owner, get((*server).eraseLeaf)},
	{http.MethodGet, "/figure", "figure", Anyone, get((*server).figure)},
	{http.MethodGet, "/editions/{id}/counted", "edition-counted", readDesk, get((*server).countedEdition)},
	{http.MethodGet, "/papers", "papers", Anyone, get((*server).papers)},
	{http.MethodPost, "/papers/{id}/editions", "paper-publish", account.May(account.Publish), get((*server).publishPaper)},
	{http.MethodGet, "/papers/{id}/editions", "paper-editions", Anyone, get((*server).paperEditions)},
	{http.MethodGet, "/papers/{id}/editions/{n}", "paper-edition", Anyone, get((*server).paperEdition)},
	{http.MethodGet, "/papers/{id}/editions/{n}/files/{name}", "paper-file", Anyone, stream((*server).editionFile)},
	{http.MethodGet, "/papers/{id}/editions/{n}/pack", "paper-pack", Anyone, stream((*server).paperPack)},
	{http.MethodGet, "/papers/{id}/diff", "paper-diff", Anyone, get((*server).paperDiff)},
	{http.MethodGet, "/papers/{id}/check", "paper-check", readDesk, get((*server).checkPaper)},
	{http.MethodGet, "/return-forms", "return-forms", account.May(account.Report), get((*server).returnForms)},
	{http.MethodGet, "/return-forms/{form}/template", "return-template", account.May(account.Report), stream((*server).returnTemplate)},
	{http.MethodPost, "/return-forms/{form}/returns", "return-submit", account.May(account.Report), get((*server).submitReturn)},
	{http.MethodGet, "/returns", "returns", account.May(account.Report), get((*server).listReturns)},
	{http.MethodGet, "/returns/{id}", "return", account.May(account.Report), get((*server).showReturn)},
	{http.MethodPost, "/returns/{id}/approve", "return-approve", account.May(account.Approve), get((*server).approveReturn)},
	{http.MethodPost, "/returns/{id}/withdraw", "return-withdraw", account.May(account.Report), get((*server).withdrawReturn)},
	{http.MethodGet, "/regions", "regions", Anyone, get((*server).regions)},
}

// Routes returns all routes.
func Routes() []Route { return routes }

// server answers from a backend.
type server struct {
	Backend
	api huma.API
}

// New adds the routes and the description of the API to mux.
func New(mux *http.ServeMux, b Backend) error {
	config := huma.DefaultConfig("OneWindow", b.Version)
	// Its pages load scripts from elsewhere; its description races.
	config.DocsPath, config.OpenAPIPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil
	config.Transformers = []huma.Transformer{inOurWords}
	s := &server{b, humago.New(mux, config)}
	s.api.UseMiddleware(speak(b.Catalogs), guard(s.api, b.Log))
	problem := &huma.MediaType{Schema: s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[v1.Problem](), true, "Problem")}
	for _, r := range routes {
		r.add(s, huma.Operation{
			OperationID: r.Name, Method: r.Method, Path: v1.Prefix + r.Path,
			Summary:      b.Catalogs.Printer("en").T("api.route."+r.Name, nil),
			MaxBodyBytes: maxBody, BodyReadTimeout: bodyTime,
			RejectUnknownQueryParameters: true,
			Middlewares:                  huma.Middlewares{admit(s.api, r.Who)},
			Responses: map[string]*huma.Response{"default": {
				Description: "Problem", Content: map[string]*huma.MediaType{"application/problem+json": problem},
			}},
			Extensions: map[string]any{"x-who": r.Who},
		})
	}
	delete(s.api.OpenAPI().Components.Schemas.Map(), "ErrorModel")
	description, err := json.Marshal(s.api.OpenAPI())
	if err != nil {
		return err
	}
	mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Write(description)
	})
	mux.HandleFunc("/api/", s.nothing)
	return nil
}

// nothing answers for paths and methods that there are not.
func (s *server) nothing(w http.ResponseWriter, r *http.Request) {
	say := s.Catalogs.Printer(s.Catalogs.Match(r.Header.Get("Accept-Language")))
	p := Problem(ierr.New(ierr.NotFound, "api.route", ierr.Args{"method": r.Method, "path": r.URL.Path}), say)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	// A reader who is gone already misses nothing.
	_ = json.NewEncoder(w).Encode(p)
}

// answer is a body of JSON.
type answer[T any] struct{ Body T }

// get makes the registration of a handler that answers with one value.
func get[I, O any](handle func(*server, context.Context, *I) (*O, error)) func(*server, huma.Operation) {
	return func(s *server, op huma.Operation) {
		huma.Register(s.api, op, func(ctx context.Context, in *I) (*answer[*O], error) {
			out, err := handle(s, ctx, in)
			if err != nil {
				return nil, refuse(ctx, s.Log, err)
			}
			return &answer[*O]{out}, nil
		})
	}
}

// stream makes the registration of a handler that writes as it goes.
func stream[I any](handle func(*server, context.Context, *I) (func(huma.Context), error)) func(*server, huma.Operation) {
	return func(s *server, op huma.Operation) {
		huma.Register(s.api, op, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
			body, err := handle(s, ctx, in)
			if err != nil {
				return nil, refuse(ctx, s.Log, err)
			}
			return &huma.StreamResponse{Body: body}, nil
		})
	}
}
