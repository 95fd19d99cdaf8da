package reconcile

import (
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/official"
	"onewindow/internal/record"
)

// dateBasis says which day of a right decides in which period it counts.
type dateBasis uint8

const (
	byEvent    dateBasis = iota // the day of what the table counts
	byFiling                    // the day of filing
	byFirst                     // the day of the first publication
	byRegister                  // the day of the entry in the register of legal states
)

// parties says which of a right's parties decides where it counts.
type parties uint8

const (
	firstHolder    parties = iota // the first-named holder, else applicant
	anyHolder                     // every region in which one of them lies
	homeHolder                    // the first-named one within the province
	firstApplicant                // the first-named applicant, though the holder has changed
	cityNamed                     // the city whose name stands in the address
)

// reading is one way to count. The zero reading is the office's own.
type reading struct {
	none    bool // nothing counts
	basis   dateBasis
	parties parties

	edgeBefore, edgeAfter bool // a week before, or after, the period counts too
	edgeFirst, edgeLast   bool // the first, or last, week of the period does not count

	countyApart    bool // cities without the counties that the table lists beside them
	noPredecessors bool // units that are abolished count for the city above alone
	noOverrides    bool // as the rules classify, whatever officers decided
	noOther        bool // the province without what lies in no city
	noDisputes     bool // of what sources dispute the variant shown counts

	byFile       bool // the kind is that of the file, not that of the number
	publications bool // every publication counts
	repeats      bool // so does every row that repeats one
	perClass     bool // marks count once for each class

	asThen  bool // in force as was known on the day
	missing bool // what is known to have happened though its document is not loaded
}

// count is one unit of something, by the dimensions of cells.
type count struct {
	region string
	kind   record.Kind
	holder string
	day    date.Date
	unit   int32 // counts of one unit are the same thing in several places
	n      int32
}

// printing is one publication of a right.
type printing struct {
	day     date.Date
	grant   bool
	repeats int32 // rows of one file that state it again
}

// facts are all that readings need to know of a right.
type facts struct {
	right  int64
	gone   bool  // it stands in no file that is loaded now
	known  int64 // the state in which it stood, for one that is gone
	kind   record.Kind
	holder string

	region    string // as it is counted
	ruled     string // as the rules classify the first-named party
	applicant string
	home      string
	named     string
	all       []string // regions of all parties, each once
	dispute   bool
	override  bool

	fileKind  record.Kind // where the file is of another kind
	fileGrant bool

	event    date.Date // of what is counted, by a document that is loaded
	evidence date.Date // the same by anything else that is loaded
	filed    date.Date
	first    date.Date
	entered  date.Date
	prints   []printing
	classes  int32

	inForce, inForceThen bool
}

// edgeDays is the reach of the readings about the edges of a period: an issue of
// the gazette.
const edgeDays = 7

// counts returns how a right counts under a reading of a table.
func (r *reading) counts(f *facts, t *official.Table, out []count) []count {
	out = out[:0]
	if r.none || f.gone && !r.missing {
		return out
	}
	c := count{kind: f.kind, holder: f.holder, n: 1}
	if r.perClass && f.classes > 1 {
		c.n = f.classes
	}
	switch {
	case t.Measure == official.InForce:
		if in := r.asThen && f.inForceThen || !r.asThen && f.inForce; !in {
			return out
		}
		c.day = t.To
		out = r.places(f, c, out)
	case r.publications && (t.Measure == official.Granted || t.Measure == official.Published):
		for _, p := range f.prints {
			c.day, c.n, c.unit = r.atEdge(p.day, t), 1, c.unit+1
			if c.day == 0 {
				continue
			}
			if r.repeats {
				c.n += p.repeats
			}
			out = r.places(f, c, out)
		}
	default:
		c.day = r.day(f, t, &c)
		if r.repeats {
			for _, p := range f.prints {
				if p.day == f.event && p.grant == (t.Measure == official.Granted) {
					c.n += p.repeats
				}
			}
		}
		if c.day = r.atEdge(c.day, t); c.day != 0 {
			out = r.places(f, c, out)
		}
	}
	return out
}

// day returns the day by which a right counts, 0 where it does not.
func (r *reading) day(f *facts, t *official.Table, c *count) date.Date {
	event := f.event
	if r.byFile && f.fileKind != "" {
		c.kind = f.fileKind
		switch {
		case t.Measure == official.Granted && !f.fileGrant:
			event = 0
		case t.Measure == official.Published && !f.fileGrant && event == 0:
			event = f.first
		}
	}
	if event == 0 && r.missing {
		event = f.evidence
	}
	if event == 0 {
		return 0
	}
	switch r.basis {
	case byFiling:
		return f.filed
	case byFirst:
		return f.first
	case byRegister:
		if f.entered != 0 {
			return f.entered
		}
	}
	return event
}

// atEdge lets days near the edges of the period count, or not.
func (r *reading) atEdge(d date.Date, t *official.Table) date.Date {
	switch {
	case d == 0 || t.From == 0:
	case r.edgeBefore && d < t.From && d >= t.From.AddDays(-edgeDays):
		return t.From
	case r.edgeAfter && d > t.To && d <= t.To.AddDays(edgeDays):
		return t.To
	case r.edgeFirst && d >= t.From && d < t.From.AddDays(edgeDays),
		r.edgeLast && d <= t.To && d > t.To.AddDays(-edgeDays):
		return 0
	}
	return d
}

// places adds a count in each region where the right counts.
func (r *reading) places(f *facts, c count, out []count) []count {
	decided := f.override && !r.noOverrides // by an officer, above all rules
	c.region = f.region
	if f.override && r.noOverrides || f.dispute && !f.override && r.noDisputes {
		c.region = f.ruled
	}
	if !decided {
		switch r.parties {
		case anyHolder:
			for _, place := range f.all {
				c.region = place
				out = append(out, c)
			}
			if len(f.all) > 0 {
				return out
			}
		case homeHolder:
			if f.home != "" {
				c.region = f.home
			}
		case cityNamed:
			c.region = f.named
		case firstApplicant:
			if f.applicant != "" {
				c.region = f.applicant
			}
		}
	}
	return append(out, c)
}

// isGrant tells whether the kind code of a patent document, ST.16, is that of a
// granted right: all but A, under which applications are published.
func isGrant(code string) bool { return code != "" && !strings.HasPrefix(code, "A") }
