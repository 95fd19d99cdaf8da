package lifecycle

import (
	"cmp"
	"slices"
	"strconv"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// clocks runs the clocks of the present state. One that ends the right by law
// changes the state; others become steps.
func (w *walk) clocks() {
	for i := range w.cycle.clocks {
		c := &w.cycle.clocks[i]
		start := w.start(c)
		if start == 0 && !c.Add.zero() && (c.Renews.zero() || w.v.Day(record.DayExpires) == 0) || !w.meets(c, start) {
			continue
		}
		switch {
		case c.Annual != "":
			w.annuity(c)
		case c.Add.zero():
			w.life.Term = &Term{Without: true, Law: c.law}
		case c.Ends:
			w.term(c, start)
		case !c.Renews.zero():
			w.renewal(c, start)
		case w.runs(c):
			w.step(c, c.Add.after(start))
		}
	}
	slices.SortStableFunc(w.life.Next, func(a, b Step) int { return cmp.Compare(a.Due, b.Due) })
}

// meets tells whether a right is one of those that a clock is for.
func (w *walk) meets(c *clock, start date.Date) bool {
	by := start
	if c.By != "" {
		by = w.anchor(c.By)
	}
	if by != 0 && (by < c.Since || c.Until != 0 && by > c.Until) {
		return false
	}
	if c.Late != nil {
		if from := w.anchor(c.Late.From); from == 0 || start < c.Late.Add.after(from) {
			return false
		}
	}
	return c.Document.Regexp == nil || slices.ContainsFunc(w.v.Documents, func(p register.Publication) bool { return c.Document.begins(p.Code) })
}

// runs tells whether a clock runs in the present state.
func (w *walk) runs(c *clock) bool {
	return len(c.While) == 0 || slices.Contains(c.While, w.life.State)
}

// start returns the day from which a clock runs, 0 if it is not known.
func (w *walk) start(c *clock) date.Date {
	for _, name := range c.From {
		if d := w.anchor(name); d != 0 {
			return d
		}
	}
	first := date.Date(0)
	for _, name := range c.Earliest {
		if d := w.anchor(name); d != 0 && (first == 0 || d < first) {
			first = d
		}
	}
	if c.Annual != "" {
		return w.anchor(c.Annual)
	}
	return first
}

// ended states are those that no clock ends again.
var over = []string{"lapsed", "expired", "abandoned", "invalidated", "cancelled", "withdrawn", "refused"}

// term computes the end of a term and, where it has passed, ends the right.
func (w *walk) term(c *clock, start date.Date) {
	end := w.end(c, start)
	if slices.Contains(over, w.life.State) {
		return
	}
	w.life.Term = &Term{Ends: end, Law: c.law}
	if c.Note != "" {
		w.note("term."+c.Note, nil)
	}
	if w.on <= end || !w.runs(c) {
		return
	}
	if c.Note != "" && (c.Longest.zero() || w.on <= c.Longest.after(start)) {
		w.note("limit_passed", map[string]any{"step": c.ID, "due": end.String(), "then": c.Then})
	} else {
		w.life.History = append(w.life.History, Phase{State: c.Then, From: end.AddDays(1), Law: c.law, Origin: -1})
		w.settle()
		w.life.Certainty = Derived
	}
}

// end returns the last day of a term that began on a day.
func (w *walk) end(c *clock, start date.Date) date.Date {
	end := c.Add.after(start)
	if c.Extend != "" {
		if n, err := strconv.Atoi(w.v.Fact(c.Extend)); err == nil && n > 0 && n < 3660 {
			end = end.AddDays(n)
		}
	}
	if c.YearEnd {
		end = date.Of(end.Year(), 12, 31)
	}
	if c.Cap != nil {
		if from := w.anchor(c.Cap.From); from != 0 {
			end = min(end, c.Cap.Add.after(from))
		}
	}
	return end
}

// renewal finds the end of the present term and when it is to be renewed. A renewal
// prolongs the term that it is for: one that the stated end counts already, or that
// two sources tell of, does so but once. A right that a source states to be alive
// beyond the grace of a term was renewed.
func (w *walk) renewal(c *clock, start date.Date) {
	if !w.runs(c) {
		return
	}
	end := w.v.Day(record.DayExpires)
	stated := end != 0
	if !stated {
		end = c.Add.after(start)
	}
	for _, d := range w.renewals() {
		for c.Opens.before(end) <= d {
			end = c.again(end)
		}
	}
	for !stated && w.confirmed > c.Grace.after(end) {
		end = c.again(end)
	}
	w.life.Term = &Term{Ends: end, Law: c.law}
	w.step(c, end)
	if last := &w.life.Next[len(w.life.Next)-1]; w.on > max(last.Due, last.Grace) {
		w.note("renewal_unknown", map[string]any{"end": end.String()})
		w.life.Next = w.life.Next[:len(w.life.Next)-1]
	}
}

// renewals returns the days by the day asked for on which the right was renewed.
func (w *walk) renewals() []date.Date {
	var out []date.Date
	if d := w.v.Day(record.DayRenewed); d != 0 && d <= w.on {
		out = append(out, d)
	}
	for _, e := range w.v.Events {
		if e.Code == record.EventRenewed && e.Date != 0 && e.Date <= w.on {
			out = append(out, e.Date)
		}
	}
	return out
}

// again returns the end of the term that follows one that ends on a day.
func (c *clock) again(end date.Date) date.Date {
	first := end.AddDays(-c.Add.days)
	return span{c.Renews.months, c.Renews.days + c.Add.days}.after(first)
}

// roll returns a day, or the first working day after it where the rules name a
// calendar of working days.
func (w *walk) roll(d date.Date) date.Date {
	if w.cycle.calendar == nil {
		return d
	}
	return w.cycle.calendar.Roll(d)
}

// step adds what falls due on a day, rolled to a working day. Of a limit that has
// passed a note says so, unless a source states that the right lived on.
func (w *walk) step(c *clock, nominal date.Date) {
	s := Step{ID: c.ID, Nominal: nominal, Due: w.roll(nominal), Then: c.Then, Law: c.law}
	s.Provisional = w.cycle.calendar != nil && !w.cycle.calendar.Knows(nominal)
	if !c.Opens.zero() {
		s.Opens = c.Opens.before(nominal)
	}
	if !c.Grace.zero() {
		s.Grace = w.roll(c.Grace.after(nominal))
	}
	if last := max(s.Due, s.Grace); last < w.on && c.Renews.zero() {
		if c.Then != "" && w.confirmed <= last {
			w.note("limit_passed", map[string]any{"step": c.ID, "due": s.Due.String(), "then": c.Then})
		}
		return
	}
	w.life.Next = append(w.life.Next, s)
}

// judge says how sure the state is.
func (w *walk) judge() {
	switch {
	case w.life.Certainty == Derived:
	case w.life.State == "":
		w.life.Certainty = LastKnown
		if s := w.v.Status; s != nil && s.Text != "" && s.Date <= w.on {
			w.note("own_words", map[string]any{"text": s.Text})
		} else {
			w.note("nothing_known", nil)
		}
	case slices.Contains(over, w.life.State):
		w.life.Certainty = Stated
	case w.sources.Events >= w.on:
		w.life.Certainty = Stated
	default:
		w.life.Certainty = LastKnown
	}
}
