package find

import (
	"strings"

	"onewindow/internal/party"
	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/search"
)

// shownNames is how many of a party's names an explanation lists.
const shownNames = 6

// namer returns what tells which names count with their place, nil where holders
// are not told apart.
func (l *lists) namer() *party.Namer {
	if l.parties == nil {
		return nil
	}
	return l.parties.Namer()
}

// located writes the names of a holder that count only with its place, with it.
func (w *fieldWriter) located(p *record.Party) {
	if w.namer != nil {
		w.namer.Located(p, func(name, place string) {
			w.joined(spaceWhole, keyLocated, party.LocatedKey(name, place))
		})
	}
}

// resolveHolder finds the party that a name means. Its label lists the names that
// are taken as its.
func (l *lists) resolveHolder(value string) (query.Choice, []string, bool) {
	if l.parties == nil {
		return query.Choice{}, nil, false
	}
	m, candidates, ok := l.parties.Resolve(value)
	if !ok {
		return query.Choice{}, candidates, false
	}
	names := strings.Join(m.Names[:min(shownNames, len(m.Names))], " / ")
	if len(m.Names) > shownNames {
		names += " / …"
	}
	labels := map[string]string{}
	for _, lang := range l.langs {
		labels[lang] = names
	}
	return query.Choice{Code: m.ID, Labels: labels}, nil, true
}

// holderKeys asks for the rights that a party holds or applied for under any of
// its names: which these are is looked up when the question is asked.
func (l *lists) holderKeys(id string) search.Node {
	var any search.Or
	if l.parties == nil {
		return any
	}
	for _, k := range l.parties.Keys(id) {
		prefix := keyHolder
		if k.Located {
			prefix = keyLocated
		}
		any.Nodes = append(any.Nodes, search.Key{Space: spaceWhole, Key: prefix + k.Text})
	}
	return any
}
