package register

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/record"
)

// documents lists the publications, which arrange has put together and in order.
func (m *merger) documents() {
	for i := 0; i < len(m.st); {
		end := i + 1
		for end < len(m.st) && m.at[end].doc == m.at[i].doc {
			end++
		}
		d := m.st[i].Doc
		if d.Notice {
			i = end
			continue
		}
		p := Publication{
			ID: m.at[i].doc, Office: d.Office, Number: d.Number, Code: d.Code, Kind: d.Kind,
			Published: m.at[i].published, From: int32(i),
		}
		for j := i; j < end; j++ {
			if !slices.ContainsFunc(p.Versions, func(k int32) bool { return m.st[k].Hash == m.st[j].Hash }) {
				p.Versions = append(p.Versions, int32(j))
			}
		}
		one := merger{v: m.v, st: m.st[:end], at: m.at[:end], by: m.by}
		if k := one.settleFrom(i, FieldPublished, func(s *Statement) bool { return s.Doc.Published != 0 },
			func(s *Statement) string { return s.Doc.Published.String() }); k >= 0 {
			p.Published = m.st[k].Doc.Published
		}
		if k := one.settleFrom(i, FieldGazette, func(s *Statement) bool { return s.Doc.Gazette != "" },
			func(s *Statement) string { return s.Doc.Gazette }); k >= 0 {
			p.Gazette = m.st[k].Doc.Gazette
		}
		m.v.Documents = append(m.v.Documents, p)
		i = end
	}
}

// settleFrom is settle among the statements from start on.
func (m *merger) settleFrom(start int, f Field, has func(*Statement) bool, text func(*Statement) string) int32 {
	for i := start; i < len(m.st); i++ {
		if has(&m.st[i]) {
			return m.dispute(i, f, "", has, text)
		}
	}
	return -1
}

// bibliography settles the fields of one value, and texts by language.
func (m *merger) bibliography() {
	v := m.v
	for f := range v.origin {
		v.origin[f] = -1
	}
	if k := m.settle(FieldKind, "", func(s *Statement) bool { return s.Doc.Kind != "" },
		func(s *Statement) string { return string(s.Doc.Kind) }); k >= 0 {
		v.origin[FieldKind], v.Kind = k, m.st[k].Doc.Kind
	}
	k := m.settle(FieldApplication, "", sound,
		func(s *Statement) string { return s.Doc.Application.Number })
	if k < 0 {
		k = m.settle(FieldApplication, "", func(s *Statement) bool { return s.Doc.Application.Number+s.Doc.Application.Raw != "" },
			func(s *Statement) string { return cmp.Or(s.Doc.Application.Number, s.Doc.Application.Raw) })
	}
	if k >= 0 {
		v.origin[FieldApplication], v.Application = k, m.st[k].Doc.Application
		v.Application.Filed = 0
	}
	if k := m.settle(FieldFiled, "", func(s *Statement) bool { return s.Doc.Application.Filed != 0 },
		func(s *Statement) string { return s.Doc.Application.Filed.String() }); k >= 0 {
		v.origin[FieldFiled], v.Application.Filed = k, m.st[k].Doc.Application.Filed
	}
	v.Titles = m.texts(FieldTitle, func(d *record.Document) []record.Text { return d.Titles })
	v.Abstracts = m.texts(FieldAbstract, func(d *record.Document) []record.Text { return d.Abstracts })
	if k := m.settle(FieldCited, "", func(s *Statement) bool { return len(s.Doc.Cited) > 0 },
		func(s *Statement) string { return join(s.Doc.Cited) }); k >= 0 {
		v.origin[FieldCited], v.Cited = k, m.st[k].Doc.Cited
	}
	if k := m.settle(FieldClaims, "", func(s *Statement) bool { return s.Doc.Claims != 0 },
		func(s *Statement) string { return strconv.Itoa(s.Doc.Claims) }); k >= 0 {
		v.origin[FieldClaims], v.Claims = k, m.st[k].Doc.Claims
	}
}

// texts settles the texts of a field, each language by itself.
func (m *merger) texts(f Field, of func(*record.Document) []record.Text) []Text {
	var out []Text
	for i := range m.st {
		for _, t := range of(m.st[i].Doc) {
			if slices.ContainsFunc(out, func(o Text) bool { return o.Lang == t.Lang }) {
				continue
			}
			if out == nil {
				out = make([]Text, 0, len(of(m.st[i].Doc)))
			}
			k := m.dispute(i, f, t.Lang, func(s *Statement) bool { return textIn(of(s.Doc), t.Lang) != "" },
				func(s *Statement) string { return textIn(of(s.Doc), t.Lang) })
			if k != int32(i) {
				t.Text = textIn(of(m.st[k].Doc), t.Lang)
			}
			out = append(out, Text{t, k})
		}
	}
	return out
}

func textIn(texts []record.Text, lang string) string {
	for i := range texts {
		if texts[i].Lang == lang {
			return texts[i].Text
		}
	}
	return ""
}

// parties settles each role by itself: an application names applicants, the
// grant that follows it names holders. Where any source has the names in Chinese,
// one that has but a transliteration, as a foreign office's copy, does not count.
func (m *merger) parties() {
	for _, role := range record.Roles {
		has := func(s *Statement) bool { return s.Doc.First(role) != nil }
		if m.transliterated(role) {
			has = func(s *Statement) bool { return namedInChinese(s.Doc.First(role)) }
		}
		f, part := RoleField(role)
		k := m.settle(f, part, has, func(s *Statement) string { return writeParties(s.Doc, role) })
		if k < 0 {
			continue
		}
		if m.v.Parties == nil {
			m.v.Parties = make([]Party, 0, len(m.st[k].Doc.Parties))
		}
		for _, p := range m.st[k].Doc.Parties {
			if p.Role == role {
				m.v.Parties = append(m.v.Parties, Party{p, k})
			}
		}
	}
}

// transliterated tells whether the statement that would be believed of a role
// lacks the Chinese names that another one has.
func (m *merger) transliterated(role record.Role) bool {
	found := false
	for i := range m.st {
		p := m.st[i].Doc.First(role)
		switch {
		case p == nil:
		case namedInChinese(p):
			return found
		default:
			found = true
		}
	}
	return false
}

func namedInChinese(p *record.Party) bool {
	if p != nil {
		for i := range p.Names {
			if p.Names[i].Lang == "zh" {
				return true
			}
		}
	}
	return false
}

// classes settles each classification by itself.
func (m *merger) classes() {
	for _, scheme := range record.Schemes {
		has := func(s *Statement) bool {
			for i := range s.Doc.Classes {
				if s.Doc.Classes[i].Scheme == scheme {
					return true
				}
			}
			return false
		}
		f, part := SchemeField(scheme)
		k := m.settle(f, part, has, func(s *Statement) string { return writeClasses(s.Doc, scheme) })
		if k < 0 {
			continue
		}
		if m.v.Classes == nil {
			m.v.Classes = make([]Class, 0, len(m.st[k].Doc.Classes))
		}
		for _, x := range m.st[k].Doc.Classes {
			if x.Scheme == scheme {
				m.v.Classes = append(m.v.Classes, Class{x, k})
			}
		}
	}
}

// filings settles other filings, each relation by itself.
func (m *merger) filings() {
	const settled = -1        // all that counts is taken
	lists := map[string]int{} // by relation: the statement whose filings count
	for i := range m.st {
		for _, f := range m.st[i].Doc.Filings {
			from, stated := lists[f.Relation]
			if stated && from != i {
				continue
			}
			if !stated {
				lists[f.Relation] = i
				k := m.dispute(i, FieldFiling, f.Relation, func(s *Statement) bool { return writeFilings(s.Doc, f.Relation) != "" },
					func(s *Statement) string { return writeFilings(s.Doc, f.Relation) })
				if k != int32(i) {
					lists[f.Relation] = settled
					m.filingsOf(k, f.Relation)
					continue
				}
			}
			m.v.Filings = append(m.v.Filings, Filing{f, int32(i)})
		}
	}
}

// filingsOf takes the filings of a relation from one statement.
func (m *merger) filingsOf(k int32, relation string) {
	for _, f := range m.st[k].Doc.Filings {
		if f.Relation == relation {
			m.v.Filings = append(m.v.Filings, Filing{f, k})
		}
	}
}

// timeline lists the filing, the publications and, for each document, the
// events of its best statement that has any.
func (m *merger) timeline() {
	v := m.v
	v.Events = make([]Event, 0, 1+len(v.Documents))
	if v.Application.Filed != 0 {
		k := v.origin[FieldFiled]
		v.Events = append(v.Events, Event{record.Event{Date: v.Application.Filed, Code: EventFiled}, m.at[k].doc, k})
	}
	for _, p := range v.Documents {
		if p.Published != 0 {
			v.Events = append(v.Events, Event{record.Event{Date: p.Published, Code: EventPublished}, p.ID, p.From})
		}
		for i := p.From; int(i) < len(m.st) && m.at[i].doc == p.ID; i++ {
			if d := m.st[i].Doc; len(d.Events) > 0 {
				m.addEvents(m.dispute(int(i), FieldEvent, "", func(s *Statement) bool { return len(s.Doc.Events) > 0 }, func(s *Statement) string { return writeEvents(s.Doc) }))
				break
			}
		}
	}
	m.notices()
	v.sortEvents()
}

// sortEvents puts the timeline in order.
func (v *View) sortEvents() {
	if len(v.Events) > 1 {
		slices.SortStableFunc(v.Events, func(a, b Event) int {
			return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Document, b.Document))
		})
	}
}

// addEvents adds the events of statement i that had happened by the day asked for.
func (m *merger) addEvents(i int32) {
	for _, e := range m.st[i].Doc.Events {
		if m.on == 0 || e.Date <= m.on {
			m.v.Events = append(m.v.Events, Event{e, m.at[i].doc, i})
		}
	}
}

// notices adds the events that notices tell of, from the best statement of each.
func (m *merger) notices() {
	for i := range m.st {
		if m.st[i].Doc.Notice && (i == 0 || m.at[i-1].doc != m.at[i].doc) {
			m.addEvents(int32(i))
		}
	}
}

// flags gathers the flags of every statement.
func (m *merger) flags() {
	for i := range m.st {
		for _, f := range m.st[i].Doc.Flags {
			m.v.Flags = append(m.v.Flags, Flag{f, int32(i)})
		}
	}
}

// keys gathers the numbers that tie the statements together. The right's own
// key is its sound application number, else the least of its publications'.
func (m *merger) keys() {
	v := m.v
	if len(m.st) == 1 {
		v.Keys = slices.Clone(m.st[0].keys)
	} else {
		for i := range m.st {
			v.Keys = append(v.Keys, m.st[i].keys...)
		}
		slices.Sort(v.Keys)
		v.Keys = slices.Compact(v.Keys)
	}
	if k := v.origin[FieldApplication]; k >= 0 && sound(&m.st[k]) {
		v.Key = m.st[k].keys[0]
		return
	}
	v.Key = slices.Min(v.Keys)
}

// sound tells whether a document's application number is one of its keys.
func sound(s *Statement) bool {
	return s.Doc.Application.Number != "" && len(s.keys) > 0 &&
		(strings.HasPrefix(s.keys[0], "app:") || strings.Contains(s.keys[0], "-app:"))
}
