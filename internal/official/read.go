package official

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"onewindow/internal/ierr"
	"onewindow/internal/source/entry"
)

// Read reads an official table. Wide tables have a row for each region and a column
// for each kind, type of holder or time; long ones a row for each figure. A cell that
// cannot be read is refused with its row and column: nothing is guessed, and the
// table is taken whole or not at all. Cells that state nothing are no zeros: they
// are left out.
func Read(name string, file []byte, h Head, w *Words) (*Table, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	rows, err := rowsOf(file)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(file)
	t := &Table{Head: h, File: entry.Clip(filepath.Base(filepath.ToSlash(name))), SHA256: hex.EncodeToString(sum[:])}
	r := reader{w: w, t: t}
	if err := r.read(rows); err != nil {
		return nil, err
	}
	t.settle(w.pack)
	return t, nil
}

// reader reads the rows of one table.
type reader struct {
	w       *Words
	t       *Table
	heads   []head
	names   []string // of the columns, as printed
	used    []bool
	regions int // the column of regions
	value   int // that of the figures of a long table, -1 in a wide one
	seen    map[string]int
	faults  []*ierr.Error
}

func (r *reader) fault(code string, line, column int, raw string, more ierr.Args) {
	args := ierr.Args{"row": line, "column": columnName(column), "head": r.nameOf(column), "raw": entry.Clip(raw)}
	for k, v := range more {
		args[k] = v
	}
	r.faults = append(r.faults, ierr.New(ierr.Invalid, code, args))
}

func (r *reader) nameOf(column int) string {
	if column < len(r.names) {
		return r.names[column]
	}
	return ""
}

// columnName writes the number of a column as spreadsheets do: A, B … AA.
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

func (r *reader) read(rows []row) error {
	at := r.header(rows)
	if at < 0 {
		return ierr.New(ierr.Invalid, "official.no_header", nil)
	}
	for _, row := range rows[:at] {
		r.title(row)
	}
	r.seen = map[string]int{}
	for _, row := range rows[at+1:] {
		r.row(row)
	}
	if len(r.faults) > 0 {
		first := r.faults[0]
		if len(r.faults) > 1 {
			return ierr.Wrap(first, ierr.Invalid, "official.faults", ierr.Args{"n": len(r.faults), "list": placesOf(r.faults)})
		}
		return first
	}
	if len(r.t.Cells) == 0 {
		return ierr.New(ierr.Invalid, "official.no_cells", nil)
	}
	if len(r.t.Cells) > MaxCells {
		return ierr.New(ierr.TooLarge, "official.cells", ierr.Args{"limit": MaxCells})
	}
	return nil
}

// placesOf lists the places of the first faults with what stands there.
func placesOf(faults []*ierr.Error) string {
	var out []string
	for i, f := range faults {
		if i == 10 {
			out = append(out, "…")
			break
		}
		raw, _ := f.Args["raw"].(string)
		out = append(out, f.Args["column"].(string)+strconv.Itoa(f.Args["row"].(int))+" “"+raw+"”")
	}
	return strings.Join(out, ", ")
}

func (r *reader) title(row row) {
	if text := entry.Clip(strings.Join(slices.DeleteFunc(slices.Clone(row.cells), func(c string) bool { return c == "" }), " ")); len(r.t.Titles) < 20 {
		r.t.Titles = append(r.t.Titles, text)
	}
}

// header finds the row that names the columns: the first of which one is the region
// and another one figures, or whose first cell is empty and at least one other names
// figures.
func (r *reader) header(rows []row) int {
	for i, row := range rows[:min(len(rows), 30)] {
		heads := make([]head, len(row.cells))
		used := make([]bool, len(row.cells))
		regions, value, figures := -1, -1, 0
		for c, cell := range row.cells {
			heads[c], used[c] = r.w.head(cell)
			switch {
			case !used[c]:
			case heads[c].column == colRegion && regions < 0:
				regions = c
			case heads[c].column == colValue && value < 0:
				value = c
			case heads[c].column == "":
				figures++
			}
		}
		if regions < 0 && len(row.cells) > 1 && (row.cells[0] == "" || !used[0]) {
			if regions = 0; figures == 0 && value < 0 {
				continue
			}
			if i+1 < len(rows) {
				if _, _, ok := r.w.region(rows[i+1].cells[0]); !ok {
					continue
				}
			}
		}
		if regions < 0 || figures == 0 && value < 0 {
			continue
		}
		if figures > 0 {
			value = -1
		}
		r.heads, r.used, r.names, r.regions, r.value = heads, used, row.cells, regions, value
		for c, name := range row.cells {
			if name != "" && !used[c] && c != regions {
				r.t.Omitted = append(r.t.Omitted, entry.Clip(name))
			}
		}
		return i
	}
	return -1
}

// row reads one row below the header.
func (r *reader) row(row row) {
	at := func(c int) string {
		if c < len(row.cells) {
			return row.cells[c]
		}
		return ""
	}
	name := at(r.regions)
	if r.empty(row) {
		r.title(row) // a note
		return
	}
	code, near, ok := r.w.region(name)
	if !ok {
		r.fault("official.region", row.line, r.regions, name, ierr.Args{"near": strings.Join(near, ", ")})
		return
	}
	base := Cell{Region: code, Row: row.line}
	if r.value >= 0 {
		r.long(row, base, at)
		return
	}
	for c, h := range r.heads {
		if c == r.regions || !r.used[c] || h.column != "" {
			continue
		}
		cell := h.cell
		cell.Region, cell.Row, cell.Column = code, row.line, c+1
		r.put(cell, at(c))
	}
}

// empty tells whether a row holds no figures.
func (r *reader) empty(row row) bool {
	for c, text := range row.cells {
		figures := r.value < 0 && c < len(r.used) && r.used[c] && r.heads[c].column == "" || c == r.value
		if c != r.regions && figures && text != "" {
			return false
		}
	}
	return true
}

// long reads a row of a long table.
func (r *reader) long(row row, cell Cell, at func(int) string) {
	cell.Column = r.value + 1
	month := ""
	for c, h := range r.heads {
		text := at(c)
		if text == "" || !r.used[c] {
			continue
		}
		ok := true
		switch h.column {
		case colKind:
			if cell.Kind, ok = r.w.kinds[fold(text)]; !ok {
				ok = r.w.total[fold(text)]
			}
		case colHolder:
			if cell.Holder, ok = r.w.holders[fold(text)]; !ok {
				ok = r.w.total[fold(text)]
			}
		case colYear:
			if cell.Time, ok = timeOf(text); !ok {
				ok = r.w.total[fold(text)]
			}
		case colMonth:
			month = strings.TrimSuffix(text, "月")
			if full, isTime := timeOf(text); isTime {
				month, cell.Time = full[max(0, len(full)-2):], full[:4]
			}
			n, err := strconv.Atoi(month)
			ok = err == nil && n >= 1 && n <= 12
			month = strings.Repeat("0", 2-min(2, len(month))) + month
		}
		if !ok {
			r.fault("official.word", row.line, c, text, nil)
			return
		}
	}
	if month != "" {
		if cell.Time == "" && r.t.To != 0 && r.t.From.Year() == r.t.To.Year() {
			cell.Time = strconv.Itoa(r.t.To.Year())
		}
		if len(cell.Time) != 4 {
			r.fault("official.word", row.line, r.value, month, nil)
			return
		}
		cell.Time += "-" + month
	}
	r.put(cell, at(r.value))
}

// put adds a cell unless it states nothing.
func (r *reader) put(cell Cell, text string) {
	if r.w.blank[strings.ToLower(text)] {
		return
	}
	n, ok := whole(text)
	if !ok {
		r.fault("official.number", cell.Row, cell.Column-1, text, nil)
		return
	}
	cell.Value = n
	if cell.Kind == "" && r.t.Kind != "" {
		cell.Kind = r.t.Kind
	}
	if cell.Holder == "" && r.t.Holder != "" {
		cell.Holder = r.t.Holder
	}
	if from, to := r.t.Span(&cell); from > to || cell.Time != "" && r.t.Measure == InForce {
		r.fault("official.time", cell.Row, cell.Column-1, cell.Time, nil)
		return
	}
	key := cell.Key()
	if line, twice := r.seen[key]; twice {
		r.fault("official.twice", cell.Row, cell.Column-1, text, ierr.Args{"other": line})
		return
	}
	r.seen[key] = cell.Row
	r.t.Cells = append(r.t.Cells, cell)
}

// whole reads a whole number with or without marks between thousands, in digits of
// any width, with a unit of pieces behind it.
func whole(s string) (int64, bool) {
	s = width.Narrow.String(s)
	for _, unit := range []string{"件", "项", "个"} {
		s = strings.TrimSuffix(s, unit)
	}
	s = strings.TrimSuffix(strings.TrimSpace(s), ".0") // as spreadsheets store whole numbers
	if strings.ContainsAny(s, ", ") {
		parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
		for i, p := range parts {
			if len(p) != 3 && i > 0 || len(p) > 3 || p == "" {
				return 0, false
			}
		}
		s = strings.Join(parts, "")
	}
	if s == "" || strings.Trim(s, "0123456789") != "" || len(s) > 15 {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}
