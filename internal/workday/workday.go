// Package workday tells working days by a country's calendar of holidays and of
// weekends that are worked instead (调休), and rolls time limits by it.
package workday

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
)

// dir is the folder of the calendars among the definitions.
const dir = "workdays"

// Calendar is one country's calendar. It knows the years that it has days of.
type Calendar struct {
	days        map[date.Date]bool // whether it is worked, where the week does not say so
	first, last int                // years
}

// Load reads the calendar workdays/<id>.csv: date, holiday or workday, names. An
// id that no file has is NotFound; faults name file and line, all at once.
func Load(fsys fs.FS, id string) (*Calendar, error) {
	file := dir + "/" + id + ".csv"
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, ierr.Wrap(err, ierr.NotFound, "workday.unknown", ierr.Args{"id": id})
	}
	c := &Calendar{days: map[date.Date]bool{}}
	var faults []error
	lines := bufio.NewScanner(bytes.NewReader(b))
	for n := 1; lines.Scan(); n++ {
		if n == 1 || lines.Text() == "" {
			continue
		}
		if err := c.read(lines.Text()); err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", file, n, err))
		}
	}
	if len(c.days) == 0 {
		faults = append(faults, fmt.Errorf("%s:1: no day stands in it", file))
	}
	return c, errors.Join(faults...)
}

func (c *Calendar) read(line string) error {
	cells := strings.Split(line, ",")
	if len(cells) != 4 {
		return fmt.Errorf("%d cells, want 4: date,what,en,zh", len(cells))
	}
	d, err := date.Parse(cells[0])
	if err != nil || d == 0 {
		return fmt.Errorf("%q is no date", cells[0])
	}
	if cells[1] != "holiday" && cells[1] != "workday" {
		return fmt.Errorf("%q is neither holiday nor workday", cells[1])
	}
	if _, twice := c.days[d]; twice {
		return fmt.Errorf("%s stands there twice", d)
	}
	c.days[d] = cells[1] == "workday"
	if c.first == 0 || d.Year() < c.first {
		c.first = d.Year()
	}
	c.last = max(c.last, d.Year())
	return nil
}

// Knows tells whether the holidays of d's year are in the calendar: in other
// years only the week counts, and what follows from it is provisional.
func (c *Calendar) Knows(d date.Date) bool { return d.Year() >= c.first && d.Year() <= c.last }

// Works tells whether d is a working day.
func (c *Calendar) Works(d date.Date) bool {
	if works, ok := c.days[d]; ok {
		return works
	}
	w := d.Time(time.UTC).Weekday()
	return w != time.Saturday && w != time.Sunday
}

// Roll returns d or, where it is no working day, the first one after it (Patent
// Rules Art. 5; Regulations under the Trademark Law Art. 12).
func (c *Calendar) Roll(d date.Date) date.Date {
	for d != 0 && !c.Works(d) {
		d = d.AddDays(1)
	}
	return d
}

// Add returns the nth working day after d; d itself is not counted.
func (c *Calendar) Add(d date.Date, n int) date.Date {
	for n > 0 {
		if d = d.AddDays(1); c.Works(d) {
			n--
		}
	}
	return d
}
