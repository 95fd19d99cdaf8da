package lifecycle

import (
	"strconv"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// annuity finds the next annuity. The kth year begins on the (k-1)th anniversary of
// the filing; its fee is due by that day, with grace after it (Patent Rules
// Art. 115), or by the end of that month where the rule says so (EPC Rule 51). The
// year in which the grant falls is paid on registration. Which years were paid is
// known only from a source of annuities. No annuity is due for a part of a year at
// the end of a prolonged term.
func (w *walk) annuity(c *clock) {
	filed := w.anchor(c.Annual)
	if !w.runs(c) || filed == 0 {
		return
	}
	base := c.First - 1
	if c.First == 0 {
		base = yearOf(filed, w.firstOf(w.life.State))
	}
	paid := w.assumed(c, filed, max(w.paid(), base))
	if t := w.life.Term; t != nil && filed.AddMonths(12*(paid+1)) > t.Ends.AddDays(1) || len(c.Fees) > 0 && paid >= lastYear(c) {
		return
	}
	n := len(w.life.Next)
	w.step(c, c.dueIn(filed, paid+1))
	if len(w.life.Next) == n {
		return
	}
	s := &w.life.Next[n]
	s.Year, s.Fen = paid+1, c.fee(paid+1)
	if s.Due < w.on {
		w.life.History = append(w.life.History, Phase{State: "annuity_grace", From: s.Due.AddDays(1), Law: c.law, Origin: -1})
		w.settle()
		if w.sources.Annuities >= w.on {
			w.life.Certainty = Derived
		}
	}
}

// assumed returns the highest year that is taken as paid for: what fell due when no
// source spoke any more may have been paid, and a note says so.
func (w *walk) assumed(c *clock, filed date.Date, paid int) int {
	known, stated := w.sources.Annuities, w.paid()
	if known >= w.on {
		return paid
	}
	if known == 0 && stated == 0 {
		w.note("annuities.no_source", nil)
	} else if known != 0 {
		w.note("annuities.until", map[string]any{"day": known.String()})
	}
	due := func(paid int) date.Date { return w.roll(c.dueIn(filed, paid+1)) }
	if due(paid) <= known || due(paid) >= w.on {
		return paid
	}
	if known != 0 || stated != 0 {
		w.note("annuities.assumed", map[string]any{"year": paid})
	}
	for due(paid) < w.on {
		paid++
	}
	return paid
}

// dueIn returns the day by which a year's annuity is due, before working days count.
func (c *clock) dueIn(filed date.Date, year int) date.Date {
	due := filed.AddMonths(12 * (year - 1))
	if c.MonthEnd {
		due = date.Of(due.Year(), due.Month(), 1).AddMonths(1).AddDays(-1)
	}
	return due
}

// paid returns the highest year that a source says was paid for by the day asked for.
func (w *walk) paid() int {
	top := 0
	for _, e := range w.v.Events {
		if e.Code != record.EventAnnuity || e.Date > w.on {
			continue
		}
		for _, f := range e.Facts {
			if n, err := strconv.Atoi(f.Text); f.Name == record.FactAnnuityYear && err == nil {
				top = max(top, n)
			}
		}
	}
	return top
}

// yearOf returns which year from filing a day falls in, from 1; 0 for no day.
func yearOf(filed, d date.Date) int {
	if d == 0 {
		return 0
	}
	n := 1
	for filed.AddMonths(12*n) <= d {
		n++
	}
	return n
}

func lastYear(c *clock) int {
	last := 0
	for _, f := range c.Fees {
		last = max(last, f.Years[1])
	}
	return last
}

// fee returns the fee of a year in fen, 0 where none is known.
func (c *clock) fee(year int) int64 {
	for _, f := range c.Fees {
		if year >= f.Years[0] && year <= f.Years[1] {
			return f.Yuan * 100
		}
	}
	return 0
}
