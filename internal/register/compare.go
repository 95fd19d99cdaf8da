package register

import (
	"cmp"
	"slices"

	"onewindow/internal/record"
)

// Changed lists the fields in which two views of a right differ: what they say,
// how sure it is, and which documents they know. Where it was said does not
// count. A view that is nil or gone says nothing.
func Changed(a, b *View) []Field {
	if a == nil {
		a = &View{}
	}
	if b == nil {
		b = &View{}
	}
	var out []Field
	differs := func(f Field, same bool) {
		if !same && !slices.Contains(out, f) { // several roles and schemes share a field
			out = append(out, f)
		}
	}
	differs(FieldKind, a.Kind == b.Kind)
	differs(FieldApplication, a.Key == b.Key && a.Application.Number == b.Application.Number && a.Application.Raw == b.Application.Raw)
	differs(FieldFiled, a.Application.Filed == b.Application.Filed)
	differs(FieldTitle, sameTexts(a.Titles, b.Titles))
	differs(FieldAbstract, sameTexts(a.Abstracts, b.Abstracts))
	for _, role := range record.Roles {
		f, _ := RoleField(role)
		differs(f, sameParties(a, b, role))
	}
	for _, scheme := range record.Schemes {
		f, _ := SchemeField(scheme)
		differs(f, sameClasses(a, b, scheme))
	}
	differs(FieldFiling, slices.EqualFunc(a.Filings, b.Filings, func(x, y Filing) bool { return x.Filing == y.Filing }))
	differs(FieldCited, slices.Equal(a.Cited, b.Cited))
	differs(FieldClaims, a.Claims == b.Claims)
	differs(FieldEvent, slices.EqualFunc(a.Events, b.Events, func(x, y Event) bool { return sameEvent(&x, &y) }))
	differs(FieldDocument, slices.EqualFunc(a.Documents, b.Documents, samePublication) && slices.Equal(a.Keys, b.Keys) && sameFlags(a, b))
	for _, f := range changedRegistration(a, b) {
		differs(f, false)
	}
	for _, f := range disputedFields(a, b) {
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	differs(FieldOverride, slices.EqualFunc(a.Overrides, b.Overrides, func(x, y Override) bool {
		return x.Field == y.Field && x.Value == y.Value && x.Reason == y.Reason && x.By == y.By
	}))
	slices.Sort(out)
	return slices.Compact(out)
}

func sameTexts(a, b []Text) bool {
	return slices.EqualFunc(a, b, func(x, y Text) bool { return x.Text == y.Text })
}

func samePublication(a, b Publication) bool {
	return a.ID == b.ID && a.Kind == b.Kind && a.Published == b.Published && a.Gazette == b.Gazette && len(a.Versions) == len(b.Versions)
}

func sameParties(a, b *View, role record.Role) bool {
	return slices.EqualFunc(a.partiesIn(role), b.partiesIn(role), func(x, y *Party) bool {
		return x.Address == y.Address && x.Postcode == y.Postcode && x.Country == y.Country &&
			x.Region == y.Region && x.Ident == y.Ident && slices.Equal(x.Names, y.Names)
	})
}

func (v *View) partiesIn(role record.Role) []*Party {
	var out []*Party
	for i := range v.Parties {
		if v.Parties[i].Role == role {
			out = append(out, &v.Parties[i])
		}
	}
	return out
}

func sameClasses(a, b *View, scheme record.Scheme) bool {
	in := func(v *View) []record.Class {
		var out []record.Class
		for i := range v.Classes {
			if v.Classes[i].Scheme == scheme {
				out = append(out, v.Classes[i].Class)
			}
		}
		return out
	}
	return slices.Equal(in(a), in(b))
}

// sameFlags compares the sets of flags.
func sameFlags(a, b *View) bool {
	set := func(v *View) []record.Flag {
		out := make([]record.Flag, 0, len(v.Flags))
		for i := range v.Flags {
			out = append(out, v.Flags[i].Flag)
		}
		slices.SortFunc(out, func(x, y record.Flag) int {
			return cmp.Or(cmp.Compare(x.Code, y.Code), cmp.Compare(x.Field, y.Field), cmp.Compare(x.Raw, y.Raw))
		})
		return slices.Compact(out)
	}
	return slices.Equal(set(a), set(b))
}

// disputedFields lists the fields whose disputes are not the same in both.
func disputedFields(a, b *View) []Field {
	same := func(x, y Dispute) bool {
		return x.Field == y.Field && x.Part == y.Part &&
			slices.EqualFunc(x.Variants, y.Variants, func(p, q Variant) bool { return p.Text == q.Text })
	}
	var out []Field
	for _, pair := range [][2]*View{{a, b}, {b, a}} {
		for _, d := range pair[0].Disputed {
			if !slices.ContainsFunc(pair[1].Disputed, func(o Dispute) bool { return same(d, o) }) && !slices.Contains(out, d.Field) {
				out = append(out, d.Field)
			}
		}
	}
	return out
}
