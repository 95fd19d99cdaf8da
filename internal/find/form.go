package find

import (
	"slices"

	"onewindow/internal/query"
)

// Fields lists what queries can ask about.
func (f *Finder) Fields() []query.Field { return f.schema.Fields }

// Values lists the codes that readers choose from for a listed field whose values are
// known beforehand, nil for any other field.
func (f *Finder) Values(field string) []string {
	list, _ := f.lists.named(field)
	if list == nil {
		return nil
	}
	return slices.Clone(list.choices())
}

// Compose writes the query that the rows of a form ask for, see query.Schema.
func (f *Finder) Compose(rows []query.Row) string { return f.schema.Compose(rows) }
