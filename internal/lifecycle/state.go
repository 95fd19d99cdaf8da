package lifecycle

import (
	"cmp"
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// walk is one right on its way through its life.
type walk struct {
	rules   *Rules
	cycle   *cycle
	v       *register.View
	on      date.Date
	sources Sources
	life    Life

	confirmed date.Date // day as of which a source states the present state, 0 if none does
}

func (w *walk) note(code string, args map[string]any) {
	w.life.Notes = append(w.life.Notes, Note{code, args})
}

// anchor returns a day by the name that rules use for it, 0 if it is not known.
func (w *walk) anchor(name string) date.Date {
	switch name {
	case "filed":
		return w.v.Application.Filed
	case "priority":
		return w.priority()
	case "earliest":
		return w.earliest()
	case "state":
		return w.life.From
	}
	if d := w.v.Day(name); d != 0 {
		return d
	}
	if name == "granted" {
		return cmp.Or(w.firstOf("in_force"), w.firstOf("granted"), w.event(name))
	}
	return w.event(name)
}

// priority is the earliest priority that the right claims.
func (w *walk) priority() date.Date {
	d := w.v.Day(record.DayPriority)
	for _, f := range w.v.Filings {
		if (f.Relation == record.RelPriority || f.Relation == record.RelDomestic) && f.Date != 0 && (d == 0 || f.Date < d) {
			d = f.Date
		}
	}
	return d
}

// earliest is the filing of the application or of the earliest one that it goes on
// from: a parent or an international application (35 U.S.C. 154(a)(2)).
func (w *walk) earliest() date.Date {
	d := w.v.Application.Filed
	for _, f := range w.v.Filings {
		switch f.Relation {
		case record.RelContinues, record.RelPart, record.RelDivisional, record.RelPCT:
			if f.Date != 0 && (d == 0 || f.Date < d) {
				d = f.Date
			}
		}
	}
	return d
}

// event returns the day of the first event with a code.
func (w *walk) event(code string) date.Date {
	for _, e := range w.v.Events {
		if e.Code == code {
			return e.Date
		}
	}
	return 0
}

// firstOf returns when a state was first reached.
func (w *walk) firstOf(state string) date.Date {
	for _, p := range w.life.History {
		if p.State == state {
			return p.From
		}
	}
	return 0
}

// found is something that brought a state, in its place in time.
type found struct {
	Phase
	at    date.Date
	order int
}

// states takes the last state by the day asked for.
func (w *walk) states() {
	all := w.found()
	for _, f := range all {
		w.pass(f.Phase)
	}
	if n := len(all); n > 0 && all[n-1].order != len(w.cycle.states) {
		w.confirmed = 0 // something happened since
	}
	w.heard()
}

// pass enters a phase, unless it is of the state that holds already.
func (w *walk) pass(p Phase) {
	h := w.life.History
	if len(h) == 0 || h[len(h)-1].State != p.State {
		w.life.History = append(h, p)
	}
	w.settle()
}

// found puts in order what brought a state by the day asked for. Of two on one day
// the later one in the rules counts.
func (w *walk) found() []found {
	var all []found
	add := func(order int, state string, d date.Date, origin int32) {
		if d != 0 && d <= w.on {
			all = append(all, found{Phase{State: state, From: d, Origin: origin}, d, order})
		}
	}
	for i, t := range w.cycle.states {
		switch {
		case t.Day != "":
			add(i, t.State, w.anchor(t.Day), w.originOfDay(t.Day))
		case len(t.Event) > 0:
			for _, e := range w.v.Events {
				if t.Event.have(&e.Event) && !t.Except.says(&e.Event) {
					add(i, t.State, e.Date, e.From)
				}
			}
		default:
			if p := w.firstDocument(t.State); p != nil && t.fits(p) {
				add(i, t.State, p.Published, p.From)
			}
		}
	}
	if s := w.v.Status; s != nil && s.Code != "" {
		all = append(all, w.status(s)...)
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order)) })
	return all
}

// fits tells whether a document is of the sort that brings the state.
func (t *trigger) fits(p *register.Publication) bool {
	return t.Document.begins(p.Code) && (t.Before == 0 || p.Published < t.Before)
}

// firstDocument returns the earliest document that brings a state, nil if none
// does. Those that follow, corrections and the texts after a partial
// invalidation, do not bring it again to a right that may have ended since.
func (w *walk) firstDocument(state string) *register.Publication {
	var first *register.Publication
	for i := range w.v.Documents {
		p := &w.v.Documents[i]
		brings := slices.ContainsFunc(w.cycle.states, func(t trigger) bool { return t.State == state && t.fits(p) })
		if brings && p.Published != 0 && (first == nil || p.Published < first.Published) {
			first = p
		}
	}
	return first
}

// status is the state that a source states. Without a day of its own it holds as
// of the day on which the source was produced, and since when is not known.
func (w *walk) status(s *register.Stated) []found {
	at := s.Date
	if from := w.v.Source(s.From); at == 0 && from != nil {
		at = from.Issued
	}
	if at > w.on {
		return nil
	}
	w.confirmed = at
	if at == 0 { // what the source says is of no earlier day than what is known
		if at = w.lastStated(); at > w.on {
			return nil
		}
	}
	if at == 0 {
		at = w.on
	}
	return []found{{Phase{State: s.Code, From: s.Date, Origin: s.From}, at, len(w.cycle.states)}}
}

// lastStated returns the last day on which, of all that is known, something brought a
// state; 0 where nothing with a day did.
func (w *walk) lastStated() date.Date {
	last := date.Date(0)
	for _, t := range w.cycle.states {
		if t.Day != "" {
			last = max(last, w.anchor(t.Day))
		}
	}
	for i := range w.v.Events {
		last = max(last, w.v.Events[i].Date)
	}
	for i := range w.v.Documents {
		last = max(last, w.v.Documents[i].Published)
	}
	return last
}

// settle makes the last phase of the history the present one.
func (w *walk) settle() {
	if n := len(w.life.History); n > 0 {
		w.life.Phase = w.life.History[n-1]
	}
}

func (w *walk) originOfDay(name string) int32 {
	for i := range w.v.Days {
		if w.v.Days[i].Name == name {
			return w.v.Days[i].From
		}
	}
	for i := range w.v.Events {
		if w.v.Events[i].Code == name {
			return w.v.Events[i].From
		}
	}
	return -1
}

// heard notes up to which day any source speaks of the right.
func (w *walk) heard() {
	at := w.sources.Events
	for i := range w.v.Statements {
		s := &w.v.Statements[i]
		at = max(at, s.Issued, s.Doc.Published)
	}
	w.life.AsOf = min(at, w.on)
}

// stated takes the state in a source's words, where there are no rules.
func (w *walk) stated() {
	w.heard()
	w.life.Certainty = LastKnown
	if s := w.v.Status; s != nil && s.Date <= w.on {
		w.life.Phase = Phase{State: s.Code, From: s.Date, Origin: s.From}
		w.life.History = []Phase{w.life.Phase}
	}
}

// overlays finds what lies on the right: begun and not ended by the day asked for.
func (w *walk) overlays() {
	for _, o := range w.cycle.overlays {
		for _, p := range w.v.Documents {
			if o.Document.begins(p.Code) && p.Published >= o.Since && p.Published <= w.on {
				w.life.Overlays = append(w.life.Overlays, Overlay{Name: o.Overlay, Since: p.Published, Origin: p.From})
			}
		}
		for i, e := range w.v.Events {
			if !o.Event.have(&e.Event) || o.Words.Regexp != nil && !o.Words.says(&e.Event) || e.Date > w.on || e.Until != 0 && e.Until < w.on || w.ended(o.Ends, i) {
				continue
			}
			w.life.Overlays = append(w.life.Overlays, Overlay{Name: o.Overlay, Since: e.Date, Until: e.Until, Origin: e.From})
		}
	}
}

// ended tells whether event i was ended by one with such a code: the one of the same
// number, or any later one where no number is stated.
func (w *walk) ended(by codes, i int) bool {
	begun := w.v.Events[i]
	for _, e := range w.v.Events[i:] {
		if by.have(&e.Event) && e.Date <= w.on && (e.Number == begun.Number || e.Number == "" || begun.Number == "") {
			return true
		}
	}
	return false
}
