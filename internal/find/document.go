package find

import (
	"slices"
	"strings"

	"onewindow/internal/party"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/search"
)

// The spaces of the text index.
const (
	spaceText     = 't' // title (part 0) and abstract (part 1)
	spaceHolder   = 'p' // names of applicants and holders
	spaceInventor = 'n' // names of inventors and designers
	spaceGoods    = 'g' // goods and services
	spaceClass    = 'i' // symbols of classifications and all above them
	spaceNumber   = 'k' // publication, application and registration numbers
	spaceWhole    = 'w' // whole names
)

const (
	partTitle    = 0
	partAbstract = 1
)

// indexSchema lists the spaces of the index of rights.
var indexSchema = search.Schema{Spaces: []search.Space{
	{ID: spaceText, Positional: true},
	{ID: spaceHolder, Positional: true},
	{ID: spaceInventor, Positional: true},
	{ID: spaceGoods, Positional: true},
	{ID: spaceClass},
	{ID: spaceNumber},
	{ID: spaceWhole},
}}

// keySchema lists the spaces of the passing index that looks at an earlier time:
// it knows no words.
var keySchema = search.Schema{Spaces: []search.Space{{ID: spaceClass}, {ID: spaceNumber}, {ID: spaceWhole}}}

// Prefixes of keys in spaceNumber and spaceWhole.
const (
	keyPublication = "p:"
	keyApplication = "a:"
	keyRegistered  = "r:"
	keyFamily      = "f:" // number of a family, and of each publication in it
	keyCited       = "c:" // publications that it cites
	keyHolder      = "h:"
	keyInventor    = "n:"
	keyLocated     = "l:" // of a holder whose name counts only with its place
)

// Prefixes of symbols in spaceClass; those of the IPC have none.
const (
	prefixCPC     = "cpc:"
	prefixNice    = "nice:"
	prefixLocarno = "loc:"
)

// fieldWriter collects what the index knows of a right. It can be used again for
// the next one.
type fieldWriter struct {
	fields []search.Field
	words  bool // false where only keys count
	namer  *party.Namer
	keys   []byte // texts of keys that stand in no document, one behind the other
	made   []made
}

// made is a field whose text ends at a place in keys.
type made struct{ field, end int }

// write returns the fields of a right. Every wording that was ever stated by a
// standing statement is indexed, disputed ones included, so that a right is found
// under each.
func (w *fieldWriter) write(v *register.View) []search.Field {
	w.fields, w.keys, w.made = w.fields[:0], w.keys[:0], w.made[:0]
	for i := range v.Titles {
		w.text(spaceText, partTitle, v.Titles[i].Text.Text)
	}
	for i := range v.Abstracts {
		w.text(spaceText, partAbstract, v.Abstracts[i].Text.Text)
	}
	for i := range v.Parties {
		w.party(&v.Parties[i].Party)
	}
	for i := range v.Classes {
		w.class(&v.Classes[i].Class)
	}
	w.registration(v)
	if len(v.Disputed)+len(v.Settled) > 0 {
		w.disputed(v)
	}
	for i := range v.Documents {
		p := &v.Documents[i]
		if !p.Kind.IsPatent() {
			w.joined(spaceNumber, keyRegistered, p.Number)
			continue
		}
		w.joined(spaceNumber, keyPublication, p.ID)
		w.joined(spaceNumber, keyPublication, p.Office, p.Number)
	}
	if n := v.Application.Number; n != "" {
		w.joined(spaceNumber, keyApplication, n)
		if len(v.Documents) > 0 && v.Documents[0].Office != "CN" {
			w.joined(spaceNumber, keyApplication, v.Documents[0].Office, n)
		}
	}
	w.family(v)
	w.cited(v)
	return w.take()
}

// family writes the family that a right stands in: by its number, by the other
// members that it names, and by its own publications.
func (w *fieldWriter) family(v *register.View) {
	member := false
	for i := range v.Facts {
		if v.Facts[i].Name == record.FactFamily {
			w.joined(spaceNumber, keyFamily, v.Facts[i].Text)
			member = true
		}
	}
	for i := range v.Filings {
		if f := &v.Filings[i]; f.Relation == record.RelFamily && f.Number != "" {
			w.joined(spaceNumber, keyFamily, f.Office, f.Number)
			member = true
		}
	}
	if !member {
		return
	}
	for i := range v.Documents {
		p := &v.Documents[i]
		w.joined(spaceNumber, keyFamily, p.ID)
		w.joined(spaceNumber, keyFamily, p.Office, p.Number)
	}
}

// cited writes the publications that a right cites, with and without kind code.
func (w *fieldWriter) cited(v *register.View) {
	for _, c := range v.Cited {
		p, ok := record.CitedPublication(c)
		if !ok {
			continue
		}
		w.joined(spaceNumber, keyCited, p.Office, p.Digits)
		if p.Code != "" {
			w.joined(spaceNumber, keyCited, p.Office, p.Digits, p.Code)
		}
	}
}

// registration writes what registers of rights other than patents state. The words
// of a mark are its title; what an indication, a variety or a work is said to be
// stands beside abstracts.
func (w *fieldWriter) registration(v *register.View) {
	if v.Mark != nil {
		w.mark(&v.Mark.Mark)
	}
	for i := range v.Goods {
		w.goods(&v.Goods[i].Goods)
	}
	for i := range v.Facts {
		w.fact(&v.Facts[i].Fact)
	}
}

func (w *fieldWriter) mark(m *record.Mark) {
	for i := range m.Words {
		w.text(spaceText, partTitle, m.Words[i].Text)
	}
	for i := range m.Description {
		w.text(spaceText, partAbstract, m.Description[i].Text)
	}
}

func (w *fieldWriter) goods(g *record.Goods) {
	for i := range g.Texts {
		w.text(spaceGoods, 0, g.Texts[i].Text)
	}
	if g.Class != "" {
		w.joined(spaceClass, prefixNice, g.Class)
	}
}

func (w *fieldWriter) fact(f *record.Fact) {
	if spoken[f.Name] {
		w.text(spaceText, partAbstract, f.Text)
	}
}

// spoken are the facts whose words people look for.
var spoken = map[string]bool{
	record.FactArea: true, record.FactDescription: true, record.FactSpecies: true, record.FactGenus: true,
	record.FactDenomination: true, record.FactWorkType: true, record.FactForeignName: true,
}

// take returns what was collected, in memory of its own.
func (w *fieldWriter) take() []search.Field {
	out := slices.Clone(w.fields)
	keys, from := string(w.keys), 0
	for _, m := range w.made {
		out[m.field].Text = keys[from:m.end]
		from = m.end
	}
	clear(w.fields) // which hold texts of the right
	return out
}

func (w *fieldWriter) text(space byte, part uint8, s string) {
	if w.words && s != "" {
		w.fields = append(w.fields, search.Field{Space: space, Part: part, Text: s})
	}
}

func (w *fieldWriter) key(space byte, s string) {
	w.fields = append(w.fields, search.Field{Space: space, Text: s})
}

// joined writes a key that is put together of parts.
func (w *fieldWriter) joined(space byte, parts ...string) {
	for _, p := range parts {
		w.keys = append(w.keys, p...)
	}
	w.made = append(w.made, made{len(w.fields), len(w.keys)})
	w.key(space, "")
}

func (w *fieldWriter) party(p *record.Party) {
	space, prefix := byte(spaceHolder), keyHolder
	switch {
	case party.Holds(p.Role):
		w.located(p)
	case p.Role == record.Inventor, p.Role == record.Author, p.Role == record.Breeder:
		space, prefix = spaceInventor, keyInventor
	default:
		return
	}
	for _, n := range p.Names {
		w.text(space, 0, n.Text)
		w.keys = record.AppendFoldedName(append(w.keys, prefix...), n.Text)
		w.joined(spaceWhole)
	}
}

// class writes a symbol, marked as whole, and everything above it.
func (w *fieldWriter) class(c *record.Class) {
	switch c.Scheme {
	case record.IPC:
		w.symbol("", c.Symbol)
	case record.CPC:
		w.symbol(prefixCPC, c.Symbol)
	case record.Nice:
		w.joined(spaceClass, prefixNice, c.Symbol)
	case record.Locarno:
		w.joined(spaceClass, prefixLocarno, c.Symbol)
		if class, _, ok := strings.Cut(c.Symbol, "-"); ok {
			w.joined(spaceClass, prefixLocarno, class)
		}
	}
}

// symbol writes one of the IPC or CPC.
func (w *fieldWriter) symbol(scheme, symbol string) {
	w.joined(spaceClass, scheme, symbol, "=")
	w.joined(spaceClass, scheme, symbol)
	for _, n := range [...]int{1, 3, 4} {
		if len(symbol) > n {
			w.joined(spaceClass, scheme, symbol[:n])
		}
	}
	if group, _, ok := strings.Cut(symbol, "/"); ok {
		w.joined(spaceClass, scheme, group)
	}
}

// disputed adds the wordings that the view does not show, settled disputes or not.
func (w *fieldWriter) disputed(v *register.View) {
	for _, dispute := range slices.Concat(v.Disputed, v.Settled) {
		for _, variant := range dispute.Variants[1:] {
			for _, from := range variant.From {
				d := v.Source(from).Doc
				switch dispute.Field {
				case register.FieldTitle:
					for _, t := range d.Titles {
						w.text(spaceText, partTitle, t.Text)
					}
				case register.FieldAbstract:
					for _, t := range d.Abstracts {
						w.text(spaceText, partAbstract, t.Text)
					}
				case register.FieldApplicant, register.FieldHolder, register.FieldInventor, register.FieldParty:
					for i := range d.Parties {
						w.party(&d.Parties[i])
					}
				case register.FieldIPC, register.FieldLocarno, register.FieldClass:
					for i := range d.Classes {
						w.class(&d.Classes[i])
					}
				case register.FieldMark:
					if d.Mark != nil {
						w.mark(d.Mark)
					}
				case register.FieldGoods:
					for i := range d.Goods {
						w.goods(&d.Goods[i])
					}
				case register.FieldFact:
					for i := range d.Facts {
						w.fact(&d.Facts[i])
					}
				case register.FieldApplication:
					if n := d.Application.Number; n != "" {
						w.joined(spaceNumber, keyApplication, n)
					}
				}
			}
		}
	}
}
