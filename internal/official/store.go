package official

import (
	"context"

	"onewindow/internal/audit"
)

// Store keeps official tables. A table never changes; what a call writes becomes
// durable together with the leaf of the audit log that tells of it.
type Store interface {
	// Tables returns the latest revision of every table by its id, without cells.
	Tables(ctx context.Context) ([]Table, error)
	// Table returns one revision of a table, the latest for 0; nil if there is none.
	Table(ctx context.Context, id string, revision int) (*Table, error)
	// PutTable stores a table as a new revision, with the leaf that is made of its
	// number.
	PutTable(ctx context.Context, t *Table, leaf func(revision int) (audit.Leaf, error)) (revision int, err error)
}
