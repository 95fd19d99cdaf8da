package query

import (
	"strconv"
	"strings"

	"onewindow/internal/date"
)

// days returns the first and the last day that value names: a full day, a month
// (2019-07, 201907, 2019年7月) or a year (2019, 2019年), from the year 1000 on.
func days(value string) (from, to date.Date, ok bool) {
	value = strings.TrimSpace(value)
	if d, err := date.Parse(value); err == nil && d.Year() >= 1000 {
		return d, d, true
	}
	digits := strings.TrimSuffix(value, "年")
	if n, err := strconv.Atoi(digits); err == nil && n >= 1000 && len(digits) == 4 {
		return date.Of(n, 1, 1), date.Of(n, 12, 31), true
	}
	if len(value) < 6 {
		return 0, 0, false
	}
	year, rest := value[:4], value[4:]
	month, separated := rest, false
	for _, sep := range []string{"-", ".", "/", "年"} {
		if after, cut := strings.CutPrefix(rest, sep); cut {
			month, separated = after, true
		}
	}
	month = strings.TrimSuffix(month, "月")
	y, errY := strconv.ParseUint(year, 10, 16)
	m, errM := strconv.ParseUint(month, 10, 8)
	if errY != nil || errM != nil || y < 1000 || len(month) > 2 || !separated && len(month) != 2 {
		return 0, 0, false
	}
	from = date.Of(int(y), int(m), 1)
	if from == 0 {
		return 0, 0, false
	}
	for d := 31; to == 0; d-- {
		to = date.Of(int(y), int(m), d)
	}
	return from, to, true
}

func isDay(value string) bool {
	_, _, ok := days(value)
	return ok
}

// looksLikeDay tells whether a bare word is meant as a day or a month of our age.
func looksLikeDay(value string) bool {
	from, _, ok := days(value)
	digits := strings.TrimSuffix(value, "年")
	return ok && from.Year() >= 1900 && from.Year() < 2100 && len(digits) > 4 && (len(digits) != 6 || !allDigits(digits))
}

func allDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// looksLikeSymbol tells whether a bare word begins as a subclass of the IPC does.
func looksLikeSymbol(value string) bool {
	v := upper(value)
	return len(v) >= 4 && v[0] >= 'A' && v[0] <= 'Z' && allDigits(v[1:3]) && v[3] >= 'A' && v[3] <= 'Z'
}

// day reads a comparison of days. A month or a year is compared by its first or
// last day, so that <2019 ends with 2018 and >2019 begins with 2020.
func (p *parser) day(t token, f *Field, op string) (Node, *Error) {
	from, to, ok := days(t.text)
	n := Between{Field: f.Name}
	switch op {
	case "=":
		n.From, n.To = from, to
	case "<":
		n.To = from.AddDays(-1)
	case "<=":
		n.To = to
	case ">":
		n.From = to.AddDays(1)
	case ">=":
		n.From = from
	}
	return p.between(t, n, ok)
}

// within reads one day, month or year, or two of them between which to look.
func (p *parser) within(t token, f *Field) (Node, *Error) {
	ends := strings.FieldsFunc(t.text, func(r rune) bool { return fold(r) == ' ' })
	if len(ends) < 1 || len(ends) > 2 {
		return nil, fail("query.within", t.pos, t.end, args{"value": t.text})
	}
	from, _, okFrom := days(ends[0])
	_, to, okTo := days(ends[len(ends)-1])
	if okFrom && okTo && from > to {
		return nil, fail("query.within_order", t.pos, t.end, args{"from": ends[0], "to": ends[1]})
	}
	return p.between(t, Between{f.Name, from, to}, okFrom && okTo)
}

// between accepts a range whose ends are days of years with four digits.
func (p *parser) between(t token, n Between, ok bool) (Node, *Error) {
	if !ok || n.From == 0 && n.To == 0 || n.From != 0 && n.From.Year() < 1000 || n.To != 0 && n.To.Year() < 1000 {
		return nil, fail("query.date", t.pos, t.end, args{"value": t.text, "field": n.Field})
	}
	return n, p.count(t, 1)
}
