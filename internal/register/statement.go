package register

import (
	"encoding/hex"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// Hash is the first 128 bits of the SHA-256 of a document's canonical form.
// The day of issue is left out of that form, so that the same content delivered
// again in a newer file is no new version. Hashes are compared among the
// statements of one right only.
type Hash [16]byte

// String writes the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Position is a place inside a file.
type Position struct {
	Member  string `json:"member,omitempty"` // path inside archives, "" in a plain file
	Row     int64  `json:"row"`              // 1-based row or document number inside the member
	Ordinal int64  `json:"ordinal"`          // 1-based number of the entry in the whole file
}

// Statement is what one entry of one file says of a right, as the register
// keeps it. A statement never changes; it is closed when its load is undone or
// when it moves to another right, and stays readable as it was known before.
type Statement struct {
	ID       int64 // the right's id and a number within it: see RightOf
	Hash     Hash
	File     *File // the file that says so; shared, not to be changed
	Position Position
	Repeats  []Position // where the same file says exactly the same again
	Issued   date.Date  // day the source was produced; decides which source is newer
	Rank     int        // of the source's format, the higher the better; decides after Issued
	From     int64      // the state that brought it
	To       int64      // the state that closed it, 0 while it stands
	Doc      *record.Document

	keys []string // Doc.Keys(), once somebody has asked
}

// rowBits is how many low bits of a statement's id count within its right.
const rowBits = 20

// maxRow is the highest number of a statement within its right.
const maxRow = 1<<rowBits - 1

// RightOf returns the id of the right that statement id belongs to. Statements
// of one right lie next to each other in the order of their ids.
func RightOf(id int64) int64 { return id >> rowBits }

// StatementID returns the id of statement n of a right.
func StatementID(right, n int64) int64 { return right<<rowBits | n }

// File is a file as one load read it.
type File struct {
	ID       int64
	Load     int64
	Path     string // absolute path when it was loaded
	Size     int64  // bytes
	SHA256   string // hexadecimal
	As       string // format asked for, "" when it was to be detected
	Format   string // format of its first entry
	Status   Status
	Skipped  int64 // the file with the same bytes that was live already, 0 if none
	Undone   int64 // the state that undid its load, 0 if none
	Ordinal  int64 // last entry that is durably read: where a resumed load goes on
	Counts   Counts
	Position int // place in its load, from 1
}

// MaxRejects is how many rejected entries of one file are kept with their place
// and reason. All are counted.
const MaxRejects = 10_000

// RejectsCut is how many rejected entries of the file are counted alone.
func (f *File) RejectsCut() int64 { return max(0, f.Counts.Rejected-MaxRejects) }

// visible tells whether what the file states stands in state known.
func (f *File) visible(known int64) bool { return f.Undone == 0 || f.Undone > known }

// Status is how far a load or one of its files has come.
type Status string

// The states of loads and files.
const (
	Running Status = "running" // begun; resumed from its checkpoints after an interruption
	Done    Status = "done"
	Skipped Status = "skipped" // files only: the same bytes were live already, nothing happened
	Failed  Status = "failed"  // files only: the bytes could not all be had; what was read stands, and the file can be loaded again
	Undone  Status = "undone"
)

// Counts are the numbers of one file or of one load.
type Counts struct {
	Entries   int64 `json:"entries"`   // entries read
	Documents int64 `json:"documents"` // entries that stated a document
	Rejected  int64 `json:"rejected"`  // entries that could not be read or kept
	New       int64 `json:"new"`       // documents whose content was new to the register
	Repeated  int64 `json:"repeated"`  // documents that the same file had stated before
	Known     int64 `json:"known"`     // documents that another live file states just so
	Flagged   int64 `json:"flagged"`   // documents that carry a flag
	Rights    int64 `json:"rights"`    // rights that came into being
	Changed   int64 `json:"changed"`   // rights whose view changed
	Merged    int64 `json:"merged"`    // rights that turned out to be another one
	Disputed  int64 `json:"disputed"`  // rights that became disputed
}

// Add adds other to c.
func (c *Counts) Add(other Counts) {
	c.Entries += other.Entries
	c.Documents += other.Documents
	c.Rejected += other.Rejected
	c.New += other.New
	c.Repeated += other.Repeated
	c.Known += other.Known
	c.Flagged += other.Flagged
	c.Rights += other.Rights
	c.Changed += other.Changed
	c.Merged += other.Merged
	c.Disputed += other.Disputed
}
