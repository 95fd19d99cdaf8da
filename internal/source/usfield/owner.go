package usfield

import (
	"strconv"
	"strings"

	"onewindow/internal/record"
)

// Owner is an owner of a mark with the type that the office gives it, which tells
// when it came in: 10 to 19 before publication, 20 to 29 after it, 30 and on since
// registration.
type Owner struct {
	Party record.Party
	Type  string
}

// AddOwners adds the owners of a mark: those of the highest type own it now, as
// holders once it is registered. The others are former owners, unless they are the
// same ones, of whom an earlier address says nothing new.
func AddOwners(d *record.Document, list []Owner) {
	now := record.Applicant
	if d.Number != "" {
		now = record.Holder
	}
	latest := 0
	for _, o := range list {
		latest = max(latest, o.rank())
	}
	for _, o := range list {
		if o.rank() == latest {
			Add(d, As(now, []record.Party{o.Party})...)
		}
	}
	for _, o := range list {
		if o.rank() != latest && !holds(d, now, o.Party.Name()) {
			Add(d, As(record.Former, []record.Party{o.Party})...)
		}
	}
}

// rank orders types; one that is no number came first.
func (o *Owner) rank() int {
	n, err := strconv.Atoi(o.Type)
	if err != nil {
		return 0
	}
	return n
}

// holds tells whether a party of a role has a name.
func holds(d *record.Document, role record.Role, name string) bool {
	for i := range d.Parties {
		if p := &d.Parties[i]; p.Role == role && strings.EqualFold(p.Name(), name) {
			return true
		}
	}
	return false
}
