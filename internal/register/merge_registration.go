package register

import (
	"cmp"
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// registration settles what registers of rights other than patents state.
func (m *merger) registration() {
	m.status()
	m.days()
	if k := m.settle(FieldMark, "", func(s *Statement) bool { return s.Doc.Mark != nil },
		func(s *Statement) string { return writeMark(s.Doc.Mark) }); k >= 0 {
		m.v.Mark = &Mark{*m.st[k].Doc.Mark, k}
	}
	if k := m.settle(FieldGoods, "", func(s *Statement) bool { return len(s.Doc.Goods) > 0 },
		func(s *Statement) string { return writeGoods(s.Doc.Goods) }); k >= 0 {
		for _, g := range m.st[k].Doc.Goods {
			m.v.Goods = append(m.v.Goods, Goods{g, k})
		}
	}
	if k := m.settle(FieldImage, "", func(s *Statement) bool { return len(s.Doc.Images) > 0 },
		func(s *Statement) string { return writeImages(s.Doc.Images) }); k >= 0 {
		for _, p := range m.st[k].Doc.Images {
			m.v.Images = append(m.v.Images, Image{p, k})
		}
	}
	m.facts()
}

// status takes the latest state that a source gives; one without a day of its own
// holds as of the day on which its source was produced. Among states of one day the
// best statement's counts.
func (m *merger) status() {
	day := func(s *Statement) date.Date { return cmp.Or(s.Doc.Status.Date, s.Issued) }
	best, latest := -1, date.Date(0)
	for i := range m.st {
		s := &m.st[i]
		if s.Doc.Status == nil || m.on != 0 && day(s) > m.on {
			continue
		}
		if best < 0 || day(s) > latest {
			best, latest = i, day(s)
		}
	}
	if best < 0 {
		return
	}
	k := m.dispute(best, FieldStatus, "", func(s *Statement) bool { return s.Doc.Status != nil && day(s) == latest },
		func(s *Statement) string { return writeStatus(s.Doc.Status) })
	m.v.Status = &Stated{*m.st[k].Doc.Status, k}
}

// days settles each day by its name.
func (m *merger) days() {
	for i := range m.st {
		for _, d := range m.st[i].Doc.Days {
			if slices.ContainsFunc(m.v.Days, func(o Day) bool { return o.Name == d.Name }) {
				continue
			}
			k := m.dispute(i, FieldDay, d.Name, func(s *Statement) bool { return writeDay(s.Doc, d.Name) != "" },
				func(s *Statement) string { return writeDay(s.Doc, d.Name) })
			if at := slices.IndexFunc(m.st[k].Doc.Days, func(o record.Day) bool { return o.Name == d.Name }); k != int32(i) && at >= 0 {
				d = m.st[k].Doc.Days[at]
			}
			m.v.Days = append(m.v.Days, Day{d, k})
		}
	}
}

// facts settles all values of a name together.
func (m *merger) facts() {
	for i := range m.st {
		for _, f := range m.st[i].Doc.Facts {
			if slices.ContainsFunc(m.v.Facts, func(o Fact) bool { return o.Name == f.Name && o.From != int32(i) }) {
				continue
			}
			if !slices.ContainsFunc(m.v.Facts, func(o Fact) bool { return o.Name == f.Name }) {
				k := m.dispute(i, FieldFact, f.Name, func(s *Statement) bool { return writeFacts(s.Doc.Facts, f.Name) != "" },
					func(s *Statement) string { return writeFacts(s.Doc.Facts, f.Name) })
				if k != int32(i) {
					m.factsOf(k, f.Name)
					continue
				}
			}
			m.v.Facts = append(m.v.Facts, Fact{f, int32(i)})
		}
	}
}

// factsOf takes the values of a name from one statement.
func (m *merger) factsOf(k int32, name string) {
	for _, f := range m.st[k].Doc.Facts {
		if f.Name == name {
			m.v.Facts = append(m.v.Facts, Fact{f, k})
		}
	}
}

func writeStatus(s *record.Status) string {
	return join(present(s.Code, s.Text, dayText(s.Date)))
}

func writeDay(d *record.Document, name string) string {
	for _, y := range d.Days {
		if y.Name == name {
			return y.Date.String()
		}
	}
	return ""
}

func writeMark(m *record.Mark) string {
	parts := present(m.Form, m.Colours)
	for _, texts := range [...][]record.Text{m.Words, m.Description, m.Disclaimer} {
		for _, t := range texts {
			parts = append(parts, t.Text)
		}
	}
	return join(append(parts, m.Types...))
}

func writeGoods(goods []record.Goods) string {
	var parts []string
	for _, g := range goods {
		parts = append(parts, present(g.Class, g.Status, dayText(g.Since))...)
		parts = append(parts, g.Groups...)
		for _, t := range g.Texts {
			parts = append(parts, t.Text)
		}
	}
	return join(parts)
}

func writeImages(images []record.Image) string {
	var parts []string
	for _, p := range images {
		parts = append(parts, present(p.Use, p.Name, p.Format, p.Text)...)
	}
	return join(parts)
}

func writeFacts(facts []record.Fact, name string) string {
	var parts []string
	for _, f := range facts {
		if f.Name == name {
			parts = append(parts, present(f.Lang, f.Text)...)
		}
	}
	return join(parts)
}
