package tabular

import (
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"onewindow/internal/date"
	"onewindow/internal/number"
	"onewindow/internal/source/cnfield"
)

// nothing are the signs that people put into a cell that has nothing to say.
var nothing = map[string]bool{
	"-": true, "--": true, "—": true, "——": true, "/": true, `\`: true, "无": true, "暂无": true, "空": true,
	"N/A": true, "n/a": true, "NA": true, "NULL": true, "null": true, `\N`: true, "#N/A": true, "None": true,
}

// clean turns the content of a cell into the values of a column that is called head
// in its table. What is damaged
// is flagged with what stood there and left out; nothing is guessed.
func (m *Mapping) clean(c *Column, head, cell string, f *cnfield.Flags) []value {
	cell = cnfield.Trim(cell)
	switch {
	case cell == "" || nothing[cell]:
		return nil
	case strings.HasPrefix(cell, "#") && (strings.HasSuffix(cell, "!") || strings.HasSuffix(cell, "?") || strings.Trim(cell, "#") == ""):
		f.Add("cell.error", head, cell)
		return nil
	case strings.ContainsRune(cell, utf8.RuneError):
		f.Add("cell.damaged", head, cell)
	}
	var out []value
	for _, part := range c.parts(cell) {
		if v, ok := m.value(c, head, part, f); ok {
			out = append(out, v)
		}
	}
	return out
}

// parts cuts a cell at the column's separators.
func (c *Column) parts(cell string) []string {
	if c.Split == "" {
		return []string{cell}
	}
	var out []string
	for _, p := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(c.Split, r) || r == '\n' || r == '\r' }) {
		if p = cnfield.Trim(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// value cleans one part of a cell. ok is false where nothing is left of it.
func (m *Mapping) value(c *Column, head, s string, f *cnfield.Flags) (v value, ok bool) {
	if m.personal(s) {
		f.Add("number.personal", head, "") // what it was must not be kept
		return value{}, false
	}
	if c.pattern != nil {
		at := c.pattern.FindStringSubmatchIndex(s)
		if at == nil {
			f.Add("value.pattern", head, s)
			return value{}, false
		}
		if s = cnfield.Trim(string(c.pattern.ExpandString(nil, c.take, s, at))); s == "" {
			return value{}, false
		}
	}
	if len(c.values) > 0 {
		means, known := c.values[foldHead(s)]
		switch {
		case known:
			s = means
		case !c.lax:
			f.Add("value.unknown", head, s)
			return value{}, false
		}
	}
	return m.shaped(c, head, s, f)
}

// shaped brings a value into the shape that the column's fields take.
func (m *Mapping) shaped(c *Column, head, s string, f *cnfield.Flags) (value, bool) {
	switch {
	case c.IsDate:
		d, known := parseDay(s, c.order)
		if !known {
			f.Add("date.unreadable", head, s)
		}
		return value{day: d}, d != 0
	case c.unit > 0:
		fen, known := parseMoney(s, c.unit)
		if !known {
			f.Add("money.unreadable", head, s)
		}
		return value{text: fen}, known
	case c.has(count):
		n := width.Fold.String(s)
		if len(n) > 9 || strings.Trim(n, "0123456789") != "" {
			f.Add("count.unreadable", head, s)
			return value{}, false
		}
		return value{text: n}, true
	case c.has(digits) || len(c.Forms) > 0:
		return m.numbered(c, head, whole(s), f)
	}
	return value{text: s}, true
}

func (c *Column) has(s shape) bool {
	for _, f := range c.fields {
		if f.shape == s {
			return true
		}
	}
	return false
}

// numbered brings a number into the normal form of the first form that it fits.
// One that fits none is kept as it stands: offices have more spellings than any
// list of forms.
func (m *Mapping) numbered(c *Column, head, s string, f *cnfield.Flags) (value, bool) {
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsLetter(r) }) {
		return value{}, false
	}
	if exponent.MatchString(s) {
		f.Add("number.damaged", head, s)
		return value{}, false
	}
	if len(c.Forms) == 0 {
		return value{text: s}, true
	}
	bare := strings.TrimSuffix(strings.TrimPrefix(s, "第"), "号")
	for _, id := range c.Forms {
		r, err := m.forms.Validate(id, bare)
		if err != nil {
			continue
		}
		if r.Check == number.Wrong {
			f.Add("number.check_digit", head, s)
		}
		return value{text: r.Normal}, true
	}
	f.Add("number.form", head, s)
	return value{text: s}, true
}

// personal tells whether a value is a number that identifies a person.
func (m *Mapping) personal(s string) bool { return number.Mask(s) != s }

// exponent recognises what a spreadsheet leaves of a long number.
var exponent = regexp.MustCompile(`^[0-9](\.[0-9]+)?[Ee]\+?[0-9]+$`)

// whole undoes what binary arithmetic of a spreadsheet does to a number with a
// fraction, "201710601862.29999": the shortest decimal that is the same double.
func whole(s string) string {
	point := strings.IndexByte(s, '.')
	if point < 0 || len(s) < 16 || strings.Trim(s, "0123456789.") != "" {
		return s
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// dateOrder is the order of day and month where a table writes the year last.
type dateOrder int

const (
	yearFirst dateOrder = iota
	dayFirst            // 31/12/2020
	monthFirst
)

var (
	yearLast = regexp.MustCompile(`^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})$`)
	clock    = regexp.MustCompile(`[ T]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$`)
	inWords  = []string{"2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "2-Jan-2006", "02-Jan-06"}
)

// The days that a spreadsheet's serial number may stand for: 1927 to 2119. Others
// are sooner numbers of something else.
const (
	firstSerial = 10_000
	lastSerial  = 80_000
)

// parseDay reads a day in any of the spellings of tables: those of date.Parse, with
// a time behind it, in English words, with the year last where the column says in
// which order, and as a spreadsheet's serial number. known is false where it cannot
// be read; zeros are known to be none.
func parseDay(s string, order dateOrder) (d date.Date, known bool) {
	s = cnfield.Trim(clock.ReplaceAllString(width.Fold.String(s), ""))
	if cnfield.Zero(s) {
		return 0, true
	}
	if d, err := date.Parse(strings.ReplaceAll(s, " ", "")); err == nil {
		return d, true
	}
	if at := yearLast.FindStringSubmatch(s); at != nil && order != yearFirst {
		return ofParts(at[1], at[2], at[3], order)
	}
	for _, layout := range inWords {
		if t, err := time.Parse(layout, s); err == nil {
			return date.OfTime(t), true
		}
	}
	if x, err := strconv.ParseFloat(s, 64); err == nil && x >= firstSerial && x < lastSerial {
		return date.Of(1899, 12, 30).AddDays(int(math.Floor(x))), true
	}
	return 0, false
}

// ofParts puts a day together; years of two digits are those of 1970 to 2069.
func ofParts(first, second, year string, order dateOrder) (date.Date, bool) {
	n := func(s string) int { v, _ := strconv.Atoi(s); return v } // the pattern has digits alone
	d, m, y := n(first), n(second), n(year)
	if order == monthFirst {
		d, m = m, d
	}
	if len(year) == 2 {
		y += 2000
		if y >= 2070 {
			y -= 100
		}
	}
	out := date.Of(y, m, d)
	return out, out != 0
}

var amount = regexp.MustCompile(`^(\d{1,15})(\.\d{1,8})?(亿|万)?元?$`)

// parseMoney turns an amount into integer fen; unit is the fen of one unit of the
// column, and words behind the number count on top of that of yuan. Parts of a fen
// are refused: no register has them.
func parseMoney(s string, unit int64) (fen string, known bool) {
	s = strings.NewReplacer(",", "", " ", "", "¥", "", "￥", "", "人民币", "", "圆", "元").Replace(width.Fold.String(s))
	at := amount.FindStringSubmatch(s)
	if at == nil {
		return "", false
	}
	x, ok := new(big.Rat).SetString(at[1] + at[2])
	if !ok {
		return "", false
	}
	switch at[3] {
	case "亿":
		unit = 100_000_000_00
	case "万":
		unit = 10_000_00
	default:
		if strings.HasSuffix(s, "元") {
			unit = 100
		}
	}
	x.Mul(x, new(big.Rat).SetInt64(unit))
	if !x.IsInt() || !x.Num().IsInt64() {
		return "", false
	}
	return x.Num().String(), true
}
