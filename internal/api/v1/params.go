package v1

// AsOf chooses the time that is asked about. Empty means now.
type AsOf struct {
	On    string `query:"on" json:"on,omitempty" maxLength:"10" doc:"A day: only what was published by its end, in the region's zone."`
	Known string `query:"known" json:"known,omitempty" maxLength:"40" doc:"What the register knew: a day (2024-05-01), a load (load:3) or a state (state:17)."`
}

// SearchParams ask for a page of records.
type SearchParams struct {
	AsOf
	Query  string `query:"q" maxLength:"4096" doc:"The query; empty finds everything."`
	Unit   string `query:"unit" enum:"right,publication" default:"right"`
	Sort   string `query:"sort" enum:"rank,date,oldest," doc:"By default rank with words, date without."`
	Offset int    `query:"offset" minimum:"0" maximum:"10000"`
	Limit  int    `query:"limit" minimum:"0" maximum:"1000" default:"20"`
	Facets string `query:"facets" maxLength:"200" doc:"Dimensions, with commas between them."`
}

// ExportParams ask for all records that a query finds.
type ExportParams struct {
	AsOf
	Query string `query:"q" maxLength:"4096"`
	Unit  string `query:"unit" enum:"right,publication" default:"right"`
	Sort  string `query:"sort" enum:"rank,date,oldest,"`
	Limit int    `query:"limit" minimum:"0" maximum:"100000000" doc:"At most this many; 0 means all."`

	Format string `query:"format" enum:"ndjson,csv,xlsx,st96" default:"ndjson" doc:"Lines of JSON, a table, a spreadsheet, or WIPO ST.96 without the kinds that it has no schema for."`
}

// CountParams ask for a table of counts.
type CountParams struct {
	AsOf
	Query string `query:"q" maxLength:"4096"`
	By    string `query:"by" maxLength:"200" doc:"Up to three dimensions, with commas between them."`
	Unit  string `query:"unit" enum:"right,publication" default:"right"`
	Sort  string `query:"sort" enum:"code,count," doc:"By default by code, times newest first; count puts the highest first."`
	Limit int    `query:"limit" minimum:"0" maximum:"100000" default:"1000"`
}

// Page asks for a stretch of a list.
type Page struct {
	Offset int `query:"offset" minimum:"0" maximum:"100000000"`
	Limit  int `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

// Actor says who acts.
type Actor struct {
	By string `query:"by" maxLength:"200"`
}

// ExplainParams ask how a query is understood.
type ExplainParams struct {
	Query string `query:"q" maxLength:"4096"`
}

// TrailerComplete is the trailer of an export that says "true" when nothing is
// missing: a stream that breaks off has none.
const TrailerComplete = "Onewindow-Complete"

// TrailerLeftOut is the trailer of an export that counts the records that its
// format has no form for; it is absent when there are none.
const TrailerLeftOut = "Onewindow-Left-Out"
