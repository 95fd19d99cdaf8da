package find

import (
	"strings"

	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/search"
)

// The days of a right's newest and oldest publication. A right fits pd when any
// of its publications does; by these two every right stands in one year alone, so
// that facets add up.
const (
	fieldLatest = "latest"
	fieldFirst  = "first"
)

// newSchema makes the fields that queries about rights can use.
func newSchema(l *lists) (*query.Schema, error) {
	fields := append(query.RightFields(),
		query.Field{Name: fieldLatest, Type: query.Date, Label: "query.field.latest",
			Aliases: map[string][]string{"zh": {"最近公开日"}}},
		query.Field{Name: fieldFirst, Type: query.Date, Label: "query.field.first",
			Aliases: map[string][]string{"zh": {"首次公开日"}}})
	for i := range fields {
		switch f := &fields[i]; f.Name {
		case "pn":
			f.Normalize = normalizePublication
		case "ap":
			f.Normalize = normalizeApplication
		case "rn":
			f.Normalize = normalizeRegistration
		case "holder":
			f.Resolve = l.resolveHolder
		default:
			if f.Type == query.Listed {
				f.Resolve = l.resolver(f.Name)
			}
		}
	}
	s, err := query.NewSchema(fields)
	if err != nil {
		return nil, err
	}
	s.Pattern = search.IsPattern
	return s, nil
}

func normalizePublication(s string) (string, bool) {
	p, err := record.ParsePublicationCN(s)
	return p.String(), err == nil
}

func normalizeRegistration(s string) (string, bool) {
	n := record.RegistrationNumber("", s)
	return n, strings.ContainsAny(n, "0123456789") && len(n) <= 64
}

// normalizeApplication accepts a number with a wrong check digit, since rights
// are kept under what was printed.
func normalizeApplication(s string) (string, bool) {
	n, _ := record.ParseApplicationCN(s)
	return n, n != ""
}
