// Package v1 holds the first version of what the API says and takes, as JSON.
//
// Fields may be added; none is renamed, dropped or given another meaning within
// a version. Days are written as ISO 8601 (2019-07-09, "" where none is known),
// moments as RFC 3339 in the region's zone, durations in microseconds.
package v1

// Prefix is the path that every route of this version begins with.
const Prefix = "/api/v1"

// Limits of what may be asked for at once.
const (
	MaxQuery   = 4096   // runes of a query
	MaxLimit   = 1000   // hits or rows of one page
	MaxReach   = 10_000 // offset and limit together
	MaxOffset  = 100_000_000
	MaxExport  = 100_000_000
	MaxBy      = 3 // dimensions of a count
	MaxRows    = 100_000
	MaxPaths   = 1000
	MaxPath    = 4096
	MaxMapping = 256 << 10 // bytes of a mapping
	MaxReason  = 2000      // of an override
	MaxLabel   = 200       // of a load
)

// Mark stands on every answer that rests on records: what sort of records, and
// how fresh the answer is.
type Mark struct {
	Sample bool  `json:"sample" doc:"True when the records are invented."`
	State  int64 `json:"state" doc:"The state of the register that was answered from."`
	Behind int64 `json:"behind,omitempty" doc:"Commits of the register that the answer does not yet hold."`
}

// Class is a code of a list and its name in the reader's language.
type Class struct {
	Code  string `json:"code"`
	Label string `json:"label,omitempty"`
}

// Problem is a refusal or a failure, by RFC 9457.
type Problem struct {
	Type   string         `json:"type,omitempty"`
	Title  string         `json:"title" doc:"The kind of error."`
	Status int            `json:"status"`
	Detail string         `json:"detail" doc:"What is wrong and what to do, in the reader's language."`
	Kind   string         `json:"kind" doc:"invalid, not-found, forbidden, conflict, busy, too-large, unsupported, corrupt, cancelled or internal."`
	Code   string         `json:"code" doc:"The stable name of this error."`
	Args   map[string]any `json:"args,omitempty" doc:"The values that the message names."`
	Place  *Place         `json:"place,omitempty" doc:"Where in the query it is wrong."`
}

// Place is a stretch of a query, counted in characters (Unicode code points)
// from 0, the end excluded.
type Place struct {
	Pos     int    `json:"pos"`
	End     int    `json:"end"`
	Suggest string `json:"suggest,omitempty" doc:"What was probably meant."`
}
