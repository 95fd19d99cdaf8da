// Package record holds the canonical form of what an official source says of a
// right: documents, parties, numbers and their check digits. It does no I/O.
package record

import "onewindow/internal/date"

// Kind is the sort of right. The ST.16 kind code of a publication is another
// thing: see Document.Code.
type Kind string

// The kinds of right that the register knows.
const (
	Invention    Kind = "invention"     // 发明专利, Patent Law Art. 2
	UtilityModel Kind = "utility_model" // 实用新型
	Design       Kind = "design"        // 外观设计
)

// Kinds lists every kind in the order in which tables show them.
var Kinds = []Kind{Invention, UtilityModel, Design}

// Document is one publication of one right as one entry of one source states
// it: the unit that is read, hashed, kept and never changed. Everything a view
// shows of a right is taken from its documents.
type Document struct {
	Office string `json:"office"`         // (19) publishing office, ST.3
	Number string `json:"number"`         // (11) publication number, digits only
	Code   string `json:"code,omitempty"` // (13) kind code, ST.16
	Kind   Kind   `json:"kind"`

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
	Holder    Role = "holder"    // (73)
	Agent     Role = "agent"     // (74), a natural person
	Agency    Role = "agency"    // (74), a firm
)

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

// The schemes of patents.
const (
	IPC     Scheme = "ipc"     // International Patent Classification
	Locarno Scheme = "locarno" // industrial designs
)

// Class is one symbol of a classification.
type Class struct {
	Scheme  Scheme `json:"scheme"`
	Symbol  string `json:"symbol"`            // "H01M10/0525", "01-01"
	Version string `json:"version,omitempty"` // "2006.01"; the edition, "12", of Locarno
	Value   string `json:"value,omitempty"`   // I invention information, N additional
}

// Filing is another filing that a document refers to.
type Filing struct {
	Relation string    `json:"relation"` // priority, divisional, pct_application, pct_publication, national_entry, domestic_priority, earlier_publication
	Office   string    `json:"office,omitempty"`
	Number   string    `json:"number,omitempty"`
	Date     date.Date `json:"date,omitempty"`
}

// Event is something that happened to a right, named by its ST.27 key event
// where there is one.
type Event struct {
	Date date.Date `json:"date"`
	Code string    `json:"code"`
	Text string    `json:"text,omitempty"`
}

// Flag marks something in an entry that is damaged, doubtful or repaired.
type Flag struct {
	Code  string `json:"code"`            // "application_number.damaged"
	Field string `json:"field,omitempty"` // column or element
	Raw   string `json:"raw,omitempty"`   // what stood there, cut to 200 bytes
}

// DocID is the document's own number in one piece, "CN109996757A".
func (d *Document) DocID() string { return d.Office + d.Number + d.Code }

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
