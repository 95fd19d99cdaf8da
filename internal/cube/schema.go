// Package cube holds what is counted and filtered in columns of small numbers in
// memory: one row a slot, appended and never changed. It fills bitmaps with the
// rows whose values fit, and counts the rows of bitmaps by up to three dimensions.
//
// What the numbers mean is the caller's: a code, a day as yyyymmdd, a year.
package cube

import (
	"fmt"
	"slices"
)

// Window is the number of slots that are matched and counted at a time, and that
// a chunk of a table holds.
const Window = 1 << 16

// MaxColumns limits the columns of a schema, maxName the bytes of their names.
const (
	MaxColumns = 64
	maxName    = 64
)

// Column describes a column.
type Column struct {
	Name  string
	Width int  // bytes of a value: 1, 2 or 4
	Multi bool // a row has any number of values, else exactly one
}

// most returns the greatest value that fits.
func (c Column) most() uint32 { return uint32(1<<(8*c.Width) - 1) }

// Schema is the columns of a table, in order. Rows and dimensions name a column
// by its place.
type Schema struct{ Columns []Column }

// Index returns the place of the column with this name, -1 if there is none.
func (s Schema) Index(name string) int {
	return slices.IndexFunc(s.Columns, func(c Column) bool { return c.Name == name })
}

func (s Schema) check() error {
	if len(s.Columns) == 0 || len(s.Columns) > MaxColumns {
		return fmt.Errorf("cube: %d columns; 1 to %d are possible", len(s.Columns), MaxColumns)
	}
	for i, c := range s.Columns {
		switch {
		case c.Name == "" || len(c.Name) > maxName:
			return fmt.Errorf("cube: column %d needs a name of at most %d bytes", i, maxName)
		case s.Index(c.Name) != i:
			return fmt.Errorf("cube: two columns are called %q", c.Name)
		case c.Width != 1 && c.Width != 2 && c.Width != 4:
			return fmt.Errorf("cube: column %q is %d bytes wide; 1, 2 and 4 are possible", c.Name, c.Width)
		}
	}
	return nil
}
