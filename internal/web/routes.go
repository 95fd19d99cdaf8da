package web

// Access says who may read a page.
type Access string

// Anyone may read a page without signing in.
const Anyone Access = "anyone"

// Route is one page or file that can be asked for.
type Route struct {
	Method  string // GET, which admits HEAD
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
	return []Route{
		page("/{$}", serveLanguage),
		page("/healthz", serveHealth),
		page("/assets/{name}", serveAsset),
		page("/{lang}/{$}", serveHome),
		page("/{lang}/search", serveSearch),
		page("/{lang}/search.csv", serveTable),
		page("/{lang}/records/{id}", serveRecord),
		page("/{lang}/n/{number...}", serveNumber),
		page("/{lang}/loads", serveLoads),
		page("/{lang}/loads/{id}", serveLoad),
		page("/{lang}/help/query", serveHelp),
	}
}
