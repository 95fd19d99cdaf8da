package web

import (
	"time"

	"onewindow/internal/date"
	"onewindow/internal/query"
	"onewindow/internal/record"
)

// Overview is what the register holds as a whole.
type Overview struct {
	Rights       int64
	Publications int64
	Kinds        []Tally   // rights by kind
	Cities       []Tally   // rights by city, the greatest first
	Others       []Tally   // rights that lie in no city of the region
	Years        []Year    // newest first
	From, To     date.Date // first and last day of publication, zero when empty
	Last         *Load     // the load begun last, nil if there was none
	State        int64     // number of the latest state
	Behind       int64     // states that the index has not caught up with
	Examples     []Example // queries worth trying on this register
}

// Year counts the rights that were last published in a year. The last one may
// stand for all earlier years together and has then no label.
type Year struct {
	Tally
	Kinds []int64 // as Overview.Kinds
}

// Example is a query with what it asks for in words.
type Example struct{ Query, Meaning string }

// Tally is a value with the number of results that have it.
type Tally struct {
	Label  string
	N      int64
	Query  string // the whole query with this value added or, when Chosen, taken out
	Chosen bool
}

// Results is one page of what a query found.
type Results struct {
	Total      int64 // exact unless Capped, in the unit asked for
	Found      int64 // records found, whatever the unit of Total: so many Items there are on all pages
	Capped     bool  // there are more than Total
	Sort       Sort  // the order of Items, "" for the one asked for
	Unranked   bool  // the query has no words, so that nothing ranks its results
	Understood query.Step
	Notes      []string // readings worth mentioning
	Items      []Item
	Facets     []Facet
	Behind     int64 // states that the index has not caught up with
	Coverage   Coverage
}

// Coverage says whether a number is a figure or a count of what is loaded.
type Coverage struct {
	Figure  bool
	Text    string
	Reasons []string // why it is none
}

// Facet counts all results by the values of one property.
type Facet struct {
	ID      string // year, region, county, kind, holder-type or field
	Values  []Tally
	Several bool // a result may have several values, so counts add up to more than the total
}

// Item is one result.
type Item struct {
	ID          int64
	Title       Marked
	OtherTitle  record.Text // the title in another language, if any
	Kind        string
	Numbers     []string // publications, newest first, "CN109996757A"
	Application string   // normalised, empty when damaged
	Holders     []record.Text
	HolderType  string
	Region      string
	Filed       date.Date
	Published   date.Date // of the newest publication
	Snippet     Marked
	Field       string // of technology
	Doubtful    bool   // it is in doubt which right its sources speak of
	Disputed    bool   // its sources disagree
}

// Marked is text in one language in which the words asked for are marked.
type Marked struct {
	Lang  string
	Spans []Span
}

// Span is a run of text.
type Span struct {
	Text string
	Hit  bool
}

// Family is the sort of register that a right stands in: each has its own codes
// for what it states.
type Family uint8

// The families.
const (
	PatentRight Family = iota // INID codes of WIPO ST.9 and ST.80
	MarkRight                 // INID codes of WIPO ST.60
	OtherRight                // no codes
)

// Record is one right as its sources state it, at one time.
type Record struct {
	ID          int64
	Kind        string
	Family      Family
	Titles      []TextValue // the one for the reader first
	Abstracts   []TextValue // the one for the reader first
	Application Application
	Documents   []Document // newest first
	Parties     []Party    // in the order printed
	Classes     []Class    // main class first
	Filings     []Filing
	Cited       []TextValue
	CitedBy     Finds  // who of those held here cites it
	InFamily    string // query that finds its family, "" where none is known
	Claims      int
	Sign        *Sign // of a mark with words, nil for others
	Pictures    []Picture
	Facts       []Fact // what its register states beyond bibliography
	Life        *Life  // nil where nothing stands of it
	Findings    []Finding
	Events      []Event   // oldest first
	Versions    []Version // newest first
	Flags       []Flag
	At          *Instant // set when the record is not shown as of now
}

// Finds is how many rights a query finds.
type Finds struct {
	N     int64
	Query string
}

// Fact is what a register states of a right, under the name that it has there.
// Facts of one label that follow one another stand in one row.
type Fact struct {
	INID  string // WIPO ST.60, "" for none
	Label string
	Texts []record.Text
	Note  string
	Stated
}

// Picture is a picture that came with what was loaded.
type Picture struct {
	Hash string // see Config.Pictures
	Use  string // mark, design, drawing
	Name string // in the delivery
	Text string // what its source says of it
}

// Sign is what a mark looks like as far as its words tell.
type Sign struct {
	Words []record.Text
	Whole bool // the words are all of it; else its picture is not among what was loaded
}

// Life is the state of a right as of a day and what comes next.
type Life struct {
	On        date.Date
	State     string
	Since     date.Date
	Certainty string
	Law       string // the rule that brought the state, "" where a source did
	Ends      date.Date
	Endless   bool
	TermLaw   string
	Next      []Step // the soonest first
	Overlays  []string
	Notes     []string
}

// Step is something that falls due.
type Step struct {
	Label   string
	Due     date.Date
	Details []string
	Law     string
}

// Instant says at which times a record is shown.
type Instant struct {
	On    date.Date // zero: today
	Known string    // in words, "" for all that is known now
	State int64     // the state that Known names
}

// Origin is the place that a value was read from.
type Origin struct {
	Document string // the publication that states it
	File     string // as readers may know it: everyone sees it
	Member   string // path inside an archive
	Row      int64  // row or document in the file, from 1
	Load     int64
	Loaded   time.Time
}

// Stated is what every value says of itself: where it stands and, when sources
// of equal standing disagree, all that they say.
type Stated struct {
	Origins  []Origin
	Disputed []Variant
}

// Variant is one of several values that sources of equal standing state.
type Variant struct {
	Text    record.Text
	Shown   bool // the one that the page shows in its place
	Origins []Origin
}

// TextValue is a text with its sources.
type TextValue struct {
	record.Text
	Record int64 // that it names, where one is held here; else 0
	Stated
}

// Check is the state of a number's check digit.
type Check string

// The states of a check digit.
const (
	CheckSound    Check = "sound"    // computed and found right
	CheckWrong    Check = "wrong"    // computed and found wrong
	CheckComputed Check = "computed" // the source leaves it out
	CheckNone     Check = "none"     // the number is older than check digits
	CheckDamaged  Check = "damaged"  // the number cannot be read
)

// Application is the filing that the right rests on.
type Application struct {
	Number string // normalised
	Raw    string // as the source writes it
	Check  Check
	Filed  date.Date
	Stated
}

// Document is one publication of the right.
type Document struct {
	Number     string // "CN109996757A"
	Office     string // ST.3
	OfficeName string
	Code       string // ST.16
	Published  date.Date
	Gazette    string
	Stated
}

// Party is a person or body.
type Party struct {
	Role     record.Role
	Names    []record.Text
	Address  string
	Postcode string
	Country  string // its name, or its code where there is none
	Ident    string
	Query    string // finds the rights of the same name
	Stated
}

// Class is a symbol of a classification.
type Class struct {
	Scheme  record.Scheme
	Symbol  string
	Version string
	Text    record.Text // what the symbol stands for
	Query   string      // finds the rights in the class
	Stated
}

// Filing is another filing that the right refers to.
type Filing struct {
	Relation string // as in record.Filing
	Office   string
	Number   string
	Date     date.Date
	Record   int64 // of it, where it is held here; else 0
	Stated
}

// Finding is what the classifier derived, with its evidence.
type Finding struct {
	Subject    string  // region, holder-type or field
	Label      string  // what was found
	Query      string  // finds all that have it
	Rule       string  // id of the rule that decided
	Reason     string  // the rule in words
	Confidence float64 // from 0 to 1
	Matched    string  // the text that the rule met
	Note       string  // what speaks against it or was done besides, in words
	Override   *Override
}

// Override is a correction by hand that stands above the rules. Who made it is
// no business of the public.
type Override struct {
	Was    string // what the rules had found
	At     time.Time
	Reason string
}

// Event is something that happened to the right.
type Event struct {
	Date  date.Date
	Label string
	Code  string // ST.27 or ST.16 code, if any
	Text  string
	Stated
}

// Version is one change of what the register knew of the right.
type Version struct {
	State    int64
	At       time.Time
	Act      string // that made it, in words
	Load     int64
	File     string
	Document string
	Changes  []Change
}

// Change is a field whose value a version changed.
type Change struct {
	Field         string // title, abstract, holder …: a message field.<name>
	Before, After string
}

// Flag marks something damaged, doubtful or repaired.
type Flag struct {
	Code     string // a message flag.<code>
	Field    string // the source's name of the column or element
	Raw      string // what stood there
	Repaired bool   // put right when it was read: nothing is lost
	Origin   Origin
}

// Load is one delivery of files with what became of it.
type Load struct {
	ID       int64
	State    int64
	Status   Status
	Begun    time.Time
	Ended    time.Time // zero while it runs
	Files    int64
	Read     int64 // entries
	New      int64 // entries that stated something new of a document
	Changed  int64 // records whose contents changed
	Repeated int64 // entries that said what was known already
	Rejected int64 // entries that could not be read
	Flagged  int64 // entries with something damaged or doubtful
	Records  int64 // records that came into being
	Disputed int64 // records on which sources came to disagree
}

// Status is how far a load has come.
type Status string

// The states of a load.
const (
	Running Status = "running"
	Done    Status = "done"
	Stopped Status = "stopped" // will go on where it stopped
	Undone  Status = "undone"
	Held    Status = "held"    // not in the register until somebody accepts it
	Refused Status = "refused" // held, and somebody decided against it
)

// LoadDetail is a load with its files and what could not be used of them.
type LoadDetail struct {
	Load
	FileList   []LoadFile
	Rejects    []Reject
	RejectsCut int64 // rejected entries that are counted alone, and not among Rejects
	Unread     []Unread
	Expected   []Expectation
	Declared   []Declaration
	Decided    time.Time // when it was accepted or refused, zero if it never was held
	DecidedBy  string    // "" for readers whom it does not concern
	Reason     string
}

// LoadFile is one file of a load.
type LoadFile struct {
	Name     string
	Format   string
	Size     int64 // bytes
	Read     int64
	Rejected int64
	Flagged  int64
}

// Reject is an entry that could not be read.
type Reject struct {
	File   string
	Member string
	Row    int64
	Line   int64 // zero where lines have no meaning
	Reason string
	Raw    string
}

// Unread is an element or column that no code uses.
type Unread struct {
	Format string
	Path   string
	N      int64
}
