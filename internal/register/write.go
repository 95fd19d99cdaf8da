package register

import (
	"slices"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// writeParties writes everything that a document says of the parties in a role.
func writeParties(d *record.Document, role record.Role) string {
	var parts []string
	for i := range d.Parties {
		if p := &d.Parties[i]; p.Role == role {
			parts = append(parts, writeParty(p))
		}
	}
	return join(parts)
}

func writeParty(p *record.Party) string {
	var parts []string
	for _, n := range p.Names {
		parts = append(parts, n.Text)
	}
	for _, s := range [...]string{p.Address, p.Postcode, p.Country, p.Region, p.Ident} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

func writeClasses(d *record.Document, scheme record.Scheme) string {
	var parts []string
	for _, c := range d.Classes {
		if c.Scheme != scheme {
			continue
		}
		s := c.Symbol
		if c.Version != "" {
			s += " (" + c.Version + ")"
		}
		parts = append(parts, s+c.Value)
	}
	return join(parts)
}

func writeFilings(d *record.Document, relation string) string {
	var parts []string
	for _, f := range d.Filings {
		if f.Relation == relation {
			parts = append(parts, strings.TrimSpace(f.Office+f.Number+" "+f.Date.String()))
		}
	}
	return join(parts)
}

func writeEvents(d *record.Document) string {
	var parts []string
	for _, e := range d.Events {
		parts = append(parts, strings.TrimSpace(e.Date.String()+" "+e.Code+" "+e.Text))
	}
	return join(parts)
}

// present returns the texts that are not empty.
func present(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

func dayText(d date.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func join(parts []string) string { return strings.Join(parts, "; ") }
