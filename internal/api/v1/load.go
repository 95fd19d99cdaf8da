package v1

import "time"

// StartLoad asks for files to be loaded.
type StartLoad struct {
	Paths   []string `json:"paths" minItems:"1" maxItems:"1000" doc:"Absolute paths of files and folders on the server's machine."`
	As      string   `json:"as,omitempty" maxLength:"64" doc:"The format to read them as, where it should not be detected."`
	Mapping string   `json:"mapping,omitempty" maxLength:"262144" doc:"A mapping for tables, as YAML: the files are read with it and nothing else. It is kept with the load."`
	Label   string   `json:"label,omitempty" maxLength:"200"`
	Source  string   `json:"source,omitempty" maxLength:"48" doc:"The source of all files, where their names and formats do not tell it."`
	// Coverage needs Source.
	Coverage []Cover `json:"coverage,omitempty" maxItems:"20" doc:"What the files of the source cover. It counts once all are read to their end."`
	By       string  `json:"by,omitempty" maxLength:"200" doc:"Who loads them."`
}

// Load is one act of taking files into the register.
type Load struct {
	ID         int64      `json:"id"`
	Label      string     `json:"label,omitempty"`
	By         string     `json:"by,omitempty"`
	Status     string     `json:"status"`
	Started    time.Time  `json:"started"`
	Ended      *time.Time `json:"ended,omitempty"`
	FirstState int64      `json:"first_state,omitempty"`
	LastState  int64      `json:"last_state,omitempty"`
	Undone     int64      `json:"undone,omitempty" doc:"The state that undid it."`
	Counts     LoadCounts `json:"counts"`
	FileCount  int        `json:"file_count"`
	FirstFile  string     `json:"first_file,omitempty" doc:"The file that is read first."`
	RejectsCut int64      `json:"rejects_cut,omitempty" doc:"How many rejected entries are counted alone: of each file the first 10,000 are kept."`
	Source     string     `json:"source,omitempty" doc:"The source that it was told to be of."`
	Decided    *time.Time `json:"decided,omitempty" doc:"When it was accepted or refused, where it had been held back."`
	DecidedBy  string     `json:"decided_by,omitempty"`
	Reason     string     `json:"reason,omitempty"`
	Files      []LoadFile `json:"files,omitempty"`
}

// LoadCounts say what came of the entries of a load or of one of its files.
type LoadCounts struct {
	Entries   int64 `json:"entries" doc:"Entries read."`
	Documents int64 `json:"documents" doc:"Entries that stated a document."`
	Rejected  int64 `json:"rejected" doc:"Entries that could not be read."`
	New       int64 `json:"new" doc:"Documents whose content was new."`
	Repeated  int64 `json:"repeated" doc:"Documents that the same file had stated before."`
	Known     int64 `json:"known" doc:"Documents that another file states just so."`
	Flagged   int64 `json:"flagged" doc:"Documents with a flag."`
	Records   int64 `json:"records" doc:"Records that came into being."`
	Changed   int64 `json:"changed" doc:"Records whose contents changed."`
	Merged    int64 `json:"merged" doc:"Records that turned out to be another one."`
	Disputed  int64 `json:"disputed" doc:"Records that became disputed."`
}

// LoadFile is one file of a load.
type LoadFile struct {
	Path   string     `json:"path"`
	Size   int64      `json:"size"`
	SHA256 string     `json:"sha256"`
	Format string     `json:"format,omitempty"`
	Source *Class     `json:"source,omitempty"`
	Status string     `json:"status"`
	Counts LoadCounts `json:"counts"`
}

// Loads are all loads, the newest first.
type Loads struct {
	Mark
	Total int64  `json:"total"`
	Loads []Load `json:"loads"`
}

// LoadDetail is one load with its files.
type LoadDetail struct {
	Mark
	Load
	Expected     []Expected    `json:"expected,omitempty" doc:"What its sources expect, against what was counted before it was read. A breach holds it back."`
	Declarations []Declaration `json:"declarations,omitempty" doc:"What it is declared to cover."`
}

// Rejects are entries of a load that could not be read.
type Rejects struct {
	Mark
	Load    int64    `json:"load"`
	Total   int64    `json:"total"`
	Cut     int64    `json:"cut,omitempty" doc:"How many of them are counted alone, and not listed."`
	Rejects []Reject `json:"rejects"`
}

// Reject is an entry that could not be read: where it stands, why, and how it
// begins.
type Reject struct {
	File   string         `json:"file"`
	Member string         `json:"member,omitempty" doc:"Path inside the archive."`
	Row    int64          `json:"row,omitempty"`
	Line   int64          `json:"line,omitempty"`
	Offset int64          `json:"offset,omitempty"`
	Code   string         `json:"code"`
	Args   map[string]any `json:"args,omitempty"`
	Reason string         `json:"reason"`
	Raw    string         `json:"raw,omitempty"`
}

// UnreadParts are the elements and columns of a load's files that no code uses.
type UnreadParts struct {
	Mark
	Load  int64    `json:"load"`
	Parts []Unread `json:"parts"`
}

// Unread is one element or column that no code uses.
type Unread struct {
	Format string `json:"format"`
	Part   string `json:"part"`
	Count  int64  `json:"count"`
}
