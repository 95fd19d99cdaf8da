package record

import "onewindow/internal/date"

// Event is something that happened to a right. Code is the ST.27 key event or
// category where there is one ("A10"), a name of the Event constants, or the
// office's own code, in which case Office names the office and Code begins with
// it ("EP:PGFP").
type Event struct {
	Date    date.Date `json:"date"`
	Code    string    `json:"code"`
	Text    string    `json:"text,omitempty"`
	Office  string    `json:"office,omitempty"`  // whose event it is, ST.3
	Number  string    `json:"number,omitempty"`  // under which it is recorded
	Until   date.Date `json:"until,omitempty"`   // end of a licence, a pledge, a year paid for
	Parties []Party   `json:"parties,omitempty"` // Former and Holder of a transfer, Licensee, Pledgee
	Facts   []Fact    `json:"facts,omitempty"`   // see the Fact constants
}

// The events that registers of rights state in words of their own.
const (
	EventTransfer      = "transfer"       // 转让, Patent Law Art. 10, Trademark Law Art. 42
	EventLicence       = "licence"        // 许可备案
	EventLicenceEnd    = "licence_end"    // its end or cancellation
	EventPledge        = "pledge"         // 质押登记, Civil Code Art. 444
	EventPledgeRelease = "pledge_release" // 质押注销
	EventAnnuity       = "annuity"        // 年费: a year paid for, which FactAnnuityYear names
	EventLapse         = "lapse"          // 终止 for want of an annuity, Patent Law Art. 44
	EventRestored      = "restored"       // 恢复, Patent Rules Art. 6
	EventExpired       = "expired"        // 期限届满
	EventAbandoned     = "abandoned"      // 放弃, in writing
	EventInvalidated   = "invalidated"    // 宣告无效, whole or part: see Text
	EventGranted       = "granted"        // 授权
	EventRegistered    = "registered"     // 注册, 登记
	EventRefused       = "refused"        // 驳回
	EventWithdrawn     = "withdrawn"      // 撤回, deemed withdrawn included
	EventExamination   = "examination"    // 实质审查生效
	EventOpposed       = "opposed"
	EventRenewed       = "renewed"   // 续展
	EventCancelled     = "cancelled" // 撤销, 注销
	EventRecorded      = "recorded"  // 海关备案
	EventChanged       = "changed"   // 著录事项变更, of names and addresses
	EventOpenLicence   = "open_licence"
	EventPreserved     = "preserved" // 保全
)

// Status is the state of a right in the words of a source.
type Status struct {
	Code string    `json:"code"`           // a state of the lifecycles, "in_force", where the source's word is known; else ""
	Text string    `json:"text,omitempty"` // the source's own word or code
	Date date.Date `json:"date,omitempty"` // since when, or as of when
}

// Day is a day in the life of a right, by name.
type Day struct {
	Name string    `json:"name"`
	Date date.Date `json:"date"`
}

// The names of days.
const (
	DayRegistered     = "registered"      // (151) registration; grant of a plant variety right
	DayExpires        = "expires"         // (180) as the source states it
	DayRenewed        = "renewed"         // (156)
	DayApproved       = "approved"        // (442) preliminary approval, published
	DayOpposable      = "opposable"       // last day for oppositions
	DayFirstUse       = "first_use"       // anywhere
	DayFirstCommerce  = "first_commerce"  // first use in commerce; first commercial exploitation
	DayCreated        = "created"         // completion of a work, of a layout
	DayFirstPublished = "first_published" // of a work
	DayPriority       = "priority"        // earliest priority
	DayInternational  = "international"   // international registration, (151) of Madrid; filing of a PCT application
	DayNational       = "national_phase"  // (85)
	DayIssued         = "issued"          // of a licence or qualification
)

// Mark is a trademark's sign, (540).
type Mark struct {
	Form        string   `json:"form,omitempty"` // word, figurative, combined, three_dimensional, colour, sound, other, (550)
	Words       []Text   `json:"words,omitempty"`
	Description []Text   `json:"description,omitempty"` // (571)
	Disclaimer  []Text   `json:"disclaimer,omitempty"`  // (526)
	Colours     string   `json:"colours,omitempty"`     // (591)
	Types       []string `json:"types,omitempty"`       // collective, certification, geographical, service, well_known
}

// The types of marks.
const (
	MarkCollective    = "collective"    // (551)
	MarkCertification = "certification" // (551)
	MarkGeographical  = "geographical"  // a geographical indication as a mark, Trademark Law Art. 16
	MarkService       = "service"
	MarkWellKnown     = "well_known" // 驰名, Trademark Law Art. 14
)

// Goods are goods or services of one class of one classification, (511).
type Goods struct {
	Class  string    `json:"class,omitempty"`  // Nice, two digits
	Groups []string  `json:"groups,omitempty"` // Chinese similar groups, four digits
	Texts  []Text    `json:"texts,omitempty"`
	Since  date.Date `json:"since,omitempty"`  // first use for these goods
	Status string    `json:"status,omitempty"` // in the source's words, where it differs by class
}

// Image is a picture that belongs to a right.
type Image struct {
	Use    string `json:"use"`              // mark, drawing, photograph, specimen
	Name   string `json:"name"`             // file name or address, as the source gives it
	Format string `json:"format,omitempty"` // JPG, TIF
	Text   string `json:"text,omitempty"`   // what it shows
}

// Fact is one value of a kind of right that others have not, by name.
type Fact struct {
	Name string `json:"name"`
	Lang string `json:"lang,omitempty"` // BCP 47, where it is text in a language
	Text string `json:"text"`
}

// The names of facts.
const (
	FactFamily        = "family"        // DOCDB simple family number
	FactArea          = "area"          // demarcated area of a geographical indication
	FactAnnouncement  = "announcement"  // announcement or certificate number
	FactScheme        = "scheme"        // product, agricultural, agreement; PDO, PGI, TSG
	FactDescription   = "description"   // of a product
	FactProtection    = "protection"    // what the name is protected for; terms of protection
	FactSpecies       = "species"       // botanical taxon of a variety
	FactGenus         = "genus"         // genus or species as the register groups it
	FactDenomination  = "denomination"  // of a plant variety
	FactBreeding      = "breeding"      // breeding number
	FactWorkType      = "work_type"     // in the register's words
	FactVersion       = "version"       // of software
	FactAuthorship    = "authorship"    // original, derived; how rights came about
	FactLayoutType    = "layout_type"   // structure, technology, function of a layout design
	FactAnnuityYear   = "annuity_year"  // which year of the patent was paid for
	FactAmount        = "amount"        // integer fen
	FactCurrency      = "currency"      // ISO 4217, where not CNY
	FactLicenceType   = "licence_type"  // exclusive, sole, ordinary, open
	FactContract      = "contract"      // number of a contract
	FactRights        = "rights"        // rights that a recordal covers
	FactLicence       = "licence"       // number of a practice licence
	FactQualification = "qualification" // number of an agent's qualification
	FactDesignated    = "designated"    // (831) designated office, ST.3, one fact each
	FactBasic         = "basic"         // (821) basic mark
	FactPages         = "pages"
	FactTermDays      = "term_days"    // days by which an office prolonged a term
	FactTermYears     = "term_years"   // for which an office grants
	FactRegister      = "register"     // which register a mark stands in, principal or supplemental
	FactBasis         = "filing_basis" // section of the law that an application rests on
	FactStatement     = "statement"    // what an office says of a mark in a text of a stated type
	FactTermNote      = "term_note"    // what else an office says of a term, such as a disclaimer of its end
	FactLocation      = "location"     // where a file or case lies in its office
	FactForeignName   = "foreign_name" // name in its own script or transliterated
	FactSourceID      = "source_id"    // key of the entry within its source

	FactFilingLanguage      = "filing_language"      // (25), ISO 639-1
	FactPublicationLanguage = "publication_language" // (26), ISO 639-1
	FactClaimsLanguage      = "claims_language"      // a language in which the source has the claims
	FactDescriptionLanguage = "description_language" // a language in which the source has the description
)

// The relations of filings.
const (
	RelPriority   = "priority"            // (30)
	RelDivisional = "divisional"          // (62)
	RelAddition   = "addition"            // (61)
	RelContinues  = "continuation"        // (63)
	RelReissue    = "reissue"             // (64)
	RelDomestic   = "domestic_priority"   // (66)
	RelPCT        = "pct_application"     // (86)
	RelPCTPub     = "pct_publication"     // (87)
	RelNational   = "national_entry"      // (85)
	RelEarlier    = "earlier_publication" // (65)
	RelFamily     = "family"              // a member of the same simple family
	RelProvision  = "provisional"         // (60)
	RelBasic      = "basic"               // (821) basic application or registration of an international mark
	RelRecorded   = "recorded"            // the right that a customs recordal is for

	RelPart        = "continuation_in_part" // (63)
	RelReexamined  = "reexamination"        // (64)
	RelSubstitutes = "substitution"         // (63)
	RelBasedOn     = "utility_model_basis"  // (67)
	RelHague       = "hague"                // international registration of a design

	RelForeign       = "foreign_registration"       // on which an application for a mark rests, Paris Convention Art. 6quinquies
	RelInternational = "international_registration" // that protects the mark here, or that was asked for on its ground
)
