// Package supply knows who delivers official files: which files belong to which
// source, how much a delivery of it is expected to hold, and on which days the next
// ones appear. Sources are data (defs/sources).
package supply

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// Everywhere stands among the offices of a source that delivers documents of any
// office.
const Everywhere = "*"

// Source is one official supply of files.
type Source struct {
	ID      string
	Names   map[string]string // by language
	About   map[string]string // by language
	Offices []string          // ST.3 codes of the offices whose rights it tells of; Everywhere for any
	Kinds   []record.Kind     // of rights that it tells of
	Licence string            // under which the files may be used
	Formats []string          // ids of wire formats and of mappings
	Files   []string          // patterns of base names, as path.Match; none: any name
	Issues  Rhythm
	File    Expectation // of each file
	Total   Expectation // of all files of one load that belong to the source
}

// Name returns what the source is called in a language, its id where it has no name.
func (s *Source) Name(lang string) string {
	if n := s.Names[lang]; n != "" {
		return n
	}
	return s.ID
}

// Watched tells whether counts of its files are worth taking before they are
// loaded: something is expected of them, or of the days of their issues.
func (s *Source) Watched() bool { return !s.File.empty() || !s.Total.empty() || s.Issues.Known() }

// fits tells how well a file suits the source: 0 not at all, 1 by its format, 2 by its
// name as well.
func (s *Source) fits(path, format string) int {
	if !slices.Contains(s.Formats, format) {
		return 0
	}
	if len(s.Files) == 0 {
		return 1
	}
	base := strings.ToLower(filepath.Base(path))
	for _, pattern := range s.Files {
		if ok, _ := filepath.Match(strings.ToLower(pattern), base); ok {
			return 2
		}
	}
	return 0
}

// Rhythm says on which days a source issues. The zero Rhythm says nothing.
type Rhythm struct {
	Weekdays []time.Weekday // every week on these days, in order
	Months   int            // or once in so many months
	Since    date.Date      // the first issue that matters; zero: the first that was delivered
}

// Known tells whether the rhythm says anything.
func (r Rhythm) Known() bool { return len(r.Weekdays) > 0 || r.Months > 0 }

// MaxMissing is how many missing issues are named.
const MaxMissing = 200

// Missing returns the issues that should be there up to a day and are not: days of
// issue for a weekly rhythm, first days of its stretches of months for another. They
// come oldest first, at most MaxMissing of them, with how many there are in all. have
// are the days of issue that were delivered, in any order; without any, and without
// Since, nothing is missing.
func (r Rhythm) Missing(have []date.Date, upTo date.Date) (missing []date.Date, n int) {
	have = slices.DeleteFunc(slices.Clone(have), func(d date.Date) bool { return d == 0 })
	slices.Sort(have)
	from := r.Since
	if from == 0 && len(have) > 0 {
		from = have[0]
	}
	if from == 0 || upTo == 0 {
		return nil, 0
	}
	miss := func(d date.Date) {
		if n++; len(missing) < MaxMissing {
			missing = append(missing, d)
		}
	}
	switch {
	case len(r.Weekdays) > 0:
		for t, end := from.Time(time.UTC), upTo.Time(time.UTC); !t.After(end); t = t.AddDate(0, 0, 1) {
			if !slices.Contains(r.Weekdays, t.Weekday()) {
				continue
			}
			if _, ok := slices.BinarySearch(have, date.OfTime(t)); !ok {
				miss(date.OfTime(t))
			}
		}
	case r.Months > 0:
		for d := date.Of(from.Year(), from.Month(), 1); d.AddMonths(r.Months) <= upTo; d = d.AddMonths(r.Months) {
			i, _ := slices.BinarySearch(have, d)
			if i >= len(have) || have[i] >= d.AddMonths(r.Months) {
				miss(d)
			}
		}
	}
	return missing, n
}
