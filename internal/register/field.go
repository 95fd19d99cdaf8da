package register

// Field is one thing that a view says of a right and that has its own origin.
type Field uint8

// The fields of a view. Texts are settled by language, filings by relation,
// publication days and gazettes by document, days and facts by name: see
// Dispute.Part. Their order is for good: new ones come last.
const (
	FieldKind Field = iota
	FieldApplication
	FieldFiled
	FieldTitle
	FieldAbstract
	FieldApplicant
	FieldInventor
	FieldHolder
	FieldAgent
	FieldAgency
	FieldIPC
	FieldLocarno
	FieldFiling
	FieldCited
	FieldClaims
	FieldPublished
	FieldGazette
	FieldEvent
	FieldDocument
	FieldOverride
	FieldParty // of the roles that have no field of their own, by role
	FieldClass // of the schemes that have no field of their own, by scheme
	FieldStatus
	FieldDay // by name
	FieldMark
	FieldGoods
	FieldImage
	FieldFact // by name
	fieldCount
)

var fieldNames = [fieldCount]string{
	"kind", "application", "filed", "title", "abstract", "applicant", "inventor", "holder", "agent", "agency",
	"ipc", "locarno", "filing", "cited", "claims", "published", "gazette", "event", "document", "override",
	"party", "class", "status", "day", "mark", "goods", "image", "fact",
}

// String returns the field's name, as the API writes it.
func (f Field) String() string { return fieldNames[f] }

// MarshalText writes the field's name.
func (f Field) MarshalText() ([]byte, error) { return []byte(f.String()), nil }
