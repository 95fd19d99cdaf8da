package register

import (
	"bytes"
	"cmp"
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

var roleFields = map[record.Role]Field{
	record.Applicant: FieldApplicant, record.Holder: FieldHolder, record.Inventor: FieldInventor,
	record.Agent: FieldAgent, record.Agency: FieldAgency,
}

// RoleField returns the field that a role's parties are, and the part of that
// field where it has several.
func RoleField(r record.Role) (Field, string) {
	if f, ok := roleFields[r]; ok {
		return f, ""
	}
	return FieldParty, string(r)
}

var schemeFields = map[record.Scheme]Field{record.IPC: FieldIPC, record.Locarno: FieldLocarno}

// SchemeField is RoleField for classifications.
func SchemeField(s record.Scheme) (Field, string) {
	if f, ok := schemeFields[s]; ok {
		return f, ""
	}
	return FieldClass, string(s)
}

// Merge makes the view of one right from its statements. It is a pure function
// of their set: their order, ids, loads and states do not matter.
//
// Each field is taken from the newest document that says something of it: by
// day of publication, then by the day its source was issued, then by the rank
// of the source's format. Statements about that document that stand equal but
// differ make the field disputed. With on set, documents published later, and
// those without a day of publication, are left out.
//
// It returns nil when no statement remains.
func Merge(id int64, statements []Statement, on date.Date) *View {
	return merge(id, slices.Clone(statements), on, judge{})
}

// merge is Merge of statements that it may keep, with disputes settled as by says.
func merge(id int64, st []Statement, on date.Date, by judge) *View {
	m := merger{v: &View{ID: id}, on: on, by: by}
	if !m.arrange(st, on) {
		return nil
	}
	m.documents()
	m.bibliography()
	m.parties()
	m.classes()
	m.filings()
	m.registration()
	m.timeline()
	m.flags()
	m.keys()
	return m.v
}

// standing is a statement's place in the order of belief.
type standing struct {
	doc       string
	published date.Date // of the whole document
	issued    date.Date
	rank      int
}

type merger struct {
	v  *View
	st []Statement // v.Statements
	at []standing  // one for each statement
	on date.Date   // what came later is left out, 0 for nothing
	by judge       // of disputes
}

// arrange folds repeats, drops what on leaves out and puts the best statement
// first. It tells whether anything remains.
func (m *merger) arrange(st []Statement, on date.Date) bool {
	if len(st) > 1 {
		st = fold(st)
	}
	at := standings(st)
	if on != 0 {
		kept, keptAt := st[:0], at[:0]
		for i := range st {
			if p := at[i].published; p != 0 && p <= on {
				kept, keptAt = append(kept, st[i]), append(keptAt, at[i])
			}
		}
		st, at = kept, keptAt
	}
	if len(st) == 0 {
		return false
	}
	for i := range st {
		if st[i].keys == nil {
			st[i].keys = st[i].Doc.Keys()
		}
	}
	m.v.Statements, m.st, m.at = st, st, at
	if len(st) > 1 {
		m.sort()
	}
	return true
}

// fold makes one statement of identical rows of one file, the first of them,
// which lists the others as repeats.
func fold(st []Statement) []Statement {
	slices.SortFunc(st, func(a, b Statement) int {
		return cmp.Or(bytes.Compare(a.Hash[:], b.Hash[:]), cmp.Compare(a.File.SHA256, b.File.SHA256),
			cmp.Compare(a.Position.Ordinal, b.Position.Ordinal), cmp.Compare(a.File.Path, b.File.Path),
			cmp.Compare(a.ID, b.ID))
	})
	out := st[:0]
	for _, s := range st {
		s.Repeats = nil
		if n := len(out); n > 0 && out[n-1].Hash == s.Hash && out[n-1].File.SHA256 == s.File.SHA256 {
			if last := &out[n-1]; lastPosition(last).Ordinal != s.Position.Ordinal {
				last.Repeats = append(last.Repeats, s.Position)
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

func lastPosition(s *Statement) Position {
	if n := len(s.Repeats); n > 0 {
		return s.Repeats[n-1]
	}
	return s.Position
}

// standings computes each statement's standing. The day of publication is the
// document's, taken from its best statement that has one, so that all
// statements about one document stand together.
func standings(st []Statement) []standing {
	at := make([]standing, len(st))
	for i := range st {
		at[i] = standing{st[i].Doc.DocID(), st[i].Doc.Published, st[i].Issued, st[i].Rank}
	}
	if len(st) == 1 {
		return at
	}
	dated := make(map[string]*Statement, len(st))
	for i := range st {
		if s := &st[i]; s.Doc.Published != 0 {
			if best := dated[at[i].doc]; best == nil || better(s, best) < 0 {
				dated[at[i].doc] = s
			}
		}
	}
	for i := range at {
		if best := dated[at[i].doc]; best != nil {
			at[i].published = best.Doc.Published
		}
	}
	return at
}

// better orders statements about one document: below zero when a is believed
// before b. Hashes only make the choice among equals deterministic.
func better(a, b *Statement) int {
	return cmp.Or(cmp.Compare(b.Issued, a.Issued), cmp.Compare(b.Rank, a.Rank),
		bytes.Compare(a.Hash[:], b.Hash[:]), cmp.Compare(a.File.SHA256, b.File.SHA256))
}

// sort puts documents newest first and within a document the best statement
// first.
func (m *merger) sort() {
	top := make(map[string]standing)
	for _, a := range m.at {
		t, ok := top[a.doc]
		if !ok || cmp.Or(cmp.Compare(a.issued, t.issued), cmp.Compare(a.rank, t.rank)) > 0 {
			top[a.doc] = a
		}
	}
	order := make([]int, len(m.st))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := m.at[i], m.at[j]
		ta, tb := top[a.doc], top[b.doc]
		return cmp.Or(cmp.Compare(b.published, a.published), cmp.Compare(tb.issued, ta.issued),
			cmp.Compare(tb.rank, ta.rank), cmp.Compare(b.doc, a.doc), better(&m.st[i], &m.st[j]))
	})
	st, at := make([]Statement, len(order)), make([]standing, len(order))
	for i, o := range order {
		st[i], at[i] = m.st[o], m.at[o]
	}
	m.v.Statements, m.st, m.at = st, st, at
}

// settle finds the best statement that has something to say on a field and
// notes a dispute where its equals say something else; where a ruling settles that,
// it is the one believed. It returns -1 when none has.
func (m *merger) settle(f Field, part string, has func(*Statement) bool, text func(*Statement) string) int32 {
	for i := range m.st {
		if has(&m.st[i]) {
			return m.dispute(i, f, part, has, text)
		}
	}
	return -1
}

// dispute compares statement best with those that stand equal to it. It returns
// best, or the one that a ruling believes.
func (m *merger) dispute(best int, f Field, part string, has func(*Statement) bool, text func(*Statement) string) int32 {
	end := best + 1
	for end < len(m.at) && m.at[end] == m.at[best] {
		end++
	}
	if end == best+1 {
		return int32(best)
	}
	var variants []Variant
	for i := best; i < end; i++ {
		if !has(&m.st[i]) {
			continue
		}
		t := text(&m.st[i])
		k := slices.IndexFunc(variants, func(v Variant) bool { return v.Text == t })
		if k < 0 {
			k = len(variants)
			variants = append(variants, Variant{Text: t})
		}
		variants[k].From = append(variants[k].From, int32(i))
	}
	if len(variants) < 2 {
		return int32(best)
	}
	if part == "" {
		part = m.at[best].doc
	}
	d := Dispute{Field: f, Part: part, Variants: variants}
	k, x := m.by.believed(m.numbers(), &d, m.st)
	if k < 0 {
		m.v.Disputed = append(m.v.Disputed, d)
		return int32(best)
	}
	d.Ruling = x.ID
	d.Variants = append([]Variant{variants[k]}, slices.Delete(slices.Clone(variants), k, k+1)...)
	m.v.Settled = append(m.v.Settled, d)
	return d.Variants[0].From[0]
}

// numbers returns the keys of all statements.
func (m *merger) numbers() []string {
	var out []string
	for i := range m.st {
		out = append(out, m.st[i].keys...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
