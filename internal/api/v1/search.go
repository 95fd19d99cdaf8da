package v1

// Search is a page of the records that a query finds.
type Search struct {
	Mark
	Query      string   `json:"query" doc:"The query in its canonical form."`
	Understood []Step   `json:"understood,omitempty" doc:"How the query was understood."`
	Notes      []string `json:"notes,omitempty" doc:"Readings that were guessed."`
	Unit       string   `json:"unit" doc:"right or publication: what is counted."`
	Sort       string   `json:"sort"`
	Total      int64    `json:"total" doc:"Exact number of hits."`
	Coverage   Coverage `json:"coverage" doc:"Whether Total is a figure."`
	Offset     int      `json:"offset"`
	Hits       []Hit    `json:"hits"`
	Facets     []Facet  `json:"facets,omitempty"`
	Took       int64    `json:"took_us"`
}

// Step is one step of the explanation of a query, Depth steps deep.
type Step struct {
	Depth int    `json:"depth"`
	Text  string `json:"text"`
}

// Hit is one record found, in short.
type Hit struct {
	Record      int64   `json:"record" doc:"The record's permanent id."`
	Publication string  `json:"publication" doc:"Number of its newest publication."`
	Application string  `json:"application,omitempty"`
	Kind        Class   `json:"kind"`
	Title       string  `json:"title"`
	Principal   string  `json:"principal,omitempty" doc:"First-named holder, else applicant."`
	Filed       string  `json:"filed,omitempty"`
	Published   string  `json:"published,omitempty"`
	Region      Class   `json:"region"`
	HolderType  Class   `json:"holder_type"`
	Field       Class   `json:"field" doc:"One of WIPO's 35 technology fields."`
	Score       float32 `json:"score,omitempty"`
	Sample      bool    `json:"sample,omitempty"`
}

// Facet is a breakdown of all hits by one dimension.
type Facet struct {
	Dimension string       `json:"dimension"`
	Label     string       `json:"label"`
	Values    []FacetValue `json:"values"`
}

// FacetValue is one value of a facet.
type FacetValue struct {
	Code  string `json:"code"`
	Label string `json:"label"`
	Count int64  `json:"count"`
	Query string `json:"query,omitempty" doc:"The clause that narrows a query to this value."`
}

// Count is a table of counts.
type Count struct {
	Mark
	Query      string      `json:"query"`
	Understood []Step      `json:"understood,omitempty"`
	Notes      []string    `json:"notes,omitempty"`
	Unit       string      `json:"unit"`
	Dimensions []Dimension `json:"dimensions"`
	Rows       []CountRow  `json:"rows"`
	Total      int64       `json:"total" doc:"All rows together, those that are cut off included."`
	Coverage   Coverage    `json:"coverage" doc:"Whether the counts are figures."`
	Cut        bool        `json:"cut,omitempty" doc:"True when there are more rows than were asked for."`
	Took       int64       `json:"took_us"`
}

// Dimension is what a count is broken down by.
type Dimension struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

// CountRow is one count.
type CountRow struct {
	Codes  []string `json:"codes"`
	Labels []string `json:"labels"`
	Count  int64    `json:"count"`
}

// Explanation says how a query is understood, without running it.
type Explanation struct {
	Query      string   `json:"query"`
	Understood []Step   `json:"understood"`
	Notes      []string `json:"notes,omitempty"`
}
