package st96

import (
	"slices"
	"strings"

	"onewindow/internal/record"
)

// pair is a value of an enumeration of ST.96 and what the register calls it.
type pair struct{ theirs, ours string }

// ours returns the register's word for a value, "" where it has none. The first
// pair with a value is the one that is written.
func ours(list []pair, theirs string) string {
	for _, p := range list {
		if strings.EqualFold(p.theirs, theirs) {
			return p.ours
		}
	}
	return ""
}

// theirs returns ST.96's value for a word of the register, "" where it has none.
func theirs(list []pair, ours string) string {
	for _, p := range list {
		if p.ours == ours && ours != "" {
			return p.theirs
		}
	}
	return ""
}

// markForms are MarkFeatureCategoryType, (550).
var markForms = []pair{
	{"Word", "word"}, {"Stylized characters", "word"}, {"Figurative", "figurative"}, {"Combined", "combined"},
	{"Three dimensional", "three_dimensional"}, {"Colour", "colour"}, {"Sound", "sound"}, {"Other", "other"},
	{"Hologram", "other"}, {"Olfactory", "other"}, {"Motion", "other"}, {"Multimedia", "other"},
	{"Position", "other"}, {"Touch", "other"}, {"Taste", "other"}, {"Tracer", "other"},
}

// drawingCodes are the first digits of the United States' mark drawing codes,
// which stand in MarkFeatureCode.
var drawingCodes = []pair{
	{"1", "word"}, {"2", "figurative"}, {"3", "combined"}, {"4", "word"}, {"5", "word"}, {"6", "sound"},
}

// markTypes are MarkCategoryType, (551). A plain mark has no type.
var markTypes = []pair{
	{"Service mark", record.MarkService}, {"Collective mark", record.MarkCollective}, {"Collective trademark", record.MarkCollective},
	{"Collective service mark", record.MarkCollective}, {"Collective membership mark", record.MarkCollective},
	{"Certification mark", record.MarkCertification}, {"Well known mark under TRIPS Article 16_2", record.MarkWellKnown},
	{"Well known mark under TRIPS Article 16_3", record.MarkWellKnown}, {"Well known collective mark", record.MarkWellKnown},
}

// markStates are MarkCurrentStatusCategoryType and words that offices put in its
// place, by the states of a mark's life.
var markStates = []pair{
	{"Application Filed", "filed"}, {"Filing date accorded", "filed"}, {"Classification checked", "examination"},
	{"Application accepted", "examination"}, {"Application published", "preliminarily_approved"}, {"Opposition pending", "opposed"},
	{"Registration published", "registered"}, {"Registered", "registered"}, {"Application refused", "refused"},
	{"Application withdrawn", "withdrawn"}, {"Registration cancelled", "cancelled"}, {"Registration surrendered", "cancelled"},
}

// designStates are DesignCurrentStatusCategoryType.
var designStates = []pair{
	{"Filed", "filed"}, {"Withdrawn", "withdrawn"}, {"Rejected", "refused"}, {"Registered", "in_force"},
	{"Cancelled", "cancelled"}, {"Expired", "expired"},
}

// designEvents are DesignApplicationEventCategoryType and DesignEventCategoryType.
var designEvents = []pair{
	{"Filed", "A10"}, {"Withdrawn", record.EventWithdrawn}, {"Rejected", record.EventRefused},
	{"Registered", record.EventRegistered}, {"Expired", record.EventExpired},
}

// indicationStates are GIStatusCategoryType.
var indicationStates = []pair{
	{"Filing", "filed"}, {"Published", "published"}, {"Registered", "registered"}, {"Ended", "cancelled"},
}

// indicationSchemes are GICategoryType.
var indicationSchemes = []pair{
	{"Protected Designation of Origin", "PDO"}, {"Protected Geographical Indication", "PGI"},
	{"Traditional Specialty Guaranteed", "TSG"}, {"Appellation of Origin", "AO"},
}

// events are the codes of events that are no office's own.
var events = []string{
	record.EventTransfer, record.EventLicence, record.EventLicenceEnd, record.EventPledge, record.EventPledgeRelease,
	record.EventAnnuity, record.EventLapse, record.EventRestored, record.EventExpired, record.EventAbandoned,
	record.EventInvalidated, record.EventGranted, record.EventRegistered, record.EventRefused, record.EventWithdrawn,
	record.EventExamination, record.EventOpposed, record.EventRenewed, record.EventCancelled, record.EventRecorded,
	record.EventChanged, record.EventOpenLicence, record.EventPreserved,
}

// standard is what codes of WIPO Standard ST.27 are written with, so that they
// are not taken for an office's own.
const standard = "ST.27:"

// eventCode returns the code of an event that an office writes as code, and
// whose event it is.
func eventCode(office, code string) (string, string) {
	if slices.Contains(events, code) {
		return code, ""
	}
	if own, ok := strings.CutPrefix(code, standard); ok {
		return own, ""
	}
	if len(code) > 3 && code[2] == ':' && strings.ToUpper(code[:2]) == code[:2] {
		return code, code[:2]
	}
	return office + ":" + code, office
}

// plainCode tells whether a code says itself whose it is.
func plainCode(code string) bool {
	return slices.Contains(events, code) || !strings.Contains(code, " ") && (strings.HasPrefix(code, standard) || len(code) > 3 && code[2] == ':')
}

// writtenCode is the inverse of eventCode.
func writtenCode(office, code string) string {
	if own, ok := strings.CutPrefix(code, office+":"); ok {
		return own
	}
	if slices.Contains(events, code) || strings.Contains(code, ":") {
		return code
	}
	return standard + code
}
