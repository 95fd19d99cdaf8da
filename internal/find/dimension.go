package find

import (
	"fmt"
	"math"
	"strconv"

	"onewindow/internal/cube"
	"onewindow/internal/ierr"
)

// Unit is what is counted.
type Unit string

// The units. Counts are of rights unless publications are asked for.
const (
	Right       Unit = "right"
	Publication Unit = "publication"
)

// dimension is something to count by.
type dimension struct {
	name  string
	field string // of the query language, whose values the groups are; "" if none
	of    func(l *lists) cube.Dimension
	code  func(l *lists, group uint32) string
	label func(l *lists, group uint32, lang string) string
	// narrow is the clause that leaves only one group of a unit; nil where field= does,
	// or where no clause can.
	narrow func(u Unit, code string) string
	timed  bool   // groups are times, numbered as they pass and shown newest first
	units  []Unit // nil: both
}

// Names of the dimensions, as counts and facets name them.
const (
	byYear       = "year"
	byFirstYear  = "first-year"
	byFilingYear = "filing-year"
	byMonth      = "month"
	byRegion     = "region"
	byCounty     = "county"
	byKind       = "kind"
	byHolderType = "holder-type"
	byField      = "field"
	byOffice     = fieldOffice
	byDoc        = "doc"
)

// DefaultFacets are the facets that a page of results shows.
var DefaultFacets = []string{byYear, byRegion, byKind, byHolderType, byField}

// dimensions lists what can be counted by. For rights a year is that of the
// newest publication; first-year is that of the oldest.
var dimensions = []dimension{
	yearDimension(byYear, colYear, byDay(fieldLatest, "pd")),
	yearDimension(byFirstYear, colFirstYear, byDay(fieldFirst, fieldFirst)),
	yearDimension(byFilingYear, colFilingYear, byDay("fd", "fd")),
	{
		name: byMonth, timed: true,
		of: func(*lists) cube.Dimension {
			return cube.Dimension{Column: colMonth, Size: months}
		},
		code:   func(_ *lists, g uint32) string { return monthCode(g) },
		label:  func(_ *lists, g uint32, _ string) string { return monthCode(g) },
		narrow: byDay(fieldLatest, "pd"),
	},
	{
		name: byRegion, field: "region",
		of: func(l *lists) cube.Dimension {
			return cube.Dimension{Column: colRegion, Groups: l.city, Size: len(l.city)}
		},
		code:  func(l *lists, g uint32) string { return l.Region.codes[g] },
		label: func(l *lists, g uint32, lang string) string { return l.Region.label(l.Region.codes[g], lang) },
	},
	{
		name: byCounty, field: "region",
		of:    func(l *lists) cube.Dimension { return cube.Dimension{Column: colRegion, Size: len(l.Region.codes)} },
		code:  func(l *lists, g uint32) string { return l.Region.codes[g] },
		label: func(l *lists, g uint32, lang string) string { return l.Region.label(l.Region.codes[g], lang) },
		narrow: func(_ Unit, code string) string {
			return "region==" + code
		},
	},
	listDimension(byKind, colKind),
	listDimension(byHolderType, colHolderType),
	listDimension(byField, colField),
	listDimension(byOffice, colOffice),
	{
		name:  byDoc,
		of:    func(*lists) cube.Dimension { return cube.Dimension{Column: colPublication} },
		code:  func(_ *lists, g uint32) string { return unpackCode(g) },
		label: func(_ *lists, g uint32, _ string) string { return unpackCode(g) },
		units: []Unit{Publication},
	},
}

// byDay narrows to a time by the field of a right's day, and by that of a publication's
// own. No clause finds what has no day.
func byDay(right, publication string) func(Unit, string) string {
	return func(u Unit, code string) string {
		switch {
		case code == "":
			return ""
		case u == Publication:
			return publication + "=" + code
		}
		return right + "=" + code
	}
}

func yearDimension(name string, column int, narrow func(Unit, string) string) dimension {
	code := func(_ *lists, g uint32) string {
		if g == 0 {
			return ""
		}
		return strconv.Itoa(int(g) + yearZero)
	}
	return dimension{
		name: name, timed: true,
		of:     func(*lists) cube.Dimension { return cube.Dimension{Column: column, Size: 256} },
		code:   code,
		label:  func(l *lists, g uint32, _ string) string { return code(l, g) },
		narrow: narrow,
	}
}

func listDimension(name string, column int) dimension {
	return dimension{
		name: name, field: name,
		of: func(l *lists) cube.Dimension {
			list, _ := l.named(name)
			return cube.Dimension{Column: column, Size: len(list.codes)}
		},
		code: func(l *lists, g uint32) string { list, _ := l.named(name); return list.codes[g] },
		label: func(l *lists, g uint32, lang string) string {
			list, _ := l.named(name)
			return list.label(list.codes[g], lang)
		},
	}
}

// monthOf numbers months from January of yearZero, 0 for no day.
func monthOf(day uint32) uint32 {
	y, m := int(day)/10000-yearZero, day/100%100
	if y < 0 || y >= math.MaxUint8 || m < 1 || m > 12 {
		return 0
	}
	return uint32(y)*12 + m - 1
}

// months is more than the greatest number of a month.
const months = math.MaxUint8 * 12

func monthCode(g uint32) string {
	if g == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", yearZero+g/12, g%12+1)
}

// clause is what narrows a query to one group of a unit, "" where no clause can.
func (d *dimension) clause(u Unit, code string) string {
	switch {
	case d.narrow != nil:
		return d.narrow(u, code)
	case d.field == "":
		return ""
	}
	return d.field + "=" + code
}

// counts tells whether a unit can be counted by the dimension.
func (d *dimension) counts(u Unit) bool {
	return d.units == nil || d.units[0] == u
}

// dimensionsNamed returns dimensions by their names.
func dimensionsNamed(names []string, u Unit) ([]*dimension, error) {
	var out []*dimension
	for _, name := range names {
		at := -1
		for i := range dimensions {
			if dimensions[i].name == name {
				at = i
			}
		}
		switch {
		case at < 0:
			return nil, invalid("find.dimension", ierr.Args{"name": name, "known": DimensionNames()})
		case !dimensions[at].counts(u):
			return nil, invalid("find.dimension_unit", ierr.Args{"name": name})
		}
		out = append(out, &dimensions[at])
	}
	return out, nil
}

// DimensionNames lists what can be counted by.
func DimensionNames() []string {
	var out []string
	for i := range dimensions {
		out = append(out, dimensions[i].name)
	}
	return out
}

// Clause returns the clause that narrows a query of a unit to one group of a
// dimension, "" where no clause can.
func Clause(dimension string, u Unit, code string) string {
	for i := range dimensions {
		if dimensions[i].name == dimension {
			return dimensions[i].clause(u, code)
		}
	}
	return ""
}
