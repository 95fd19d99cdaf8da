package coverage

import (
	"onewindow/internal/register"
	"onewindow/internal/supply"
)

// Steward judges loads by what is expected of their sources.
type Steward struct{ Sources *supply.Sources }

// Belongs implements register.Steward.
func (s Steward) Belongs(named, path, format string) register.Belonging {
	of := s.Sources.Get(named)
	if of == nil {
		of = s.Sources.Of(path, format)
	}
	if of == nil {
		return register.Belonging{}
	}
	return register.Belonging{Source: of.ID, Count: of.Watched(), Issues: of.Issues.Known()}
}

// Judge implements register.Steward: each file against what is expected of a file,
// the files of a source together against what is expected of a delivery.
func (s Steward) Judge(met, before []register.Survey) []register.Finding {
	var out []register.Finding
	totals, last := totals(met), totals(before)
	for i := range met {
		of := s.Sources.Get(met[i].Source)
		if of == nil || !met[i].Counted {
			continue
		}
		out = append(out, findings(of.ID, met[i].File, of.File.Check(metOf(&met[i]), nil))...)
	}
	for _, of := range s.Sources.All() {
		if total := totals[of.ID]; total != nil {
			out = append(out, findings(of.ID, 0, of.Total.Check(*total, last[of.ID]))...)
		}
	}
	return out
}

func findings(source string, file int64, list []supply.Finding) []register.Finding {
	var out []register.Finding
	for _, f := range list {
		out = append(out, register.Finding{Source: source, File: file, What: f.What, Met: f.Met, Min: f.Min, Max: f.Max})
	}
	return out
}

func metOf(s *register.Survey) supply.Met {
	return supply.Met{Entries: s.Entries, Documents: s.Documents, Rejected: s.Rejected, Flagged: s.Flagged, Issues: register.Main(s.Issues)}
}

// totals adds up what counted files hold, by source.
func totals(surveys []register.Survey) map[string]*supply.Met {
	out := map[string]*supply.Met{}
	for i := range surveys {
		if s := &surveys[i]; s.Counted {
			if out[s.Source] == nil {
				out[s.Source] = &supply.Met{}
			}
			out[s.Source].Add(metOf(s))
		}
	}
	return out
}
