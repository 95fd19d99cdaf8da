package i18n

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/number"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
)

// formatPrefix begins the messages that say how a language writes things. Their
// arguments differ from language to language.
const formatPrefix = "format."

// formatArgs are the messages that say how a language writes things, with the
// arguments that each may use: y year, m and d without and mm and dd with a
// leading zero, hh and mi hours and minutes, zone the name of the zone.
var formatArgs = map[string][]string{
	"format.language": {},
	"format.comma":    {},
	"format.date":     {"y", "m", "mm", "d", "dd"},
	"format.moment":   {"y", "m", "mm", "d", "dd", "hh", "mi"},
}

// checkFormat holds one of those messages against its arguments.
func checkFormat(lang, key string, allowed []string, e *entry) []error {
	if e == nil {
		return []error{fmt.Errorf("i18n/%s: %q is missing", lang, key)}
	}
	for _, arg := range e.args() {
		if !slices.Contains(allowed, arg) {
			return []error{fmt.Errorf("%v: %q may not name {%s}, only %v", e.place, key, arg, allowed)}
		}
	}
	return nil
}

// LanguageName returns the language's name in itself.
func (p *Printer) LanguageName() string { return p.T("format.language", nil) }

// Number writes a whole number with the language's separators, 1,234,567.
func (p *Printer) Number(n int64) string { return p.number.Sprint(number.Decimal(n)) }

// Decimal writes a decimal number, as 12345.60, with the language's separators and
// all its places. What is no number comes back as it is.
func (p *Printer) Decimal(s string) string {
	whole, places, point := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return s
	}
	out := p.Number(n)
	if n == 0 && strings.HasPrefix(whole, "-") {
		out = "-" + out
	}
	if point {
		half := []rune(p.number.Sprint(number.Decimal(0.5)))
		out += string(half[1:len(half)-1]) + places
	}
	return out
}

// Ordinal writes a place in an order, 1st.
func (p *Printer) Ordinal(n int64) string {
	form := plural.Ordinal.MatchPlural(p.tag, int(n), 0, 0, 0, 0)
	name, ok := ordinals[form]
	if !ok || !p.Has("ordinal."+name) {
		name = "other"
	}
	return p.T("ordinal."+name, ierr.Args{"n": n})
}

// ordinals are the forms of places in an order that languages may tell apart (CLDR).
var ordinals = map[plural.Form]string{plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}

// Percent writes a share of one, 0.987, as a percentage without decimals.
func (p *Printer) Percent(share float64) string {
	return p.number.Sprint(number.Percent(share, number.MaxFractionDigits(0)))
}

// Date writes a day, and nothing for no date.
func (p *Printer) Date(d date.Date) string {
	if d == 0 {
		return ""
	}
	return p.T("format.date", ierr.Args{
		"y": fmt.Sprintf("%04d", d.Year()),
		"m": fmt.Sprint(d.Month()), "mm": fmt.Sprintf("%02d", d.Month()),
		"d": fmt.Sprint(d.Day()), "dd": fmt.Sprintf("%02d", d.Day()),
	})
}

// Moment writes day, hour and minute of t in its own zone, and nothing for the
// zero time.
func (p *Printer) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.T("format.moment", ierr.Args{
		"y": fmt.Sprintf("%04d", t.Year()),
		"m": fmt.Sprint(int(t.Month())), "mm": fmt.Sprintf("%02d", t.Month()),
		"d": fmt.Sprint(t.Day()), "dd": fmt.Sprintf("%02d", t.Day()),
		"hh": fmt.Sprintf("%02d", t.Hour()), "mi": fmt.Sprintf("%02d", t.Minute()),
	})
}
