package web

import "onewindow/internal/account"

// Access says who may use a page: a permission (account.May), or one of those
// below. A stranger who asks for a page that is not for anyone is led to the
// sign-in page and back; a person without the permission gets a page that says so.
type Access = account.Access

// Who there is besides people with a permission.
const (
	Anyone   = account.Anyone
	SignedIn = account.SignedIn
)

// Route is one page, file or form that can be asked for.
type Route struct {
	Method  string // GET, which admits HEAD, or POST
	Pattern string // of http.ServeMux; {lang} stands for every language
	Who     Access
	serve   func(*visit) error
}

// Routes lists all that the pages serve. Whatever is not in the list is answered
// with 404, other methods with 405.
func Routes() []Route {
	page := func(pattern string, serve func(*visit) error) Route {
		return Route{"GET", pattern, Anyone, serve}
	}
	routes := []Route{
		page("/{$}", serveLanguage),
		page("/healthz", serveHealth),
		page("/assets/{name}", serveAsset),
		page("/pictures/{hash}", servePicture),
		page("/{lang}/{$}", serveHome),
		page("/{lang}/search", serveSearch),
		page("/{lang}/advanced", serveAdvanced),
		page("/{lang}/records/{id}", serveRecord),
		page("/{lang}/n/{number...}", serveNumber),
		page("/{lang}/parties", serveParties),
		page("/{lang}/parties/{id}", serveParty),
		page("/{lang}/loads", serveLoads),
		page("/{lang}/loads/{id}", serveLoad),
		{"POST", "/{lang}/loads/{id}/accept", account.May(account.Accept), decide(true)},
		{"POST", "/{lang}/loads/{id}/refuse", account.May(account.Accept), decide(false)},
		page("/{lang}/sources", serveSources),
		page("/{lang}/sources/{id}", serveSource),
		page("/{lang}/reconcile", serveReconciles),
		{"GET", "/{lang}/reconcile-add", account.May(account.Reconcile), serveReconcileAdd},
		{"POST", "/{lang}/reconcile-add", account.May(account.Reconcile), addOfficial},
		page("/{lang}/reconcile/{id}", serveReconcile),
		page("/{lang}/reconcile/{id}/cell", serveReconcileCell),
		page("/{lang}/reconcile/{id}/sheet.csv", serveReconcileCSV),
		page("/{lang}/reconcile/{id}/sheet.xlsx", serveReconcileXLSX),
		page("/{lang}/help/query", serveHelp),
		page("/{lang}/mappings", serveMappings),
		page("/{lang}/mappings/{file}", serveTemplate),
		page("/{lang}/sign-in", serveSignIn),
		{"POST", "/{lang}/sign-in", Anyone, signIn},
		{"POST", "/{lang}/sign-out", Anyone, signOut},
		page("/{lang}/s/{id}", serveSaved),
		{"GET", "/{lang}/saved", account.May(account.Save), serveSavedList},
		{"POST", "/{lang}/saved", account.May(account.Save), keepSearch},
		{"POST", "/{lang}/saved/{id}", account.May(account.Save), reviseSearch},
		{"POST", "/{lang}/saved/{id}/withdraw", account.May(account.Save), withdrawSearch},
		{"GET", "/{lang}/account", SignedIn, serveAccount},
		{"POST", "/{lang}/account/password", SignedIn, changePassword},
		{"POST", "/{lang}/account/sessions/end", SignedIn, endSessions},
		{"GET", "/{lang}/desk", account.May(account.ReadDesk), serveDesk},
		{"GET", "/{lang}/desk/list/{kind}", account.May(account.ReadDesk), serveDeskList},
		{"GET", "/{lang}/desk/case", account.May(account.ReadDesk), serveDeskCase},
		{"POST", "/{lang}/desk/case", account.May(account.Decide), decideDeskCase},
		{"GET", "/{lang}/desk/decisions", account.May(account.ReadDesk), serveDeskDecisions},
		{"POST", "/{lang}/desk/decisions/{id}/undo", account.May(account.Decide), undoDeskDecision},
	}
	routes = append(routes, figureRoutes(page)...)
	routes = append(routes, returnRoutes()...)
	routes = append(routes, paperRoutes(page)...)
	for _, f := range fileForms {
		routes = append(routes, page("/{lang}/search."+f.ending, serveFile(f)))
	}
	return routes
}
