package lifecycle

import (
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// Span is a stretch of days, both ends included. A zero end is open.
type Span struct{ From, To date.Date }

// endOfTime is later than anything that sources state.
var endOfTime = date.Of(9999, 12, 31)

// Force returns the stretches of days at whose ends a right is in force, oldest first:
// those on which Of finds one of the states that its rules list under force. None is
// known of rights that no rules are for. A state that a source states without any day
// counts for all time.
func (r *Rules) Force(v *register.View) []Span {
	w := r.walk(v, endOfTime, Sources{})
	if w.cycle == nil || len(w.cycle.force) == 0 {
		return nil
	}
	all := w.found()
	if n := len(all); n > 0 && all[n-1].at == endOfTime {
		w.life.State = all[n-1].State
		if !w.inForce() {
			return nil
		}
		return []Span{{}}
	}
	var out []Span
	for i := range all {
		w.pass(all[i].Phase)
		s := Span{From: all[i].at}
		if i+1 < len(all) {
			if s.To = all[i+1].at.AddDays(-1); s.To < s.From {
				continue
			}
		}
		if !w.inForce() {
			continue
		}
		if end := w.lawfulEnd(); end != 0 && (s.To == 0 || end < s.To) {
			s.To = end
		}
		if s.To != 0 && s.To < s.From {
			continue
		}
		if n := len(out); n > 0 && out[n-1].To.AddDays(1) == s.From {
			out[n-1].To = s.To
			continue
		}
		out = append(out, s)
	}
	return out
}

// TellsForce tells whether rules say when rights of a kind of an office (ST.3) are in
// force.
func (r *Rules) TellsForce(office string, kind record.Kind) bool {
	c := r.cycles[key{office, kind}]
	return c != nil && len(c.force) > 0
}

func (w *walk) inForce() bool { return slices.Contains(w.cycle.force, w.life.State) }

// lawfulEnd returns the last day on which the present state can hold by law, 0 where
// there is none or it is not certain.
func (w *walk) lawfulEnd() date.Date {
	first := date.Date(0)
	for i := range w.cycle.clocks {
		c := &w.cycle.clocks[i]
		if !c.Ends || c.Add.zero() || !w.runs(c) {
			continue
		}
		start := w.start(c)
		if start == 0 || !w.meets(c, start) {
			continue
		}
		end := w.end(c, start)
		if c.Note != "" {
			if c.Longest.zero() {
				continue
			}
			end = max(end, c.Longest.after(start))
		}
		if first == 0 || end < first {
			first = end
		}
	}
	return first
}
