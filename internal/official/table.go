// Package official reads and keeps official tables: what an office, a ministry or a
// yearbook published as figures, by region, kind, type of holder and time.
package official

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/region"
)

// Measure is what a table counts.
type Measure string

// The measures. Flows count what happened in the period, stocks what stood at its
// end.
const (
	Granted    Measure = "granted"    // patents whose grant was announced in the period
	Published  Measure = "published"  // applications published in the period
	Filed      Measure = "filed"      // rights by their day of filing
	Registered Measure = "registered" // rights registered in the period
	InForce    Measure = "in_force"   // rights in force at the end of the period
)

// Measures lists the measures.
var Measures = []Measure{Granted, Published, Filed, Registered, InForce}

// Limits of a table.
const (
	MaxBytes = 2 << 20 // of its file
	MaxCells = 4000
	maxText  = 2000 // bytes of each text of its head
	maxID    = 64
)

// Head is what is said of a table as a whole.
type Head struct {
	ID        string            `yaml:"id" json:"id"`               // letters, digits, "-" and "_"
	Names     map[string]string `yaml:"names" json:"names"`         // by language
	Publisher string            `yaml:"publisher" json:"publisher"` // who published it
	Measure   Measure           `yaml:"measure" json:"measure"`
	From      date.Date         `yaml:"from" json:"from,omitempty"` // first day of the period; none for a stock
	To        date.Date         `yaml:"to" json:"to"`               // its last day; the day of a stock
	AsOf      date.Date         `yaml:"as_of" json:"as_of"`         // the day on which it was drawn up
	Source    string            `yaml:"source" json:"source"`       // instrument or address
	Unit      string            `yaml:"unit" json:"unit"`           // as printed
	Notes     string            `yaml:"notes" json:"notes"`
	Kind      record.Kind       `yaml:"kind" json:"kind,omitempty"`     // of all cells, where no column tells it
	Holder    string            `yaml:"holder" json:"holder,omitempty"` // type of holder of all cells, likewise
	Rules     []string          `yaml:"rules" json:"rules,omitempty"`   // ids of rules that the publisher says it counts by
	Sample    bool              `yaml:"sample" json:"sample,omitempty"` // the table is invented
}

// Table is an official table as it was added. It never changes: what corrects it
// is a further revision.
type Table struct {
	Head
	Revision int       `json:"-"` // from 1
	Cells    []Cell    `json:"cells"`
	Titles   []string  `json:"titles,omitempty"` // rows above the header and below the table, as printed
	Omitted  []string  `json:"omitted,omitempty"`
	File     string    `json:"file"` // name of the file
	SHA256   string    `json:"sha256"`
	Added    time.Time `json:"-"`
	By       string    `json:"-"`
}

// Cell is one figure of a table. What its dimensions leave open counts under it
// whatever it is.
type Cell struct {
	Region string      `json:"region"`           // a code of the pack
	Kind   record.Kind `json:"kind,omitempty"`   // "" for all kinds of the table
	Holder string      `json:"holder,omitempty"` // "" for all types
	Time   string      `json:"time,omitempty"`   // "2019" or "2019-07" within the period
	Value  int64       `json:"value"`
	Row    int         `json:"row"`    // in the file, from 1
	Column int         `json:"column"` // likewise
	Total  bool        `json:"total,omitempty"`
}

// Key names a cell within its table: "320500/invention//2019".
func (c *Cell) Key() string {
	key := c.Region + "/" + string(c.Kind) + "/" + c.Holder + "/" + c.Time
	for len(key) > 0 && key[len(key)-1] == '/' {
		key = key[:len(key)-1]
	}
	return key
}

// Name returns the table's name in a language, in another where it has none.
func (h *Head) Name(lang string) string {
	if n := h.Names[lang]; n != "" {
		return n
	}
	for _, l := range []string{"en", "zh"} {
		if n := h.Names[l]; n != "" {
			return n
		}
	}
	return h.ID
}

// Cell returns the place of the cell with a key, -1 if there is none.
func (t *Table) Cell(key string) int {
	return slices.IndexFunc(t.Cells, func(c Cell) bool { return c.Key() == key })
}

// Kinds lists the kinds that the table's cells count.
func (t *Table) Kinds() []record.Kind {
	var out []record.Kind
	for _, c := range t.Cells {
		if c.Kind != "" && !slices.Contains(out, c.Kind) {
			out = append(out, c.Kind)
		}
	}
	if len(out) > 0 {
		return out
	}
	if t.Kind != "" {
		return []record.Kind{t.Kind}
	}
	return []record.Kind{record.Invention, record.UtilityModel, record.Design}
}

// Span returns the days that a cell counts.
func (t *Table) Span(c *Cell) (from, to date.Date) {
	from, to = t.From, t.To
	if len(c.Time) == 4 {
		y, _ := strconv.Atoi(c.Time)
		from, to = max(from, date.Of(y, 1, 1)), min(to, date.Of(y, 12, 31))
	}
	if len(c.Time) == 7 {
		y, _ := strconv.Atoi(c.Time[:4])
		m, _ := strconv.Atoi(c.Time[5:])
		first := date.Of(y, m, 1)
		from, to = max(from, first), min(to, first.AddMonths(1).AddDays(-1))
	}
	return from, to
}

// Check compares a total of a table with the sum of its parts.
type Check struct {
	Cell  int // index
	Parts []int
	Sum   int64
}

// Off is how much the total exceeds its parts.
func (c *Check) Off(t *Table) int64 { return t.Cells[c.Cell].Value - c.Sum }

// settle marks totals and puts the cells in order: regions by their codes, those
// that hold others last.
func (t *Table) settle(pack *region.Pack) {
	rows := map[string]bool{}
	var kinds, holders, times bool
	for _, c := range t.Cells {
		rows[c.Region] = true
		kinds, holders, times = kinds || c.Kind != "", holders || c.Holder != "", times || c.Time != ""
	}
	for i := range t.Cells {
		c := &t.Cells[i]
		c.Total = kinds && c.Kind == "" || holders && c.Holder == "" || times && c.Time == "" || t.holdsRows(pack, c.Region, rows)
	}
	slices.SortStableFunc(t.Cells, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(t.rank(pack, a.Region), t.rank(pack, b.Region)), cmp.Compare(a.Region, b.Region))
	})
}

// rank puts units before what lies in none, groups and the province.
func (t *Table) rank(pack *region.Pack, code string) int {
	switch {
	case code == pack.Code():
		return 3
	case code == pack.Other():
		return 1
	case pack.Unit(code) == nil:
		return 2
	}
	return 0
}

// holdsRows tells whether a region is a total of other rows: the province, a group,
// or a city all of whose parts stand there.
func (t *Table) holdsRows(pack *region.Pack, code string, rows map[string]bool) bool {
	u := pack.Unit(code)
	if u == nil {
		return code != pack.Other() && len(pack.Descendants(code)) > 0
	}
	if code == pack.Code() {
		for r := range rows {
			if r != code {
				return true
			}
		}
		return false
	}
	parts := 0
	for _, child := range pack.Children(code) {
		if !pack.Unit(child).Valid(0) || pack.Unit(child).Kind == region.Zone {
			continue
		}
		if !rows[child] {
			return false
		}
		parts++
	}
	return parts > 0
}

// Checks holds every total of the table to its parts: regions of a group or the
// province, kinds, holder types and times where the total leaves them open.
func (t *Table) Checks(pack *region.Pack) []Check {
	var out []Check
	rows := map[string]bool{}
	for _, c := range t.Cells {
		rows[c.Region] = true
	}
	for i := range t.Cells {
		if !t.Cells[i].Total {
			continue
		}
		whole := t.Cells[i]
		for _, part := range []func(c *Cell) bool{
			func(c *Cell) bool {
				return c.Kind == whole.Kind && c.Holder == whole.Holder && c.Time == whole.Time && t.partOf(pack, c.Region, whole.Region, rows)
			},
			func(c *Cell) bool {
				return whole.Kind == "" && c.Kind != "" && c.Region == whole.Region && c.Holder == whole.Holder && c.Time == whole.Time
			},
			func(c *Cell) bool {
				return whole.Holder == "" && c.Holder != "" && c.Region == whole.Region && c.Kind == whole.Kind && c.Time == whole.Time
			},
			func(c *Cell) bool {
				return whole.Time == "" && c.Time != "" && c.Region == whole.Region && c.Kind == whole.Kind && c.Holder == whole.Holder
			},
		} {
			check := Check{Cell: i}
			for j := range t.Cells {
				if j != i && part(&t.Cells[j]) {
					check.Parts = append(check.Parts, j)
					check.Sum += t.Cells[j].Value
				}
			}
			if len(check.Parts) > 1 {
				out = append(out, check)
			}
		}
	}
	return out
}

// partOf tells whether a row is one of those that add up to another row: a city of
// the province or of a group, what lies in no city, or a part of a city all of
// whose parts stand there. A part whose city stands beside it is counted there.
func (t *Table) partOf(pack *region.Pack, code, whole string, rows map[string]bool) bool {
	if code == whole {
		return false
	}
	u := pack.Unit(code)
	switch {
	case u == nil:
		return whole == pack.Code() && code == pack.Other()
	case u.Parent == whole:
		return t.holdsRows(pack, whole, rows)
	case u.Kind == region.City:
		return pack.Unit(whole) == nil && slices.Contains(pack.Descendants(whole), code)
	}
	return false
}
