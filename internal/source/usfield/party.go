package usfield

import (
	"strings"

	"onewindow/internal/record"
)

// Join writes the parts that are there, parted by sep.
func Join(sep string, parts ...string) string {
	var have []string
	for _, p := range parts {
		if p != "" {
			have = append(have, p)
		}
	}
	return strings.Join(have, sep)
}

// Add adds parties to a document, each name of a role once.
func Add(d *record.Document, list ...record.Party) {
	for _, p := range list {
		again := false
		for i := range d.Parties {
			have := &d.Parties[i]
			again = again || have.Role == p.Role && have.Name() == p.Name() && have.Address == p.Address
		}
		if !again && (p.Name() != "" || p.Address != "") {
			d.Parties = append(d.Parties, p)
		}
	}
}

// As returns the parties with another role.
func As(role record.Role, list []record.Party) []record.Party {
	out := make([]record.Party, len(list))
	for i, p := range list {
		p.Role = role
		out[i] = p
	}
	return out
}
