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

// The day on which a right came into force first, and the days on which it is in force,
// by the rules of the lives of rights.
const (
	fieldGranted = "granted"
	fieldForce   = "force"
)

// The type of a trademark, and the office whose right it is.
const (
	fieldMark   = "mark"
	fieldOffice = "office"
)

// newSchema makes the fields that queries about rights can use.
func newSchema(l *lists) (*query.Schema, error) {
	fields := append(query.RightFields(),
		query.Field{Name: fieldLatest, Type: query.Date, Label: "query.field.latest",
			Aliases: map[string][]string{"zh": {"最近公开日"}}},
		query.Field{Name: fieldFirst, Type: query.Date, Label: "query.field.first",
			Aliases: map[string][]string{"zh": {"首次公开日"}}},
		query.Field{Name: fieldGranted, Type: query.Date, Label: "query.field.granted",
			Aliases: map[string][]string{"zh": {"授权日"}}},
		query.Field{Name: fieldForce, Type: query.Date, Label: "query.field.force",
			Aliases: map[string][]string{"en": {"in-force"}, "zh": {"有效"}}},
		query.Field{Name: fieldMark, Type: query.Listed, Label: "query.field.mark",
			Aliases: map[string][]string{"en": {"mark-type"}, "zh": {"商标类型"}}},
		query.Field{Name: fieldOffice, Type: query.Listed, Label: "query.field.office",
			Aliases: map[string][]string{"en": {"authority"}, "zh": {"局", "受理局"}}})
	for i := range fields {
		switch f := &fields[i]; f.Name {
		case "pn":
			f.Normalize, f.Likely = normalizePublication, record.LooksLikePublication
		case "fam":
			f.Normalize = normalizeFamily
		case "ct":
			f.Normalize = normalizePublication
		case "ap":
			f.Normalize, f.Likely = normalizeApplication, likelyApplication
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
	p, err := record.ParsePublication(s)
	return p.String(), err == nil
}

// normalizeFamily accepts the number of a family and that of any publication in it.
func normalizeFamily(s string) (string, bool) {
	if s = strings.TrimSpace(s); s != "" && len(s) <= 12 && strings.Trim(s, "0123456789") == "" {
		return s, true
	}
	return normalizePublication(s)
}

func normalizeRegistration(s string) (string, bool) {
	n := record.RegistrationNumber("", s)
	return n, strings.ContainsAny(n, "0123456789") && len(n) <= 64
}

// normalizeApplication accepts a number with a wrong check digit, since rights
// are kept under what was printed.
func normalizeApplication(s string) (string, bool) {
	n, _ := record.ParseApplication(s)
	return n, n != ""
}

// likelyApplication tells whether a bare word is an application number: China's and
// international ones can be told from other numbers.
func likelyApplication(s string) bool {
	if n, _ := record.ParseApplicationCN(s); n != "" {
		return true
	}
	n, err := record.ParseApplication(s)
	return err == nil && strings.HasPrefix(n, "PCT/")
}
