package find

import (
	"cmp"
	"hash/fnv"
	"math"

	"onewindow/internal/cube"
	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/search"
)

// The columns of the cube, one row for each slot. Listed values are places in
// their list, days decimal numbers as in date.Date.
const (
	colKind = iota
	colRegion
	colHolderType
	colField
	colYear        // of the newest publication, less yearZero
	colFirstYear   // of the oldest publication
	colFilingYear  // of the application
	colMonth       // of the newest publication: see monthOf
	colFiled       // day
	colNewest      // day of the newest publication
	colOldest      // day of the oldest one
	colRight       // id of the right
	colPublished   // days of all publications, newest first
	colPublication // their kind codes, in the same order: see packCode
	colNumber      // hashes of their numbers, in the same order: see hashNumber
	colGranted     // day on which the right came into force first
	colMark        // types of a trademark
	colOffice      // whose right it is
	colForce       // days on which it came into force and on which it no longer was, in turn
)

// yearZero is the year that a year column counts from; 0 means that the day is
// not known, and so does a year that does not fit.
const yearZero = 1899

var cubeSchema = cube.Schema{Columns: []cube.Column{
	colKind:        {Name: "kind", Width: 1},
	colRegion:      {Name: "region", Width: 2},
	colHolderType:  {Name: "holder-type", Width: 1},
	colField:       {Name: "field", Width: 1},
	colYear:        {Name: "year", Width: 1},
	colFirstYear:   {Name: "first-year", Width: 1},
	colFilingYear:  {Name: "filing-year", Width: 1},
	colMonth:       {Name: "month", Width: 2},
	colFiled:       {Name: "filed", Width: 4},
	colNewest:      {Name: "newest", Width: 4},
	colOldest:      {Name: "oldest", Width: 4},
	colRight:       {Name: "right", Width: 4},
	colPublished:   {Name: "published", Width: 4, Multi: true},
	colPublication: {Name: "publication", Width: 2, Multi: true},
	colNumber:      {Name: "number", Width: 4, Multi: true},
	colGranted:     {Name: "granted", Width: 4},
	colMark:        {Name: "mark", Width: 1, Multi: true},
	colOffice:      {Name: "office", Width: 2},
	colForce:       {Name: "force", Width: 4, Multi: true},
}}

// fill writes a right's row; d is the caller's, to classify with.
func (l *lists) fill(row *cube.Row, v *register.View, d *record.Document) error {
	if v.ID > math.MaxUint32 {
		return ierr.New(ierr.TooLarge, "find.rights", ierr.Args{"limit": uint32(math.MaxUint32)})
	}
	c := l.classify(v, d)
	row.Reset()
	row.Set(colKind, l.Kind.at(string(v.Kind)))
	row.Set(colRegion, l.Region.at(c.Region.Code))
	row.Set(colHolderType, l.HolderType.at(c.HolderType.Code))
	row.Set(colField, l.Field.at(c.Field.Code))
	row.Set(colOffice, l.Office.at(v.Office()))
	row.Set(colFiled, uint32(v.Application.Filed))
	row.Set(colFilingYear, year(v.Application.Filed))
	row.Set(colRight, uint32(v.ID))
	var newest, oldest date.Date
	for i := range v.Documents {
		d := &v.Documents[i]
		newest = max(newest, d.Published)
		if oldest == 0 || d.Published != 0 && d.Published < oldest {
			oldest = d.Published
		}
		row.Add(colPublished, uint32(d.Published))
		row.Add(colPublication, packCode(d.Code))
		row.Add(colNumber, hashNumber(d.Office, d.Number))
	}
	row.Set(colNewest, uint32(newest))
	row.Set(colOldest, uint32(oldest))
	row.Set(colYear, year(newest))
	row.Set(colMonth, monthOf(uint32(newest)))
	row.Set(colFirstYear, year(oldest))
	l.force(row, v)
	l.mark(row, v)
	return nil
}

// mark writes the types of a trademark.
func (l *lists) mark(row *cube.Row, v *register.View) {
	if v.Kind != record.Trademark {
		return
	}
	if v.Mark == nil || len(v.Mark.Types) == 0 {
		row.Add(colMark, 0)
		return
	}
	for _, t := range v.Mark.Types {
		row.Add(colMark, l.MarkType.at(t))
	}
}

// force writes when the right was in force.
func (l *lists) force(row *cube.Row, v *register.View) {
	if l.lives == nil {
		return
	}
	for i, s := range l.lives.Force(v) {
		if i == 0 {
			row.Set(colGranted, uint32(s.From))
		}
		row.Add(colForce, uint32(s.From))
		if s.To != 0 {
			row.Add(colForce, uint32(s.To.AddDays(1)))
		}
	}
}

func year(d date.Date) uint32 {
	if y := d.Year() - yearZero; y > 0 && y <= math.MaxUint8 {
		return uint32(y)
	}
	return 0
}

// packCode makes a number of an ST.16 kind code: its letter and, in the low
// bits, one more than its digit.
func packCode(code string) uint32 {
	if code == "" {
		return 0
	}
	n := uint32(code[0]) << 4
	if len(code) > 1 && code[1] >= '0' && code[1] <= '9' {
		n |= uint32(code[1]-'0') + 1
	}
	return n
}

// hashNumber makes a number of a publication's office and number, which may hold
// letters: enough to tell the publications of one right apart.
func hashNumber(office, number string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(office))
	h.Write([]byte(number))
	return h.Sum32()
}

// unpackCode is the reverse of packCode.
func unpackCode(n uint32) string {
	if n == 0 {
		return ""
	}
	code := string(rune(n >> 4))
	if digit := n & 15; digit > 0 {
		code += string(rune('0' + digit - 1))
	}
	return code
}

// rows is the cube as one query sees it.
type rows struct {
	*cube.Snapshot
	lists *lists
}

// between finds the rights with a day in a range. A right fits a range of
// publication days when any of its publications does.
func (r *rows) between(n query.Between) search.Matcher {
	if n.Field == fieldForce {
		return r.Spans(colForce, uint32(n.From), last(n.To))
	}
	return r.Range(dayColumns[n.Field], max(uint32(n.From), 1), last(n.To))
}

var dayColumns = map[string]int{"pd": colPublished, "fd": colFiled, fieldLatest: colNewest, fieldFirst: colOldest, fieldGranted: colGranted}

func last(d date.Date) uint32 {
	if d == 0 {
		return math.MaxUint32
	}
	return uint32(d)
}

// is finds the rights with a value of a listed field.
func (r *rows) is(n query.Is) (search.Matcher, error) {
	list, column := r.lists.named(n.Field)
	if list == nil || n.Match != query.Whole && n.Match != query.Below {
		return nil, unsupported("find.field", ierr.Args{"field": n.Field})
	}
	return r.In(column, list.set(n.Value, n.Match == query.Below)), nil
}

// newestFirst and oldestFirst are the sort keys of publication days.
type newestFirst struct{ *cube.Snapshot }

func (s newestFirst) Keys(base uint32, keys []int32) {
	for i, day := range s.Window(colNewest, base) {
		keys[i] = int32(day)
	}
}

type oldestFirst struct{ *cube.Snapshot }

func (s oldestFirst) Keys(base uint32, keys []int32) {
	for i, day := range s.Window(colNewest, base) {
		if keys[i] = -int32(day); day == 0 {
			keys[i] = math.MinInt32
		}
	}
}

// inOrder compares days as lists put them, newest or oldest first: below zero when a
// stands before b. No day stands last in both.
func inOrder(a, b int32, oldest bool) int {
	if !oldest || a == 0 || b == 0 {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

func day(s *cube.Snapshot, slot uint32) int32 {
	if int(slot) >= s.Rows() {
		return 0
	}
	return int32(s.Value(colNewest, slot))
}
