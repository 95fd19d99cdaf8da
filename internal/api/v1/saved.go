package v1

import "time"

// SavedSearch is a query that somebody keeps under a permanent link.
type SavedSearch struct {
	ID      string    `json:"id" doc:"Cannot be guessed: whoever has it may read."`
	Title   string    `json:"title"`
	Query   string    `json:"query"`
	Sort    string    `json:"sort,omitempty"`
	Unit    string    `json:"unit,omitempty"`
	By      string    `json:"by,omitempty" doc:"Who keeps it; told to those who may change it."`
	Body    string    `json:"body,omitempty" doc:"The body that they act for."`
	Region  Class     `json:"region"`
	Path    string    `json:"path" doc:"Of its page."`
	Created time.Time `json:"created"`
	Changed time.Time `json:"changed"`
}

// SavedSearches are the searches that one keeps.
type SavedSearches struct {
	Searches []SavedSearch `json:"searches"`
}

// SaveSearch is what a search is kept with.
type SaveSearch struct {
	Title  string `json:"title" minLength:"1" maxLength:"120"`
	Query  string `json:"query" maxLength:"4096"`
	Sort   string `json:"sort,omitempty" enum:"rank,date,oldest,"`
	Unit   string `json:"unit,omitempty" enum:"right,publication,"`
	Author string `json:"author,omitempty" maxLength:"200" doc:"Who signs; of the folder's owner alone."`
}
