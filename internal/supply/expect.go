package supply

import (
	"math"

	"onewindow/internal/date"
)

// Expectation says how much a file or a delivery should hold. A nil bound says
// nothing.
type Expectation struct {
	Entries   Range    `yaml:"entries"`   // rows and documents read, damaged ones included
	Documents Range    `yaml:"documents"` // entries that stated a document
	Rejects   *float64 `yaml:"rejects"`   // greatest share of entries that may be rejected, 0 to 1
	Flags     *float64 `yaml:"flags"`     // greatest share of documents that may carry a flag
	Change    *float64 `yaml:"change"`    // greatest change of documents an issue against the delivery before, 0.5 for half
}

// Range is a least and a greatest number.
type Range struct {
	Min *int64 `yaml:"min"`
	Max *int64 `yaml:"max"`
}

func (e Expectation) empty() bool { return e == Expectation{} }

// Met is what a survey met.
type Met struct {
	Entries   int64
	Documents int64
	Rejected  int64
	Flagged   int64
	Issues    []date.Date // different days of issue, 0 where one is not known
}

// Add adds what another file held.
func (m *Met) Add(o Met) {
	m.Entries += o.Entries
	m.Documents += o.Documents
	m.Rejected += o.Rejected
	m.Flagged += o.Flagged
	for _, d := range o.Issues {
		known := false
		for _, have := range m.Issues {
			known = known || have == d
		}
		if !known {
			m.Issues = append(m.Issues, d)
		}
	}
}

// perIssue is how many documents an issue holds on the average.
func (m Met) perIssue() float64 { return float64(m.Documents) / float64(max(1, len(m.Issues))) }

// leastForShares is of how many a share is looked at: one of three tells nothing.
const leastForShares = 20

// What a finding is about.
const (
	OfEntries   = "entries"
	OfDocuments = "documents"
	OfRejects   = "rejects"
	OfFlags     = "flags"
	OfChange    = "change"
)

// Finding holds one expectation against what was met.
type Finding struct {
	What string // OfEntries and so on
	Met  float64
	Min  float64 // NaN where there is no bound
	Max  float64
}

// Breach tells whether what was met lies outside.
func (f Finding) Breach() bool { return f.Met < f.Min || f.Met > f.Max }

// Check holds what was met against what is expected. before is the delivery before
// this one, nil where there was none or where no change is looked at.
func (e Expectation) Check(m Met, before *Met) []Finding {
	var out []Finding
	none := math.NaN()
	ranged := func(what string, met int64, r Range) {
		if r.Min == nil && r.Max == nil {
			return
		}
		f := Finding{what, float64(met), none, none}
		if r.Min != nil {
			f.Min = float64(*r.Min)
		}
		if r.Max != nil {
			f.Max = float64(*r.Max)
		}
		out = append(out, f)
	}
	share := func(what string, part, of int64, most *float64) {
		if most != nil && of >= leastForShares {
			out = append(out, Finding{what, float64(part) / float64(of), none, *most})
		}
	}
	ranged(OfEntries, m.Entries, e.Entries)
	ranged(OfDocuments, m.Documents, e.Documents)
	share(OfRejects, m.Rejected, m.Entries, e.Rejects)
	share(OfFlags, m.Flagged, m.Documents, e.Flags)
	if e.Change != nil && before != nil && before.Documents > 0 {
		out = append(out, Finding{OfChange, m.perIssue()/before.perIssue() - 1, -*e.Change, *e.Change})
	}
	return out
}
