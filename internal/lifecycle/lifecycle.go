// Package lifecycle computes in which state of its life a right was on a day, what
// comes next, and by which rule: from the record and from rules that are data
// (defs/lifecycles). What no loaded source says is not guessed but named.
package lifecycle

import (
	"onewindow/internal/date"
	"onewindow/internal/register"
)

// Certainty says how sure a state is.
type Certainty string

const (
	Derived   Certainty = "derived"    // follows from the law and stated days
	Stated    Certainty = "stated"     // a source states it as of the day asked for, or later
	LastKnown Certainty = "last_known" // was so when last heard of; later events may be unknown here
)

// Law is the rule behind a statement.
type Law struct {
	Instrument string // id of defs/lifecycles/instruments.yaml
	Names      map[string]string
	Article    string // "42", "39, 40", "" where only the instrument is known
	Verified   bool   // read in the text of the instrument; else from general knowledge
}

// Phase is a state from a day on.
type Phase struct {
	State  string
	From   date.Date
	Law    *Law  // where a rule brought it, not a source
	Origin int32 // index into View.Statements, -1 where a rule brought it
}

// Step is something that falls due.
type Step struct {
	ID          string    // of the clock: annuity, renewal, examination_request
	Opens       date.Date // first day on which it can be done, 0 if at once
	Due         date.Date // last day; rolled to a working day
	Nominal     date.Date // the day by the calendar
	Provisional bool      // the holidays of that year are not known yet
	Grace       date.Date // last day with a surcharge, 0 if there is none
	Year        int       // of an annuity
	Fen         int64     // fee in fen, 0 where none is known
	Then        string    // the state that follows if nothing is done, "" where nothing does
	Law         *Law
}

// Term is how long a right can last.
type Term struct {
	Ends    date.Date
	Without bool // it has no end while its conditions hold
	Law     *Law
}

// Overlay is something that lies on a right beside its state.
type Overlay struct {
	Name   string // pledged, licensed, open_licence, preserved
	Since  date.Date
	Until  date.Date // as stated, 0 if open
	Origin int32
}

// Note is something that a reader must know of what is shown.
type Note struct {
	Code string // text "life.note.<Code>"
	Args map[string]any
}

// Life is what is known of a right's life as of a day.
type Life struct {
	On        date.Date
	Rules     string // id of the rules, "" where there are none for this kind and office
	Phase            // the present one; State is "" where nothing is known
	Certainty Certainty
	AsOf      date.Date // the day up to which a source speaks, for Stated and LastKnown; 0 unknown
	History   []Phase   // oldest first, the present one last
	Term      *Term
	Next      []Step // soonest first
	Overlays  []Overlay
	Notes     []Note
}

// Sources says up to which day the loaded sources tell all of something, 0 where
// none does.
type Sources struct {
	Events    date.Date // legal status: lapses, transfers, invalidations
	Annuities date.Date
}

// walk begins the way of a right up to the end of a day. It has no cycle where no
// rules are for the right.
func (r *Rules) walk(v *register.View, on date.Date, s Sources) *walk {
	w := &walk{rules: r, v: v, on: on, sources: s, life: Life{On: on, Phase: Phase{Origin: -1}}}
	w.cycle = r.cycles[key{v.Office(), v.Kind}]
	return w
}

// Of computes the life of a right as of the end of a day. It needs the day, since
// the same record says another thing on another day.
func (r *Rules) Of(v *register.View, on date.Date, s Sources) Life {
	w := r.walk(v, on, s)
	if w.cycle == nil {
		w.stated()
		w.note("no_rules", map[string]any{"office": v.Office()})
		return w.life
	}
	w.life.Rules = w.cycle.id
	w.states()
	w.clocks()
	if w.cycle.calendar == nil && len(w.life.Next) > 0 {
		w.note("no_calendar", nil)
	}
	w.overlays()
	w.judge()
	return w.life
}
