package tabular

import (
	"slices"
	"sort"
	"strings"

	"onewindow/internal/record"
)

// sort of value that a field takes.
type shape int

const (
	text   shape = iota // as it stands
	day                 // a date
	digits              // a registration or application number
	money               // an amount, kept as integer fen
	count               // a whole number
	choice              // one of a list
)

// field is a part of a document that a column can feed.
type field struct {
	name  string // as mappings write it
	shape shape
	many  bool     // several values of a cell all go there
	late  bool     // a part of what another column names: filled in behind it
	known []string // of a choice: what it may be
	set   func(*row, *Column, []value)
}

// fieldNamed finds the field that a mapping names: one of the plain ones, or one
// of a family such as holder.address, fact.area, event.licensee.
func fieldNamed(name string) *field {
	if f := plain[name]; f != nil {
		named := *f
		named.name = name
		return &named
	}
	head, rest, _ := strings.Cut(name, ".")
	switch head {
	case "event":
		return eventField(name, rest)
	case "day":
		if slices.Contains(dayNames, rest) {
			return &field{name: name, shape: day, set: func(r *row, _ *Column, v []value) { r.day(rest, v) }}
		}
	case "fact":
		if slices.Contains(factNames, rest) {
			return &field{name: name, shape: factShape(rest), many: true, set: func(r *row, c *Column, v []value) {
				r.doc.Facts = appendFacts(r.doc.Facts, rest, c, v)
			}}
		}
	case "class":
		if slices.Contains(record.Schemes, record.Scheme(rest)) {
			return &field{name: name, many: true, set: func(r *row, c *Column, v []value) { r.classes(record.Scheme(rest), c, v) }}
		}
	case "filing":
		relation, part, _ := strings.Cut(rest, ".")
		return filingField(name, relation, part)
	case "image":
		if slices.Contains(imageUses, rest) {
			return &field{name: name, many: true, set: func(r *row, _ *Column, v []value) { r.images(rest, v) }}
		}
	}
	return partyField(name, head, rest, func(r *row) *[]record.Party { return &r.doc.Parties })
}

// The names that days, facts and pictures may have: those that the register shows.
var (
	dayNames = []string{
		record.DayRegistered, record.DayExpires, record.DayRenewed, record.DayApproved, record.DayOpposable, record.DayFirstUse,
		record.DayFirstCommerce, record.DayCreated, record.DayFirstPublished, record.DayPriority, record.DayInternational,
		record.DayNational, record.DayIssued,
	}
	factNames = []string{
		record.FactFamily, record.FactArea, record.FactAnnouncement, record.FactScheme, record.FactDescription,
		record.FactProtection, record.FactSpecies, record.FactGenus, record.FactDenomination, record.FactBreeding,
		record.FactWorkType, record.FactVersion, record.FactAuthorship, record.FactLayoutType, record.FactAnnuityYear,
		record.FactAmount, record.FactCurrency, record.FactLicenceType, record.FactContract, record.FactRights,
		record.FactLicence, record.FactQualification, record.FactDesignated, record.FactBasic, record.FactPages,
		record.FactTermDays, record.FactTermYears, record.FactTermNote, record.FactLocation, record.FactForeignName,
		record.FactSourceID, record.FactBasis, record.FactRegister, record.FactStatement, record.FactFilingLanguage,
		record.FactPublicationLanguage, record.FactDescriptionLanguage, record.FactClaimsLanguage,
	}
	imageUses = []string{"mark", "drawing", "photograph", "specimen"}
)

func factShape(name string) shape {
	if name == record.FactAmount {
		return money
	}
	return text
}

// partyField finds the name or a part of the parties that hold one role.
func partyField(name, role, part string, list func(*row) *[]record.Party) *field {
	if !slices.Contains(record.Roles, record.Role(role)) {
		return nil
	}
	f := &field{name: name, many: true}
	switch part {
	case "":
		f.set = func(r *row, c *Column, v []value) { nameParties(list(r), record.Role(role), r.lang(c), v) }
	case "address", "postcode", "country", "region", "ident":
		f.late = true
		f.set = func(r *row, c *Column, v []value) { r.partParties(list(r), record.Role(role), part, c, v) }
	default:
		return nil
	}
	return f
}

// eventField finds a part of the event that a row states.
func eventField(name, part string) *field {
	one := func(set func(*record.Event, value)) *field {
		return &field{name: name, set: func(r *row, _ *Column, v []value) { set(r.event(), v[0]) }}
	}
	var f *field
	switch part {
	case "":
		f = one(func(e *record.Event, v value) { keep(&e.Code, v.text) })
		f.shape, f.known = choice, eventCodes
	case "date":
		f = one(func(e *record.Event, v value) { keepDay(&e.Date, v.day) })
		f.shape = day
	case "until":
		f = one(func(e *record.Event, v value) { keepDay(&e.Until, v.day) })
		f.shape = day
	case "number":
		f = one(func(e *record.Event, v value) { keep(&e.Number, v.text) })
	case "text":
		f = one(func(e *record.Event, v value) { keep(&e.Text, v.text) })
	case "office":
		f = one(func(e *record.Event, v value) { keep(&e.Office, v.text) })
	default:
		head, rest, _ := strings.Cut(part, ".")
		if head == "fact" && slices.Contains(factNames, rest) {
			return &field{name: name, shape: factShape(rest), many: true, set: func(r *row, c *Column, v []value) {
				e := r.event()
				e.Facts = appendFacts(e.Facts, rest, c, v)
			}}
		}
		return partyField(name, head, rest, func(r *row) *[]record.Party { return &r.event().Parties })
	}
	return f
}

// eventCodes are what a column of events may say beside ST.27 codes.
var eventCodes = []string{
	record.EventTransfer, record.EventLicence, record.EventLicenceEnd, record.EventPledge, record.EventPledgeRelease,
	record.EventAnnuity, record.EventLapse, record.EventRestored, record.EventExpired, record.EventAbandoned,
	record.EventInvalidated, record.EventGranted, record.EventRegistered, record.EventRefused, record.EventWithdrawn,
	record.EventExamination, record.EventOpposed, record.EventRenewed, record.EventCancelled, record.EventRecorded,
	record.EventChanged, record.EventOpenLicence, record.EventPreserved,
}

// relations are the names of filings that a column may give.
var relations = []string{
	record.RelPriority, record.RelDivisional, record.RelAddition, record.RelContinues, record.RelReissue, record.RelDomestic,
	record.RelPCT, record.RelPCTPub, record.RelNational, record.RelEarlier, record.RelFamily, record.RelProvision,
	record.RelBasic, record.RelRecorded, record.RelBasedOn, record.RelForeign, record.RelHague, record.RelInternational,
	record.RelPart, record.RelReexamined, record.RelSubstitutes,
}

// filingField finds a part of the filings of one relation.
func filingField(name, relation, part string) *field {
	if !slices.Contains(relations, relation) {
		return nil
	}
	f := &field{name: name, many: true}
	switch part {
	case "":
		f.set = func(r *row, _ *Column, v []value) {
			for i, x := range v {
				r.filing(relation, i).Number = x.text
			}
		}
	case "date":
		f.shape = day
		f.set = func(r *row, _ *Column, v []value) {
			for i, x := range v {
				r.filing(relation, i).Date = x.day
			}
		}
	case "office":
		f.set = func(r *row, _ *Column, v []value) {
			for i, x := range v {
				r.filing(relation, i).Office = x.text
			}
		}
	default:
		return nil
	}
	return f
}

// FieldNames lists the plain fields and the patterns of the others, for messages.
func FieldNames() []string {
	var out []string
	for name := range plain {
		out = append(out, name)
	}
	sort.Strings(out)
	return append(out, "ROLE", "ROLE.address|postcode|country|region|ident", "class.SCHEME", "day."+strings.Join(dayNames, "|"),
		"fact."+strings.Join(factNames, "|"), "image."+strings.Join(imageUses, "|"),
		"filing.RELATION", "filing.RELATION.date|office", "event", "event.date|until|number|text|office",
		"event.ROLE", "event.fact.NAME")
}
