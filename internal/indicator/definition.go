// Package indicator makes figures: what an indicator means (Definition), what is
// stated of it (Book), and whether what is stated holds together (Check).
//
// Terms are those of SDMX: a dimension breaks an indicator down by the codes of a
// codelist; an observation carries attributes, its unit, basis and vintage.
package indicator

import (
	"slices"

	"onewindow/internal/date"
)

// Kind is what sort of number an indicator is.
type Kind string

// The kinds of indicators.
const (
	Flow    Kind = "flow"    // counted within a period; periods add up
	Stock   Kind = "stock"   // standing at the end of a period
	Ratio   Kind = "ratio"   // one indicator over another
	Maximum Kind = "maximum" // the highest single value within a period
)

// Kinds are all kinds of indicators.
var Kinds = []Kind{Flow, Stock, Ratio, Maximum}

// Definition says what an indicator is.
type Definition struct {
	ID         string               `yaml:"id"`
	Names      map[string]string    `yaml:"names"`
	About      map[string]string    `yaml:"about"` // what is counted, and what is not
	Unit       string               `yaml:"unit"`  // id of a unit
	Kind       Kind                 `yaml:"kind"`
	Places     int                  `yaml:"places"` // decimal places that it is published with
	Basis      string               `yaml:"basis"`  // id of a basis: how cases of doubt are counted
	Dimensions []Dimension          `yaml:"dimensions"`
	Rows       string               `yaml:"rows"`   // id of a scheme of reporting units; empty when only the whole region is reported
	Sparse     bool                 `yaml:"sparse"` // only some of the reporting units have one: none is missed, and they are not added up
	Count      *Count               `yaml:"count"`  // how it is counted from records; nil where no register holds it
	Of         *Fraction            `yaml:"of"`     // of a ratio
	Sum        []string             `yaml:"sum"`    // indicators that it is the sum of
	AtMost     []string             `yaml:"at_most"`
	Reported   []View               `yaml:"reported"` // views that are taken as reported where no base is there
	Absent     []Absence            `yaml:"absent"`
	Vintage    map[string]date.Date `yaml:"vintage"` // by period: the day that a stock is of where it is not the period's end

	File string `yaml:"-"`
	Line int    `yaml:"-"` // of the id
}

// Dimension is one way in which an indicator is broken down.
type Dimension struct {
	ID       string `yaml:"id"`
	Codelist string `yaml:"codelist"`
	Parts    Cover  `yaml:"parts"`
}

// Cover says how the parts of a dimension stand to the whole.
type Cover string

// How parts stand to a whole.
const (
	Exhaustive Cover = "exhaustive" // every case is in just one part
	Including  Cover = "including"  // each case is in one part at most; what is left over has to be explained
	Loose      Cover = "loose"      // parts may overlap or be of other cases: nothing is added up
)

// Fraction is what a ratio is made of.
type Fraction struct {
	Numerator   string `yaml:"numerator"`
	Denominator string `yaml:"denominator"`
	Times       int64  `yaml:"times"` // the ratio is for so many of the denominator's unit
}

// Absence says why a series is not there.
type Absence struct {
	Dimension string            `yaml:"dimension"` // of the series, or rows
	Period    string            `yaml:"period"`
	Reason    map[string]string `yaml:"reason"`
}

// Dimension returns a dimension of the definition, nil if it has none of that id.
func (d *Definition) Dimension(id string) *Dimension {
	for i := range d.Dimensions {
		if d.Dimensions[i].ID == id {
			return &d.Dimensions[i]
		}
	}
	return nil
}

// VintageOf returns the day that a stock is of in a period.
func (d *Definition) VintageOf(p Period) date.Date {
	if v := d.Vintage[p.String()]; v != 0 {
		return v
	}
	return p.Last()
}

// Unit is what an indicator is counted in.
type Unit struct {
	Names map[string]string `yaml:"names"`
	Whole bool              `yaml:"whole"` // only whole numbers
	Money bool              `yaml:"money"` // in yuan
	Sign  bool              `yaml:"sign"`  // numbers below zero are possible
}

// Code is one code of a codelist.
type Code struct {
	ID    string            `yaml:"id"`
	Names map[string]string `yaml:"names"`
}

// Codelist holds the codes of a dimension in their order.
type Codelist struct {
	Names map[string]string `yaml:"names"`
	Codes []Code            `yaml:"codes"`
}

// Scheme names disjoint reporting units that make up the region.
type Scheme struct {
	ID     string
	Names  map[string]string
	Rows   []string // codes of units
	Beside []string // those of the rows that lie in another row's area and are not counted there
	Other  string   // code of what lies in no row; empty where all is allocated
	Groups map[string][]string
	Whole  string
}

// Has tells whether a code is a row, a group, the whole or what lies in no row.
func (sc *Scheme) Has(code string) bool {
	return code == sc.Whole || code == sc.Other || slices.Contains(sc.Rows, code) || sc.Groups[code] != nil
}

// The units that views have.
const (
	unitPercent = "percent"
	unitPoint   = "percentage_point"
	unitRank    = "rank"
	unitIndex   = "index_point" // of concentration, 0 to 10,000
	unitTimes   = "times"       // of a quotient
)

// unitResidents is the unit of indicators whose source of record is the region pack.
const unitResidents = "people_10k"

// UnitOf returns the unit that an observation of a view has.
func (d *Definition) UnitOf(v View) string {
	switch v.Sort() {
	case Growth, Share, CAGR, CR:
		return unitPercent
	case ShareChange:
		return unitPoint
	case Rank, NationalRank:
		return unitRank
	case HHI:
		return unitIndex
	case Quotient:
		return unitTimes
	}
	return d.Unit
}

// FromPack tells whether the region's own data is the source of record.
func (d *Definition) FromPack() bool { return d.Unit == unitResidents }
