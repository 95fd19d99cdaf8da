package tabular

import (
	"regexp"
	"strconv"

	"onewindow/internal/date"
)

var dayInName = regexp.MustCompile(`(?:^|\D)((?:19|20)\d{2})[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])(?:\D|$)`)

// DayInName returns the day that a file's name states, the last one where there
// are several, none where there is none.
func DayInName(name string) date.Date {
	var d date.Date
	for _, at := range dayInName.FindAllStringSubmatch(name, -1) {
		n := func(s string) int { v, _ := strconv.Atoi(s); return v } // the pattern has digits alone
		if found := date.Of(n(at[1]), n(at[2]), n(at[3])); found != 0 {
			d = found
		}
	}
	return d
}
