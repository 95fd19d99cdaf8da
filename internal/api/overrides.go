package api

import (
	"context"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/register"
)

func (s *server) history(ctx context.Context, in *RecordPath) (*v1.History, error) {
	v, err := s.view(ctx, in.ID, register.AsOf{})
	if err != nil {
		return nil, err
	}
	versions, err := s.Register.History(ctx, v.ID)
	if err != nil {
		return nil, err
	}
	say := printer(ctx)
	out := &v1.History{Mark: s.mark(), ID: v.ID, Changes: []v1.Change{}}
	for _, x := range versions {
		c := v1.Change{State: x.State, Time: s.local(x.At), Act: named(say, "act", string(x.Act)), Load: x.Load, Gone: x.Gone, Fields: []v1.Class{}}
		for _, f := range x.Fields {
			c.Fields = append(c.Fields, named(say, "field", f.String()))
		}
		out.Changes = append(out.Changes, c)
	}
	return out, nil
}

func (s *server) overrides(ctx context.Context, in *RecordPath) (*v1.Overrides, error) {
	v, err := s.view(ctx, in.ID, register.AsOf{})
	if err != nil {
		return nil, err
	}
	out := &v1.Overrides{Mark: s.mark(), Overrides: []v1.Override{}}
	for _, o := range v.Overrides {
		if o.Like && !s.counts(v, o.Field) {
			continue
		}
		out.Overrides = append(out.Overrides, s.overrideOf(ctx, printer(ctx), o))
	}
	return out, nil
}

// counts tells whether what was decided of a field of the classification is what a
// right is counted by: a decision on like cases is not where the sources say it surely.
func (s *server) counts(v *register.View, field string) bool {
	found := s.Finder.Classify(v)
	return field == "region" && found.Region.Rule == "override" || field == "holder-type" && found.HolderType.Rule == "override"
}

// overrideOf writes an override out. When it was made is when its state was.
func (s *server) overrideOf(ctx context.Context, say *i18n.Printer, o register.Override) v1.Override {
	out := v1.Override{
		ID: o.ID, Record: o.Right, Field: o.Field, Value: s.class(say, o.Field, o.Value),
		Reason: o.Reason, State: o.From, Withdrawn: o.To, Sample: s.Sample, Decision: idText(o.Ruling),
	}
	if account.IsInsider(ctx) { // who decided is no business of the public
		out.Author = o.By
	}
	if st, err := s.Register.StateInfo(ctx, o.From); err == nil {
		out.Made = s.local(st.At)
	}
	return out
}

func (s *server) setOverride(ctx context.Context, in *struct {
	RecordPath
	Body v1.SetOverride
}) (*v1.Override, error) {
	v, err := s.view(ctx, in.ID, register.AsOf{})
	if err != nil {
		return nil, err
	}
	if err := s.checkClass(in.Body.Field, in.Body.Value); err != nil {
		return nil, err
	}
	o, err := s.Register.SetOverride(ctx, register.Override{
		Right: v.ID, Field: in.Body.Field, Value: in.Body.Value, Reason: in.Body.Reason, By: account.Signature(ctx, in.Body.Author),
	})
	if err != nil {
		return nil, err
	}
	out := s.overrideOf(ctx, printer(ctx), o)
	return &out, s.Finder.Sync(ctx, o.From)
}

func (s *server) withdrawOverride(ctx context.Context, in *struct {
	RecordPath
	Field string `path:"field" enum:"region,holder-type,field"`
	v1.EndOverride
}) (*v1.Override, error) {
	v, err := s.view(ctx, in.ID, register.AsOf{})
	if err != nil {
		return nil, err
	}
	o, err := s.Register.WithdrawOverride(ctx, v.ID, in.Field, in.Reason, account.Signature(ctx, in.Author))
	if err != nil {
		return nil, err
	}
	out := s.overrideOf(ctx, printer(ctx), o)
	return &out, s.Finder.Sync(ctx, o.To)
}
