package register

import (
	"context"
	"time"

	"onewindow/internal/audit"
	"onewindow/internal/date"
)

// Row is a statement as it is stored.
type Row struct {
	ID       int64 // see StatementID
	Hash     Hash
	File     int64
	Position Position
	Issued   date.Date
	Rank     int
	From, To int64  // see Statement
	Same     int64  // the statement that holds the same body, 0 if this one does
	Body     []byte // canonical form; when read, that of Same where Same is set
}

// Number is an entry of the table of numbers, which only grows: it is why a
// right keeps its id through undoing and loading again.
type Number struct {
	Key   string // see record.Document.Keys
	Right int64  // right that last held the key
	Home  int64  // right that the key goes back to when it stands alone
}

// Succession says that, from one state to another, a right was part of another one.
type Succession struct {
	Right, Into int64
	From, To    int64 // To is 0 while it lasts
}

// Act says what a state came from.
type Act string

// The acts that change what the register says.
const (
	ActCreated        Act = "created" // the empty register, state 1
	ActLoad           Act = "load"    // one batch of a load
	ActUndo           Act = "undo"
	ActOverride       Act = "override"
	ActWithdrawal     Act = "withdrawal"  // of an override
	ActDeclaration    Act = "declaration" // of what is covered; the end of its load where it came with one
	ActDeclarationEnd Act = "declaration_end"
	ActRuling         Act = "ruling"
	ActRecall         Act = "recall" // of a ruling
)

// State is one commit. Its number, counted from 1, is what "known" means.
type State struct {
	ID     int64
	At     time.Time // never before that of the state before it
	Act    Act
	Load   int64   // 0 unless a load or its undoing
	Rights []int64 // ascending: whose view changed, or which are gone
}

// LoadInfo describes a load.
type LoadInfo struct {
	ID        int64
	Label     string
	As        string // format asked for, "" when it was to be detected
	By        string
	Job       int64 // the job that runs it, 0 if none
	Status    Status
	Created   time.Time
	Finished  time.Time // zero while it runs
	First     int64     // its first and last state; the state that it met when it changed nothing
	Last      int64
	Undone    int64 // the state that undid it, 0 if none
	Files     int
	Counts    Counts
	Source    string    // id of the source that the load was told, "" when files tell it themselves
	Surveyed  bool      // its files have been counted and held against what is expected
	Decided   time.Time // when it was accepted or refused, zero if it never was held
	DecidedBy string
	Reason    string
}

// RejectRow is an entry that could not be read or kept.
type RejectRow struct {
	File     int64
	Position Position
	Line     int64
	Offset   int64
	Format   string
	Code     string
	Args     map[string]any
	Raw      string
}

// Tally counts something of one file by name.
type Tally struct {
	File int64
	What string // TallyFlag, TallyReject or TallyUnread
	Name string
	N    int64
}

// What tallies count.
const (
	TallyFlag   = "flag"   // documents with a flag, by its code
	TallyReject = "reject" // rejected entries, by code
	TallyUnread = "unread" // columns and elements that no code reads, by path
)

// Override is what an officer decided about a right's classification.
type Override struct {
	ID     int64
	Right  int64
	Field  string
	Value  string
	Reason string
	By     string
	From   int64 // the state that set it
	To     int64 // the state that withdrew or replaced it, 0 while it holds

	Ruling int64 // the ruling that it follows from, 0 where it was set for the right; not stored
	Like   bool  // the ruling is on like cases: it counts only where sources leave a doubt
}

// Reader reads what is stored. Rows carry the states that they hold between,
// so that calls that name the same state agree without a common transaction.
type Reader interface {
	// Numbers returns the entries of those keys that have one.
	Numbers(ctx context.Context, keys []string) ([]Number, error)
	// Holders returns every right that a key ever belonged to.
	Holders(ctx context.Context, key string) ([]int64, error)
	// Statements calls fn with the rows of some rights in the order of their
	// ids: those that stand in state known, all of them when known is 0. The
	// body belongs to fn only during the call.
	Statements(ctx context.Context, rights []int64, known int64, fn func(*Row) error) error
	// Scan is Statements for all rights from one id up to and without another.
	Scan(ctx context.Context, from, to, known int64, fn func(*Row) error) error
	// FileRights calls fn with the rights that rows of a file belong to, ascending.
	FileRights(ctx context.Context, file int64, fn func(right int64) error) error
	// Successions returns all of them.
	Successions(ctx context.Context) ([]Succession, error)

	// States calls fn with the states after one, ascending.
	States(ctx context.Context, after int64, fn func(State) error) error
	// State returns a state without its rights; nil if there is none.
	State(ctx context.Context, id int64) (*State, error)
	// StateBefore returns the last state before an instant, 0 if there is none.
	StateBefore(ctx context.Context, t time.Time) (int64, error)
	// Last returns the last state and the highest right id given out.
	Last(ctx context.Context) (state, right int64, err error)

	Loads(ctx context.Context) ([]LoadInfo, error)
	// Files returns the files of a load in order, those of all loads for 0.
	Files(ctx context.Context, load int64) ([]File, error)
	Rejects(ctx context.Context, load int64, limit, offset int) ([]RejectRow, error)
	Tallies(ctx context.Context, load int64) ([]Tally, error)
	Overrides(ctx context.Context) ([]Override, error)
	// Surveys returns those of the files of a load in order, of all loads for 0.
	Surveys(ctx context.Context, load int64) ([]Survey, error)
	Findings(ctx context.Context, load int64) ([]Finding, error)
	Declarations(ctx context.Context) ([]Declaration, error)
	// Reject returns the rejected entry of a file that has an ordinal; nil if there
	// is none.
	Reject(ctx context.Context, file, ordinal int64) (*RejectRow, error)
	// Rulings returns the book of rulings in the order of its entries.
	Rulings(ctx context.Context) ([]Ruling, error)
}

// Tx is the one transaction that is under way. Whatever it writes becomes
// durable together.
type Tx interface {
	Reader
	// PutStatements stores rows that stand: To is not looked at.
	PutStatements(ctx context.Context, rows []Row) error
	CloseStatements(ctx context.Context, ids []int64, state int64) error
	// PutNumbers stores entries, replacing those with the same key.
	PutNumbers(ctx context.Context, numbers []Number) error
	// PutHolder remembers that a key belonged to a right that it leaves.
	PutHolder(ctx context.Context, key string, right int64) error
	// PutSuccession stores one, replacing that of the same right and From.
	PutSuccession(ctx context.Context, s Succession) error
	// PutState stores a state and the highest right id given out by then.
	PutState(ctx context.Context, s State, right int64) error
	// PutLoad and PutFile store what they are given under its id, or under a
	// new one when that is 0, and return the id.
	PutLoad(ctx context.Context, l LoadInfo) (int64, error)
	PutFile(ctx context.Context, f File) (int64, error)
	PutRejects(ctx context.Context, rows []RejectRow) error
	// AddTallies adds to what is there.
	AddTallies(ctx context.Context, rows []Tally) error
	// PutOverride is to overrides what PutLoad is to loads.
	PutOverride(ctx context.Context, o Override) (int64, error)
	PutSurveys(ctx context.Context, rows []Survey) error
	PutFindings(ctx context.Context, rows []Finding) error
	// PutDeclaration is to declarations what PutLoad is to loads.
	PutDeclaration(ctx context.Context, d Declaration) (int64, error)
	// PutRuling writes an entry behind the last one and returns its id.
	PutRuling(ctx context.Context, r Ruling) (int64, error)
	// Append writes a leaf of the audit log behind the last one.
	Append(ctx context.Context, leaf audit.Leaf) error
}

// Store keeps a register. There is one writer at a time; readers are never
// blocked and see only what is durable.
type Store interface {
	Reader
	// Write runs fn in a transaction of its own, in the order of the calls, and
	// makes what it wrote durable before it returns nil.
	Write(ctx context.Context, fn func(Tx) error) error
}
