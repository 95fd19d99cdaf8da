package server

import (
	"context"
	"strings"

	"onewindow/internal/find"
	"onewindow/internal/record"
	"onewindow/internal/web"
)

// maxAsked is how many publications of a right are asked for who cites them.
const maxAsked = 20

// link leads from a record to the others held here that it names, and to those that
// name it.
func (s *sheet) link(ctx context.Context, out *web.Record) error {
	if s.v.Gone {
		return nil
	}
	links, err := s.register.Links(ctx, s.v)
	if err != nil {
		return err
	}
	for i, right := range links.Filings {
		out.Filings[i].Record = right
	}
	for i, right := range links.Cited {
		out.Cited[i].Record = right
	}
	for _, f := range s.v.Facts {
		if f.Name == record.FactFamily {
			out.InFamily = s.canonical("fam=" + f.Text)
		}
	}
	if out.InFamily == "" && len(s.v.Documents) > 0 {
		out.InFamily = s.canonical("fam=" + s.v.Documents[0].ID)
	}
	out.CitedBy = s.citedBy(ctx)
	return nil
}

// citedBy finds the rights that cite a publication of this one. While no index
// answers, none is told of.
func (s *sheet) citedBy(ctx context.Context) web.Finds {
	var asked []string
	for _, d := range s.v.Documents[:min(len(s.v.Documents), maxAsked)] {
		if d.Kind.IsPatent() {
			asked = append(asked, "ct="+d.Office+d.Number)
		}
	}
	if len(asked) == 0 {
		return web.Finds{}
	}
	query := s.canonical(strings.Join(asked, " or "))
	if query == "" {
		return web.Finds{}
	}
	found, err := s.finder.Search(ctx, find.Public(), find.Request{Query: query, Lang: s.say.Lang(), BareHits: true})
	if err != nil {
		return web.Finds{}
	}
	return web.Finds{N: found.Total, Query: query}
}
