// Package record holds the canonical form of what an official source says of a
// right: documents, parties, numbers and their check digits. It does no I/O.
package record

import "onewindow/internal/date"

// Document is one publication of one right as one entry of one source states
// it: the unit that is read, hashed, kept and never changed. Everything a view
// shows of a right is taken from its documents.
//
// Rights without publications, such as trademarks, have one document, their
// entry in the register, which newer statements renew. What is said of a right
// elsewhere, a transfer or a list of annuities, is a notice.
type Document struct {
	Office string `json:"office"`           // (19) publishing or registering office, ST.3
	Number string `json:"number"`           // (11) or (111) publication or registration number, normalised; digits only for patents
	Code   string `json:"code,omitempty"`   // (13) kind code, ST.16; patents alone
	Kind   Kind   `json:"kind"`             // may be empty in a notice
	Notice bool   `json:"notice,omitempty"` // no publication of the right itself, but something said of it; Published is the notice's day

	Published date.Date `json:"published,omitempty"` // (43) or (45)
	Gazette   string    `json:"gazette,omitempty"`   // volume-number of the gazette, "35-3102"
	Issued    date.Date `json:"issued,omitempty"`    // day the source itself was produced; decides which source is newer

	Application Application `json:"application"`

	Titles    []Text   `json:"titles,omitempty"`    // (54)
	Abstracts []Text   `json:"abstracts,omitempty"` // (57)
	Parties   []Party  `json:"parties,omitempty"`   // (71) (72) (73) (74), in the order printed
	Classes   []Class  `json:"classes,omitempty"`   // (51), the first one is the main class
	Events    []Event  `json:"events,omitempty"`    // beyond the publication itself
	Claims    int      `json:"claims,omitempty"`    // number of claims
	Filings   []Filing `json:"filings,omitempty"`   // (30) (60) (62) (66) (86) (87): other filings it names
	Cited     []string `json:"cited,omitempty"`     // (56) as printed

	Status *Status `json:"status,omitempty"` // what the source says the right's state is
	Days   []Day   `json:"days,omitempty"`   // further days, each name at most once
	Mark   *Mark   `json:"mark,omitempty"`   // (540)
	Goods  []Goods `json:"goods,omitempty"`  // (511)
	Images []Image `json:"images,omitempty"` // (540), (55)
	Facts  []Fact  `json:"facts,omitempty"`  // what only some kinds of right have

	Flags []Flag `json:"flags,omitempty"` // what is damaged or doubtful in this entry
}

// Application is the filing that a right rests on.
type Application struct {
	Raw    string    `json:"raw,omitempty"`    // (21) as written
	Number string    `json:"number,omitempty"` // normalised, "201710601862.3"; empty when damaged
	Filed  date.Date `json:"filed,omitempty"`  // (22)
}

// Text is text in one language, BCP 47.
type Text struct {
	Lang string `json:"lang"`
	Text string `json:"text"`
}

// Role is what a party is to a document.
type Role string

// The roles, with their INID codes.
const (
	Applicant Role = "applicant" // (71)
	Inventor  Role = "inventor"  // (72), the designer of a design
	Holder    Role = "holder"    // (73), (732); the owner of a copyright
	Agent     Role = "agent"     // (74), a natural person
	Agency    Role = "agency"    // (74), (740), a firm
	Author    Role = "author"    // of a work
	Breeder   Role = "breeder"   // of a plant variety
	Group     Role = "group"     // producers behind a geographical indication
	Licensee  Role = "licensee"
	Pledgee   Role = "pledgee"
	Former    Role = "former" // who held the right before a transfer
)

// Roles lists the roles in the order in which views show them.
var Roles = []Role{Applicant, Holder, Inventor, Author, Breeder, Group, Licensee, Pledgee, Former, Agent, Agency}

// Party is a person or body as one document names it.
type Party struct {
	Role     Role   `json:"role"`
	Names    []Text `json:"names"`              // the same name in one or more languages
	Address  string `json:"address,omitempty"`  // as printed, without the postcode
	Postcode string `json:"postcode,omitempty"` // six digits in China
	Country  string `json:"country,omitempty"`  // ST.3
	Region   string `json:"region,omitempty"`   // region in words or code where the source states it apart
	Ident    string `json:"ident,omitempty"`    // unified social credit code, agency code
}

// Name returns the party's first name, whatever its language.
func (p *Party) Name() string {
	if len(p.Names) == 0 {
		return ""
	}
	return p.Names[0].Text
}

// Scheme names a classification.
type Scheme string

// The schemes.
const (
	IPC     Scheme = "ipc"     // International Patent Classification
	CPC     Scheme = "cpc"     // Cooperative Patent Classification
	USPC    Scheme = "uspc"    // United States Patent Classification, "705/14"
	Locarno Scheme = "locarno" // industrial designs
	Nice    Scheme = "nice"    // goods and services, "09"
	Vienna  Scheme = "vienna"  // figurative elements of marks, "27.5.1"
	Works   Scheme = "works"   // class letter of the copyright register, "F"
	Product Scheme = "product" // product class of a geographical indication, as its register names it
)

// Schemes lists the schemes in the order in which views show them.
var Schemes = []Scheme{IPC, CPC, USPC, Locarno, Nice, Vienna, Works, Product}

// Class is one symbol of a classification.
type Class struct {
	Scheme  Scheme `json:"scheme"`
	Symbol  string `json:"symbol"`            // "H01M10/0525", "01-01"
	Version string `json:"version,omitempty"` // "2006.01"; the edition, "12", of Locarno
	Value   string `json:"value,omitempty"`   // I invention information, N additional
}

// Filing is another filing that a document refers to.
type Filing struct {
	Relation string    `json:"relation"` // see the Rel constants
	Office   string    `json:"office,omitempty"`
	Number   string    `json:"number,omitempty"`
	Date     date.Date `json:"date,omitempty"`
	Code     string    `json:"code,omitempty"` // kind code, ST.16
}

// Flag marks something in an entry that is damaged, doubtful or repaired.
type Flag struct {
	Code  string `json:"code"`            // "application_number.damaged"
	Field string `json:"field,omitempty"` // column or element
	Raw   string `json:"raw,omitempty"`   // what stood there, cut to 200 bytes
}

// First returns the first party that holds any of the given roles, trying the
// roles in turn, and nil if none does. Statistics go by the first-named
// applicant or holder.
func (d *Document) First(roles ...Role) *Party {
	for _, role := range roles {
		for i := range d.Parties {
			if d.Parties[i].Role == role {
				return &d.Parties[i]
			}
		}
	}
	return nil
}

// Principal returns the first-named holder, else the first-named applicant.
func (d *Document) Principal() *Party { return d.First(Holder, Applicant) }
