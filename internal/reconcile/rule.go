package reconcile

import (
	"slices"

	"onewindow/internal/official"
)

// ruleDef is one way in which an office may count otherwise.
type ruleDef struct {
	id     string
	family string // what the statement of differences calls it
	group  string // of several rules of a group one alone can hold, "" for none
	apply  func(*reading)
	fits   func(*official.Table) bool // whether it can make a difference to a table; nil: always
}

// The families of rules.
const (
	familyKind    = "kind"    // the kind, by the file or by the number
	familyUnit    = "unit"    // what is counted
	familyRegion  = "region"  // where a right counts
	familyHolder  = "holder"  // which holder decides
	familyDate    = "date"    // which day decides
	familyLapse   = "lapse"   // lapses that became known later
	familySource  = "source"  // what is not loaded
	familyDispute = "dispute" // what sources dispute
)

func flow(t *official.Table) bool  { return t.Measure != official.InForce }
func stock(t *official.Table) bool { return t.Measure == official.InForce }
func long(t *official.Table) bool  { return flow(t) && t.To > t.From.AddDays(2*edgeDays) }
func gazetted(t *official.Table) bool {
	return t.Measure == official.Granted || t.Measure == official.Published
}

// rules lists the rules in the order in which they are laid one upon the other: a
// record that two of them move counts for the first.
var rules = []ruleDef{
	{"missing_source", familySource, "", func(r *reading) { r.missing = true }, nil},
	{"kind_of_file", familyKind, "", func(r *reading) { r.byFile = true }, gazetted},
	{"publications", familyUnit, "", func(r *reading) { r.publications = true }, gazetted},
	{"repeats", familyUnit, "", func(r *reading) { r.repeats = true }, gazetted},
	{"per_class", familyUnit, "", func(r *reading) { r.perClass = true }, nil},
	{"without_override", familyRegion, "", func(r *reading) { r.noOverrides = true }, nil},
	{"disputed_as_shown", familyDispute, "", func(r *reading) { r.noDisputes = true }, nil},
	{"any_holder", familyHolder, "holder", func(r *reading) { r.parties = anyHolder }, nil},
	{"home_holder", familyHolder, "holder", func(r *reading) { r.parties = homeHolder }, nil},
	{"first_applicant", familyHolder, "holder", func(r *reading) { r.parties = firstApplicant }, nil},
	{"city_named", familyRegion, "holder", func(r *reading) { r.parties = cityNamed }, nil},
	{"county_apart", familyRegion, "", func(r *reading) { r.countyApart = true }, nil},
	{"without_predecessors", familyRegion, "", func(r *reading) { r.noPredecessors = true }, nil},
	{"without_other", familyRegion, "", func(r *reading) { r.noOther = true }, nil},
	{"by_filing_day", familyDate, "date", func(r *reading) { r.basis = byFiling }, func(t *official.Table) bool { return flow(t) && t.Measure != official.Filed }},
	{"by_first_publication", familyDate, "date", func(r *reading) { r.basis = byFirst }, flow},
	{"by_register_entry", familyDate, "date", func(r *reading) { r.basis = byRegister }, flow},
	{"week_before", familyDate, "edge_from", func(r *reading) { r.edgeBefore = true }, flow},
	{"without_first_week", familyDate, "edge_from", func(r *reading) { r.edgeFirst = true }, long},
	{"week_after", familyDate, "edge_to", func(r *reading) { r.edgeAfter = true }, flow},
	{"without_last_week", familyDate, "edge_to", func(r *reading) { r.edgeLast = true }, long},
	{"as_known_then", familyLapse, "", func(r *reading) { r.asThen = true }, stock},
}

// ruleNamed returns the rule with an id, nil if there is none.
func ruleNamed(id string) *ruleDef {
	at := slices.IndexFunc(rules, func(r ruleDef) bool { return r.id == id })
	if at < 0 {
		return nil
	}
	return &rules[at]
}

// RuleIDs lists the ids of the rules in their order.
func RuleIDs() []string {
	var out []string
	for _, r := range rules {
		out = append(out, r.id)
	}
	return out
}

// under returns the reading of several rules together.
func under(some []int) reading {
	var r reading
	for _, i := range some {
		rules[i].apply(&r)
	}
	return r
}
