package v1

import "time"

// Record is one right as the loaded files describe it, at one time. Each value
// says which of Sources it was taken from, by index; -1 means none.
type Record struct {
	Mark
	AsOf
	ID          int64          `json:"id"`
	Gone        bool           `json:"gone,omitempty" doc:"Nothing stands of it any more."`
	Key         string         `json:"key"`
	Keys        []string       `json:"keys,omitempty" doc:"Numbers that tie its documents together."`
	Kind        Class          `json:"kind"`
	Application Application    `json:"application"`
	Titles      []Text         `json:"titles,omitempty"`
	Abstracts   []Text         `json:"abstracts,omitempty"`
	Parties     []Party        `json:"parties,omitempty"`
	Symbols     []Symbol       `json:"classes,omitempty"`
	Filings     []Filing       `json:"filings,omitempty"`
	Cited       []string       `json:"cited,omitempty"`
	CitedHere   []Link         `json:"cited_here,omitempty" doc:"Which of the cited publications are held here."`
	Claims      int            `json:"claims,omitempty"`
	Origins     map[string]int `json:"origins,omitempty" doc:"Sources of kind, application, filed, cited and claims."`
	Registration
	Events     []Event    `json:"events,omitempty"`
	Documents  []Document `json:"documents,omitempty" doc:"The newest first."`
	Region     Finding    `json:"region"`
	HolderType Finding    `json:"holder_type"`
	Field      Finding    `json:"field" doc:"One of WIPO's 35 technology fields."`
	Overrides  []Override `json:"overrides,omitempty"`

	Settled     []Dispute    `json:"settled,omitempty" doc:"What would be disputed without a decision of the desk; the variant believed comes first."`
	Corrections []Correction `json:"corrections,omitempty" doc:"Values of the office in the place of what sources print."`
	Disputed    []Dispute    `json:"disputed,omitempty"`
	Flags       []Flag       `json:"flags,omitempty"`
	Sources     []Source     `json:"sources,omitempty"`
}

// Application is the filing that a right rests on. INID (21), (22).
type Application struct {
	Number string `json:"number,omitempty"`
	Raw    string `json:"raw,omitempty" doc:"As it stood in the file."`
	Filed  string `json:"filed,omitempty"`
	Check  *Class `json:"check,omitempty" doc:"The check digit: sound, wrong, computed (the file leaves it out) or none (older than check digits); damaged where the number cannot be read."`
}

// Text is text in one language. INID (54), (57).
type Text struct {
	Lang   string `json:"lang"`
	Text   string `json:"text"`
	Source int    `json:"source"`
}

// Name is a name in one language.
type Name struct {
	Lang string `json:"lang"`
	Name string `json:"name"`
}

// Party is a person or body. INID (71), (72), (73), (74).
type Party struct {
	Role     Class  `json:"role"`
	INID     string `json:"inid"`
	Names    []Name `json:"names"`
	Address  string `json:"address,omitempty"`
	Postcode string `json:"postcode,omitempty"`
	Country  string `json:"country,omitempty"`
	Region   string `json:"region,omitempty"`
	Ident    string `json:"ident,omitempty"`
	Source   int    `json:"source"`
}

// Symbol is a symbol of a classification. INID (51).
type Symbol struct {
	Scheme  string `json:"scheme" doc:"ipc, cpc, uspc, locarno, nice, vienna, works or product."`
	Symbol  string `json:"symbol"`
	Version string `json:"version,omitempty"`
	Value   string `json:"value,omitempty"`
	Source  int    `json:"source"`
}

// Filing is another filing that the right refers to. INID (30), (60), (62),
// (66), (86), (87).
type Filing struct {
	Relation Class  `json:"relation"`
	Office   string `json:"office,omitempty"`
	Number   string `json:"number,omitempty"`
	Date     string `json:"date,omitempty"`
	Record   int64  `json:"record,omitempty" doc:"The record of it, where it is held here."`
	Source   int    `json:"source"`
}

// Link leads from a text of a record to another record that it names.
type Link struct {
	Text   string `json:"text"`
	Record int64  `json:"record"`
}

// Event is a point of the timeline.
type Event struct {
	Date     string `json:"date,omitempty"`
	Event    Class  `json:"event"`
	Text     string `json:"text,omitempty"`
	Document string `json:"document,omitempty"`
	Source   int    `json:"source"`
}

// Document is one publication of the right.
type Document struct {
	ID        string `json:"id"`
	Office    string `json:"office"`
	Number    string `json:"number"`
	Code      string `json:"code,omitempty"`
	Kind      Class  `json:"kind"`
	Published string `json:"published,omitempty"`
	Gazette   string `json:"gazette,omitempty"`
	Source    int    `json:"source"`
	Versions  int    `json:"versions" doc:"How many differing statements of it stand."`
}

// Finding is how a record was classified, and why.
type Finding struct {
	Class
	Rule       string  `json:"rule,omitempty" doc:"The rule that decided."`
	Reason     string  `json:"reason,omitempty" doc:"What the rule says."`
	Evidence   string  `json:"evidence,omitempty" doc:"What it decided by."`
	Note       *Class  `json:"note,omitempty"       doc:"What speaks against it or was done besides; of what lies elsewhere, the code of the place (GB/T 2260) or country (ST.3)."`
	Confidence float64 `json:"confidence"`
	Override   int64   `json:"override,omitempty" doc:"The correction that decided instead."`
	Decision   string  `json:"decision,omitempty" doc:"The decision of the desk that decided instead."`
}

// Correction is a value of the office in the place of what sources print.
type Correction struct {
	Field    Class  `json:"field"`
	Was      string `json:"was" doc:"What the sources print."`
	Value    string `json:"value"`
	Decision string `json:"decision"`
}

// Dispute is a field on which statements of equal standing disagree.
type Dispute struct {
	Field    Class     `json:"field"`
	Part     string    `json:"part,omitempty"`
	Variants []Variant `json:"variants" doc:"The first one is shown; none wins, unless a decision settled it."`
	Decision string    `json:"decision,omitempty" doc:"The decision of the desk that settled it."`
}

// Variant is one of the contents of a disputed field.
type Variant struct {
	Text    string `json:"text"`
	Sources []int  `json:"sources"`
}

// Flag marks something damaged or doubtful in a source.
type Flag struct {
	Flag     Class  `json:"flag"`
	Field    string `json:"field,omitempty"`
	Raw      string `json:"raw,omitempty"`
	Repaired bool   `json:"repaired,omitempty" doc:"Put right while reading: nothing is lost or in doubt."`
	Source   int    `json:"source"`
}

// Source is a statement: what one entry of one file says of one document.
type Source struct {
	Document  string   `json:"document"`
	Load      int64    `json:"load"`
	State     int64    `json:"state" doc:"The state since which it stands."`
	Withdrawn int64    `json:"withdrawn,omitempty" doc:"The state that withdrew it."`
	File      string   `json:"file"`
	SHA256    string   `json:"sha256"`
	Format    string   `json:"format"`
	Issued    string   `json:"issued,omitempty"`
	Position  Position `json:"position"`
	Repeats   int      `json:"repeats,omitempty" doc:"Rows of the same file that only repeat it."`
}

// Position is a place in a file.
type Position struct {
	Member string `json:"member,omitempty" doc:"Path inside archives."`
	Row    int64  `json:"row,omitempty" doc:"Row or document number inside the member, from 1."`
}

// History lists the versions of a record, oldest first.
type History struct {
	Mark
	ID      int64    `json:"id"`
	Changes []Change `json:"changes"`
}

// Change is a state in which what the register says of a record changed.
type Change struct {
	State  int64     `json:"state"`
	Time   time.Time `json:"time"`
	Act    Class     `json:"act" doc:"load, undo, override or withdrawal."`
	Load   int64     `json:"load,omitempty" doc:"The load, or the undone one."`
	Gone   bool      `json:"gone,omitempty" doc:"Nothing stood any more."`
	Fields []Class   `json:"fields" doc:"What changed against the version before."`
}
