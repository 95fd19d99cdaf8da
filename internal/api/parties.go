package api

import (
	"context"
	"fmt"
	"strings"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/party"
)

// PartyPath names a party.
type PartyPath struct {
	ID string `path:"id" minLength:"1" maxLength:"400" doc:"An id, a name that one party alone bears, or a unified social credit code."`
}

// partyMark marks an answer about parties, which may lag behind the register.
func (s *server) partyMark() v1.Mark {
	state, behind := s.Parties.State()
	return v1.Mark{Sample: s.Sample, State: state, Behind: behind}
}

func (s *server) partyRef(say *i18n.Printer, r party.Reference) v1.PartyRef {
	return v1.PartyRef{ID: r.ID, Name: r.Name, Place: s.partyPlace(say, r.Place), Rights: r.Rights}
}

func (s *server) parties(ctx context.Context, in *v1.FindParties) (*v1.Parties, error) {
	found, err := s.Parties.Find(in.Name, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &v1.Parties{Mark: s.partyMark(), Parties: []v1.PartyRef{}}
	for _, r := range found {
		out.Parties = append(out.Parties, s.partyRef(printer(ctx), r))
	}
	return out, nil
}

func (s *server) party(ctx context.Context, in *PartyPath) (*v1.PartyDetail, error) {
	p, err := s.Parties.Show(in.ID)
	if err != nil {
		return nil, err
	}
	say := printer(ctx)
	out := &v1.PartyDetail{
		Mark: s.partyMark(), PartyRef: v1.PartyRef{ID: p.ID, Rights: p.Rights}, Type: named(say, "holder-type", p.Type), Idents: p.Idents,
		Names: []v1.PartyName{}, Query: "holder=" + p.ID,
	}
	for _, n := range p.Names {
		out.Names = append(out.Names, s.partyName(say, n))
	}
	if len(p.Names) > 0 {
		out.Name = p.Names[0].Text
	}
	for _, a := range p.Addresses {
		out.Addresses = append(out.Addresses, v1.PartyAddress{
			Address: a.Text, Postcode: a.Postcode, Country: a.Country, Region: s.class(say, "region", a.Region),
			Rights: a.Rights, Since: monthText(a.Since), Until: monthText(a.Until),
		})
	}
	for _, u := range p.Uses {
		out.Uses = append(out.Uses, v1.PartyUse{Kind: named(say, "kind", string(u.Kind)), Role: named(say, "role", string(u.Role)), Rights: u.Rights})
	}
	if p.Parent != nil {
		ref := s.partyRef(say, *p.Parent)
		out.Parent = &ref
	}
	for _, b := range p.Branches {
		out.Branches = append(out.Branches, s.partyRef(say, b))
	}
	return out, s.partyRights(ctx, say, out)
}

// partyRights adds what a party holds, by kind.
func (s *server) partyRights(ctx context.Context, say *i18n.Printer, p *v1.PartyDetail) error {
	res, err := s.Finder.Search(ctx, find.Public(), find.Request{Query: p.Query, Lang: say.Lang(), Facets: []string{"kind"}, BareHits: true})
	if err != nil {
		return err
	}
	p.Holds = res.Total
	for _, f := range res.Facets {
		for _, v := range f.Values {
			p.Kinds = append(p.Kinds, v1.FacetValue{Code: v.Code, Label: v.Label, Count: v.Count, Query: v.Clause})
		}
	}
	return nil
}

func (s *server) partyName(say *i18n.Printer, n party.Name) v1.PartyName {
	out := v1.PartyName{
		ID: n.ID, Name: n.Text, Lang: n.Lang, Rights: n.Rights, Since: monthText(n.Since), Until: monthText(n.Until),
		With: n.With, Confidence: n.Confidence, Place: s.partyPlace(say, n.Place),
	}
	if n.Rule != "" {
		rule := named(say, "party.rule", n.Rule)
		out.Rule = &rule
	}
	if n.Near != "" {
		near := named(say, "party.near", n.Near)
		out.Near = &near
	}
	return out
}

// partyPlace names the place of a name that counts only with it: a unit of the
// region, a place outside it, or a country, and the first digits of a postcode; nil
// for none.
func (s *server) partyPlace(say *i18n.Printer, place string) *v1.Class {
	if place == "" {
		return nil
	}
	code, post, _ := strings.Cut(place, "/")
	label := s.Place(code, say.Lang())
	if s.Region.Unit(code) != nil {
		label = s.class(say, "region", code).Label
	}
	if post != "" {
		label = strings.TrimSpace(label + " " + say.T("party.post", map[string]any{"post": post}))
	}
	return &v1.Class{Code: place, Label: label}
}

// monthText writes 201907 as 2019-07.
func monthText(m int) string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m/100, m%100)
}

func (s *server) partyQueue(ctx context.Context, in *v1.QueueParams) (*v1.PartyQueue, error) {
	pairs, total, err := s.Parties.Queue(in.Rule, in.Near, in.Party, in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	say := printer(ctx)
	out := &v1.PartyQueue{Mark: s.partyMark(), Total: total, Pairs: []v1.PartyPair{}}
	for _, p := range pairs {
		out.Pairs = append(out.Pairs, v1.PartyPair{
			A: s.partyRef(say, p.A), B: s.partyRef(say, p.B), NameA: p.NameA, NameB: p.NameB, Rule: named(say, "party.rule", p.Rule),
			Near: named(say, "party.near", p.Near), Confidence: p.Confidence, Weight: p.Weight,
		})
	}
	return out, nil
}

func (s *server) mergeParties(ctx context.Context, in *struct{ Body v1.DecidePair }) (*v1.PartyDecisions, error) {
	made, err := s.Parties.Merge(ctx, in.Body.A, in.Body.B, signed(ctx, in.Body.Reason, in.Body.Author, in.Body.Like))
	return s.decided(ctx, made, err)
}

func (s *server) differParties(ctx context.Context, in *struct{ Body v1.DecidePair }) (*v1.PartyDecisions, error) {
	made, err := s.Parties.Differ(ctx, in.Body.A, in.Body.B, signed(ctx, in.Body.Reason, in.Body.Author, in.Body.Like))
	return s.decided(ctx, made, err)
}

// signed is who decides, and why. author counts for the owner alone.
func signed(ctx context.Context, reason, author string, like bool) party.Signed {
	return party.Signed{Reason: reason, By: account.Signature(ctx, author), Like: like}
}

func (s *server) splitParty(ctx context.Context, in *struct {
	PartyPath
	Body v1.SplitParty
}) (*v1.PartyDecisions, error) {
	made, err := s.Parties.Split(ctx, in.ID, in.Body.Names, signed(ctx, in.Body.Reason, in.Body.Author, false))
	return s.decided(ctx, made, err)
}

func (s *server) undoDecision(ctx context.Context, in *struct {
	ID   int64 `path:"id" minimum:"1"`
	Body v1.UndoDecision
}) (*v1.PartyDecisions, error) {
	undone, err := s.Parties.Undo(ctx, in.ID, signed(ctx, in.Body.Reason, in.Body.Author, false))
	return s.decided(ctx, undone, err)
}

func (s *server) partyDecisions(ctx context.Context, in *v1.DecisionsParams) (*v1.PartyDecisions, error) {
	all, err := s.Parties.Decisions(in.Party)
	return s.decided(ctx, all, err)
}

// decided writes decisions out.
func (s *server) decided(ctx context.Context, decisions []party.Decision, err error) (*v1.PartyDecisions, error) {
	if err != nil {
		return nil, err
	}
	say := printer(ctx)
	out := &v1.PartyDecisions{Mark: s.partyMark(), Decisions: []v1.PartyDecision{}}
	for _, d := range decisions {
		x := v1.PartyDecision{
			ID: d.ID, Act: named(say, "party.act", string(d.Act)), A: d.A, B: d.B, Like: d.Like, Reason: d.Reason, Author: d.By,
			Made: s.local(d.Made), Undone: s.localIf(d.Undone), UndoneBy: d.UndoneBy, UndoneReason: d.UndoneReason,
		}
		if d.Rule != "" {
			rule := named(say, "party.rule", d.Rule)
			x.Rule = &rule
		}
		out.Decisions = append(out.Decisions, x)
	}
	return out, nil
}
