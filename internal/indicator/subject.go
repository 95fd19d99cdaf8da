package indicator

import (
	"slices"
	"strings"
)

// Subject groups indicators for readers: by the areas with which their ids begin.
type Subject struct {
	ID    string            `yaml:"id"`
	Names map[string]string `yaml:"names"`
	Areas []string          `yaml:"areas"` // court of court.accepted
}

// SubjectOf returns the subject of a definition, nil where its area is in none.
func (s *Set) SubjectOf(d *Definition) *Subject {
	area, _, _ := strings.Cut(d.ID, ".")
	for i := range s.Subjects {
		if slices.Contains(s.Subjects[i].Areas, area) {
			return &s.Subjects[i]
		}
	}
	return nil
}

// Sources returns the ids of the indicators that one is computed from, with those that
// these are computed from, itself first.
func (s *Set) Sources(id string) []string {
	out := []string{id}
	for i := 0; i < len(out); i++ {
		for _, next := range s.byID[out[i]].restsOn() {
			if s.byID[next] != nil && !slices.Contains(out, next) {
				out = append(out, next)
			}
		}
	}
	return out
}

// restsOn returns the ids of the indicators that the definition computes with.
func (d *Definition) restsOn() []string {
	if d.Of != nil {
		return []string{d.Of.Numerator, d.Of.Denominator}
	}
	return d.Sum
}

// UsedBy returns the definitions that compute with an indicator.
func (s *Set) UsedBy(id string) []*Definition {
	var out []*Definition
	for _, d := range s.Definitions {
		if slices.Contains(d.restsOn(), id) {
			out = append(out, d)
		}
	}
	return out
}
