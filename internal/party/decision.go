package party

import (
	"context"
	"time"

	"onewindow/internal/audit"
)

// Act is what a person decided of parties.
type Act string

// The acts.
const (
	ActMerge  Act = "merge"  // all names on both sides are one party
	ActSplit  Act = "split"  // the names of the one side are another party than those of the other
	ActDiffer Act = "differ" // the same, of two that the rules did not join
)

// Decision is what a person decided of names. It names them by their keys, which
// follow from what sources print and not from what is loaded, so that it holds
// through undoing and loading again.
type Decision struct {
	ID     int64
	Act    Act
	A, B   []string // keys of the names and identifiers on each side
	Rule   string   // whose doubt it settles, "" for none
	Like   int64    // the decision that it was made along with, 0 if none
	Reason string
	By     string
	Made   time.Time

	Undone       time.Time // zero while it stands
	UndoneBy     string
	UndoneReason string
}

// Stands tells whether a decision was not undone.
func (d *Decision) Stands() bool { return d.Undone.IsZero() }

// Store keeps decisions. What a call writes becomes durable together with the
// leaf of the audit log that tells of it.
type Store interface {
	// Decisions returns all of them in the order of their ids.
	Decisions(ctx context.Context) ([]Decision, error)
	// PutDecisions stores decisions, new ones under new ids, and returns all ids.
	// Where Like of a new one is negative, it is the id of the first one stored.
	PutDecisions(ctx context.Context, decisions []Decision, leaf audit.Leaf) ([]int64, error)
}

// LikeFirst stands in Decision.Like for the id of the first decision that is
// stored along with it.
const LikeFirst = -1
