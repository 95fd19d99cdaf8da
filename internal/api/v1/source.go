package v1

import "time"

// Coverage says whether a number is a figure, which every right there is stands
// behind, or a count of what happens to be loaded.
type Coverage struct {
	Figure       bool         `json:"figure" doc:"True when complete declarations cover all that was asked for; a number without it must not be offered as a figure."`
	Text         string       `json:"text" doc:"The same in the reader's language."`
	Reasons      []string     `json:"reasons,omitempty" doc:"Why it is none, in the reader's language."`
	Gaps         []Gap        `json:"gaps,omitempty" doc:"The same for machines."`
	Declarations []DeclaredBy `json:"declarations,omitempty" doc:"On what a figure rests."`
}

// Gap is something that no complete declaration covers.
type Gap struct {
	Code   string `json:"code" doc:"undeclared, region, days, unread, failed or strange."`
	Kind   string `json:"kind,omitempty"`
	Office string `json:"office,omitempty" doc:"ST.3 code; * for any."`
	Region string `json:"region,omitempty"`
	By     string `json:"by,omitempty" doc:"filed or published: whose days they are."`
	From   string `json:"from,omitempty" doc:"First day that is not covered, open when empty."`
	To     string `json:"to,omitempty" doc:"Last day that is not covered, open when empty."`
	Source string `json:"source,omitempty"`
	Load   int64  `json:"load,omitempty"`
	Count  int64  `json:"count,omitempty" doc:"Entries or files."`
}

// DeclaredBy names a declaration.
type DeclaredBy struct {
	ID     int64 `json:"id"`
	Source Class `json:"source"`
	Load   int64 `json:"load,omitempty"`
}

// Cover is what a declaration says.
type Cover struct {
	Kinds      []string `json:"kinds,omitempty" maxItems:"100" doc:"Kinds of rights, or patent, trademark_right, copyright; none: those of the source."`
	Offices    []string `json:"offices,omitempty" maxItems:"300" doc:"ST.3 codes; none: those of the source."`
	Happenings []string `json:"happenings" minItems:"1" maxItems:"20" doc:"filings, publications, grants, legal_status, annuities, transfers, licences, pledges."`
	Regions    []string `json:"regions,omitempty" maxItems:"500" doc:"Codes of the region, with all below them; none: everywhere."`
	From       string   `json:"from,omitempty" maxLength:"10" doc:"First day covered, open when empty."`
	To         string   `json:"to,omitempty" maxLength:"10" doc:"Last day covered, open when empty."`
	Complete   bool     `json:"complete" doc:"False says openly that something is missing."`
	Unread     int64    `json:"unread,omitempty" minimum:"0" doc:"Entries that could not be read, which the declarer knows of and finds too few to matter."`
	Ground     string   `json:"ground" minLength:"1" maxLength:"2000" doc:"On what the declaration rests."`
}

// Declare asks for a declaration.
type Declare struct {
	Cover
	Load     int64  `json:"load,omitempty" minimum:"0" doc:"The delivery that it is about; 0: everything of the source."`
	Replaces int64  `json:"replaces,omitempty" minimum:"0" doc:"The declaration that it revises."`
	Author   string `json:"author,omitempty" maxLength:"200" doc:"Who signs, for those who own the data folder; people who are signed in sign themselves."`
}

// Declaration is what somebody answers for: what of the world the register holds.
type Declaration struct {
	Cover
	ID       int64      `json:"id"`
	Source   Class      `json:"source"`
	Load     int64      `json:"load,omitempty"`
	Author   string     `json:"author,omitempty"`
	Made     *time.Time `json:"made,omitempty"`
	State    int64      `json:"state,omitempty" doc:"The state from which it counts; none while its load is not read to the end."`
	Ended    int64      `json:"ended,omitempty" doc:"The state that ended it."`
	EndedFor string     `json:"ended_for,omitempty"`
	EndedBy  string     `json:"ended_by,omitempty"`
}

// Decision accepts or refuses a load that is held back.
type Decision struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	Author string `json:"author,omitempty" maxLength:"200" doc:"Who signs, for those who own the data folder; people who are signed in sign themselves."`
}

// Expected holds one expectation against what a load brought.
type Expected struct {
	Source Class    `json:"source"`
	File   string   `json:"file,omitempty" doc:"The file; none: all files of the load that belong to the source."`
	What   Class    `json:"what" doc:"entries, documents, rejects (a share), flags (a share) or change (of documents an issue against the delivery before)."`
	Met    float64  `json:"met"`
	Min    *float64 `json:"min,omitempty"`
	Max    *float64 `json:"max,omitempty"`
	Breach bool     `json:"breach"`
}

// SourceInfo is one official supply of files.
type SourceInfo struct {
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	About        string        `json:"about,omitempty"`
	Offices      []string      `json:"offices"`
	Kinds        []Class       `json:"kinds"`
	Licence      string        `json:"licence"`
	Formats      []string      `json:"formats"`
	Files        []string      `json:"files,omitempty" doc:"Patterns of the names of its files."`
	Deliveries   int64         `json:"deliveries" doc:"Loads with files of it that stand."`
	FirstIssue   string        `json:"first_issue,omitempty"`
	LastIssue    string        `json:"last_issue,omitempty"`
	MissingCount int           `json:"missing_count" doc:"Issues that should be there by its rhythm."`
	Missing      []string      `json:"missing,omitempty" doc:"The oldest of them."`
	Complete     int64         `json:"complete" doc:"Complete declarations that hold."`
	Expected     []Bound       `json:"expected,omitempty"`
	Loads        []SourceLoad  `json:"loads,omitempty" doc:"The newest first."`
	Declarations []Declaration `json:"declarations,omitempty" doc:"All there ever were, the newest first."`
}

// Bound is what a source expects of a file or a delivery.
type Bound struct {
	Of   string   `json:"of" doc:"file or delivery."`
	What Class    `json:"what"`
	Min  *float64 `json:"min,omitempty"`
	Max  *float64 `json:"max,omitempty"`
}

// SourceLoad is the part of a load that belongs to a source.
type SourceLoad struct {
	Load      int64     `json:"load"`
	Status    string    `json:"status"`
	Started   time.Time `json:"started"`
	Files     int64     `json:"files"`
	Entries   int64     `json:"entries" doc:"As counted before it was read."`
	Documents int64     `json:"documents"`
	Rejected  int64     `json:"rejected"`
	Flagged   int64     `json:"flagged"`
	Issues    []string  `json:"issues,omitempty" doc:"Days of issue that hold a fair share of the documents; at most 60."`
}

// Sources are all sources.
type Sources struct {
	Mark
	Sources []SourceInfo `json:"sources"`
}

// SourceDetail is one source with its deliveries and declarations.
type SourceDetail struct {
	Mark
	SourceInfo
}
