package api

import (
	"context"
	"strings"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/quality"
	"onewindow/internal/register"
)

// deskMark marks an answer of the desk, which may lag behind the register.
func (b Backend) deskMark() v1.Mark {
	state, behind := b.Desk.State()
	return v1.Mark{Sample: b.Sample, State: state, Behind: behind}
}

// Quality answers what the desk of doubts says, for the API and for pages.
type Quality struct {
	Backend
	Say *i18n.Printer
}

func (s *server) desk(ctx context.Context) Quality { return Quality{s.Backend, printer(ctx)} }

func kindOf(say *i18n.Printer, k quality.Kind) v1.Class { return named(say, "quality.kind", string(k)) }

// Summary counts what waits for a decision.
func (q Quality) Summary(ctx context.Context) (*v1.QualitySummary, error) {
	sum, err := q.Desk.Summary(ctx)
	if err != nil {
		return nil, err
	}
	loads, err := q.Register.Loads(ctx)
	if err != nil {
		return nil, err
	}
	labels := map[int64]string{}
	for i := range loads {
		labels[loads[i].ID] = loads[i].Label
	}
	out := &v1.QualitySummary{Mark: q.deskMark(), Kinds: []v1.QualityCount{}, Loads: []v1.QualityPart{}, Formats: []v1.QualityPart{}}
	for _, n := range sum.Kinds {
		out.Kinds = append(out.Kinds, v1.QualityCount{Kind: kindOf(q.Say, n.Kind), Open: n.Open, Groups: n.Groups, Decided: n.Decided})
	}
	open := func(p quality.Part) map[string]int {
		m := map[string]int{}
		for k, n := range p.Open {
			m[string(k)] = n
		}
		return m
	}
	for _, p := range sum.Loads {
		out.Loads = append(out.Loads, v1.QualityPart{Load: p.Load, Label: labels[p.Load], Open: open(p)})
	}
	for _, p := range sum.Formats {
		out.Formats = append(out.Formats, v1.QualityPart{Format: p.Format, Open: open(p)})
	}
	return out, nil
}

// List lists groups of like cases of one kind.
func (q Quality) List(ctx context.Context, kind string, p v1.QualityListParams) (*v1.QualityList, error) {
	k := quality.Kind(kind)
	out := &v1.QualityList{Mark: q.deskMark(), Kind: kindOf(q.Say, k), Items: []v1.QualityItem{}}
	if k == quality.Party {
		pairs, cases, total, err := q.Desk.Pairs(p.Limit, p.Offset)
		if err != nil {
			return nil, err
		}
		out.Groups, out.Cases = total, total
		for i := range pairs {
			out.Items = append(out.Items, v1.QualityItem{
				Case: cases[i], Question: q.pairQuestion(&pairs[i]), Says: named(q.Say, "party.rule", pairs[i].Rule).Label, Open: pairs[i].Weight,
			})
		}
		return out, nil
	}
	f := quality.Filter{Load: p.Load, Format: p.Source, Field: p.Field, Flag: p.Flag, Decided: p.Decided}
	groups, n, cases, err := q.Desk.List(ctx, k, f, p.Limit, p.Offset)
	if err != nil {
		return nil, err
	}
	out.Groups, out.Cases = n, cases
	out.Items, err = q.items(ctx, groups)
	return out, err
}

// Alike lists the cases that are like one.
func (q Quality) Alike(ctx context.Context, p v1.QualityAlikeParams) (*v1.QualityList, error) {
	groups, total, err := q.Desk.Alike(ctx, p.Case, !p.All, p.Limit, p.Offset)
	if err != nil {
		return nil, err
	}
	out := &v1.QualityList{Mark: q.deskMark(), Groups: 1, Cases: total}
	kind, _, _ := strings.Cut(p.Case, ":")
	out.Kind = kindOf(q.Say, quality.Kind(kind))
	out.Items, err = q.items(ctx, groups)
	return out, err
}

// items writes groups out, each with what its case says.
func (q Quality) items(ctx context.Context, groups []quality.Group) ([]v1.QualityItem, error) {
	var ids []int64
	for _, g := range groups {
		if g.Right != 0 {
			ids = append(ids, g.Right)
		}
	}
	views, err := q.Register.ByIDs(ctx, ids, register.AsOf{})
	if err != nil {
		return nil, err
	}
	by := map[int64]*register.View{}
	for _, v := range views {
		by[v.ID] = v
	}
	out := []v1.QualityItem{}
	for i := range groups {
		g := &groups[i]
		x := v1.QualityItem{Case: g.Case, Open: g.Open, Decided: g.Decided, Load: g.Load, Format: g.Format, Decision: idText(g.Ruling)}
		if v := by[g.Right]; v != nil && !v.Gone {
			x.Record = rightNumber(v)
			c := q.Desk.Of(v, g)
			x.Question, x.Says = q.question(c), q.doubtful(c)
		} else if g.Right == 0 {
			c, err := q.Desk.Show(ctx, g.Case)
			if err != nil {
				return nil, err
			}
			x.Question, x.Says = q.question(c), clipped(c.Reject.Raw)
		}
		out = append(out, x)
	}
	return out, nil
}

// Decisions lists what was decided.
func (q Quality) Decisions(ctx context.Context, p v1.QualityDecisionsParams) (*v1.QualityDecisions, error) {
	list, total, err := q.Desk.Decisions(ctx, quality.Kind(p.Kind), p.Undone, p.Limit, p.Offset)
	if err != nil {
		return nil, err
	}
	out := &v1.QualityDecisions{Mark: q.deskMark(), Total: total, Decisions: []v1.QualityDecision{}}
	for i := range list {
		out.Decisions = append(out.Decisions, q.decision(&list[i]))
	}
	return out, nil
}

// Decide decides a case, once it can be found so.
func (q Quality) Decide(ctx context.Context, d v1.QualityDecide) (*v1.QualityDecision, error) {
	made, err := q.Desk.Decide(ctx, d.Case, quality.Decision{
		Act: d.Act, Field: d.Field, Value: d.Value, Like: d.Like, Reason: d.Reason, By: d.Author,
	})
	if err != nil {
		return nil, err
	}
	return q.done(ctx, made, made.State)
}

// Undo takes a decision back.
func (q Quality) Undo(ctx context.Context, id, reason, author string) (*v1.QualityDecision, error) {
	made, err := q.Desk.Undo(ctx, id, reason, author)
	if err != nil {
		return nil, err
	}
	return q.done(ctx, made, made.UndoneState)
}

// done waits until what was decided can be found.
func (q Quality) done(ctx context.Context, made *quality.Made, state int64) (*v1.QualityDecision, error) {
	out := q.decision(made)
	if state == 0 {
		return &out, nil
	}
	return &out, q.Finder.Sync(ctx, state)
}

func (q Quality) decision(m *quality.Made) v1.QualityDecision {
	out := v1.QualityDecision{
		ID: m.ID, Kind: kindOf(q.Say, m.Kind), Act: named(q.Say, "quality.act", m.Act), Case: m.Case, Like: m.Like, Cases: m.Cases, Field: m.Field,
		Was: m.Was, Value: m.Value, Label: q.meaning(m.Kind, m.Value), Reason: m.Reason, Author: m.By, Made: q.local(m.At), State: m.State,
		Undone: q.localIf(m.Undone), UndoneBy: m.UndoneBy, UndoneReason: m.UndoneReason,
	}
	if m.Act == string(register.Believe) {
		out.Label, out.Was = m.Was, ""
	}
	return out
}

// meaning is what the value of a decision means, "" where it speaks for itself.
func (q Quality) meaning(k quality.Kind, value string) string {
	switch k {
	case quality.Region, quality.HolderType:
		return q.class(q.Say, string(k), value).Label
	}
	return ""
}

func (s *server) qualitySummary(ctx context.Context, _ *struct{}) (*v1.QualitySummary, error) {
	return s.desk(ctx).Summary(ctx)
}

func (s *server) qualityList(ctx context.Context, in *struct {
	Kind string `path:"kind" enum:"conflict,region,holder-type,party,value,reject"`
	v1.QualityListParams
}) (*v1.QualityList, error) {
	return s.desk(ctx).List(ctx, in.Kind, in.QualityListParams)
}

func (s *server) qualityCase(ctx context.Context, in *v1.QualityCaseParam) (*v1.QualityCase, error) {
	return s.desk(ctx).Case(ctx, in.Case)
}

func (s *server) qualityAlike(ctx context.Context, in *v1.QualityAlikeParams) (*v1.QualityList, error) {
	return s.desk(ctx).Alike(ctx, *in)
}

func (s *server) qualityDecisions(ctx context.Context, in *v1.QualityDecisionsParams) (*v1.QualityDecisions, error) {
	return s.desk(ctx).Decisions(ctx, *in)
}

func (s *server) qualityDecide(ctx context.Context, in *struct{ Body v1.QualityDecide }) (*v1.QualityDecision, error) {
	in.Body.Author = account.Signature(ctx, in.Body.Author)
	return s.desk(ctx).Decide(ctx, in.Body)
}

func (s *server) qualityUndo(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"40"`
	Body v1.UndoDecision
}) (*v1.QualityDecision, error) {
	return s.desk(ctx).Undo(ctx, in.ID, in.Body.Reason, account.Signature(ctx, in.Body.Author))
}
