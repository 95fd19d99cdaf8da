package register

import (
	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
)

// Decode reads a canonical form. An unknown tag, an empty value or a length
// that does not fit is an error of kind Corrupt.
func Decode(body []byte) (*record.Document, error) {
	s := string(body) // all texts of the document share these bytes
	if s == "" || s[0] != bodyVersion {
		return nil, damaged()
	}
	d := &record.Document{}
	r := fields{rest: s[1:]}
	r.lists(d)
	for r.next() {
		switch r.tag {
		case tagOffice:
			d.Office = r.text()
		case tagNumber:
			d.Number = r.text()
		case tagCode:
			d.Code = r.text()
		case tagKind:
			d.Kind = record.Kind(r.text())
		case tagPublished:
			d.Published = r.day()
		case tagGazette:
			d.Gazette = r.text()
		case tagApplicationRaw:
			d.Application.Raw = r.text()
		case tagApplicationNumber:
			d.Application.Number = r.text()
		case tagFiled:
			d.Application.Filed = r.day()
		case tagTitle:
			d.Titles = append(d.Titles, r.named())
		case tagAbstract:
			d.Abstracts = append(d.Abstracts, r.named())
		case tagParty:
			d.Parties = append(d.Parties, r.party())
		case tagClass:
			d.Classes = append(d.Classes, r.class())
		case tagEvent:
			d.Events = append(d.Events, r.event())
		case tagClaims:
			d.Claims = int(r.int() & (1<<31 - 1))
		case tagFiling:
			d.Filings = append(d.Filings, r.filing())
		case tagCited:
			d.Cited = append(d.Cited, r.value)
		case tagFlag:
			d.Flags = append(d.Flags, r.flag())
		default:
			r.registration(d)
		}
	}
	if r.bad {
		return nil, damaged()
	}
	return d, nil
}

func damaged() error { return ierr.New(ierr.Corrupt, "register.statement_damaged", nil) }

// fields walks over fields. Once bad it stays bad and ends.
type fields struct {
	rest  string
	tag   byte
	value string
	bad   bool
	names []record.Text // of parties, which share them
}

// next reads the next field's tag and value.
func (r *fields) next() bool {
	if r.rest == "" || r.bad {
		return false
	}
	r.tag = r.rest[0]
	n, w := uvarint(r.rest[1:])
	if w <= 0 || n > uint64(len(r.rest)-1-w) {
		r.bad = true
		return false
	}
	r.value = r.rest[1+w : 1+w+int(n)]
	r.rest = r.rest[1+w+int(n):]
	return true
}

// lists makes room for parties and classes, the lists that are long.
func (r *fields) lists(d *record.Document) {
	parties, classes := 0, 0
	for w := *r; w.next(); {
		switch w.tag {
		case tagParty:
			parties++
		case tagClass:
			classes++
		}
	}
	if parties > 0 {
		d.Parties = make([]record.Party, 0, parties)
		r.names = make([]record.Text, 0, parties)
	}
	if classes > 0 {
		d.Classes = make([]record.Class, 0, classes)
	}
}

func (r *fields) text() string {
	if r.value == "" {
		r.bad = true // empty values are left out
	}
	return r.value
}

func (r *fields) int() uint64 {
	v, w := uvarint(r.value)
	if w != len(r.value) || v == 0 {
		r.bad = true
	}
	return v
}

func (r *fields) day() date.Date {
	v := r.int()
	if v > 1<<31-1 {
		r.bad = true
		return 0
	}
	return date.Date(v)
}

func (r *fields) named() (t record.Text) {
	in := fields{rest: r.value}
	for in.next() {
		switch in.tag {
		case 1:
			t.Lang = in.text()
		case 2:
			t.Text = in.text()
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return t
}

func (r *fields) party() (p record.Party) {
	in := fields{rest: r.value}
	from := len(r.names)
	for in.next() {
		switch in.tag {
		case 1:
			p.Role = record.Role(in.text())
		case 2:
			r.names = append(r.names, in.named())
			p.Names = r.names[from:len(r.names):len(r.names)]
		case 3:
			p.Address = in.text()
		case 4:
			p.Postcode = in.text()
		case 5:
			p.Country = in.text()
		case 6:
			p.Region = in.text()
		case 7:
			p.Ident = in.text()
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return p
}

func (r *fields) class() (c record.Class) {
	in := fields{rest: r.value}
	for in.next() {
		switch in.tag {
		case 1:
			c.Scheme = record.Scheme(in.text())
		case 2:
			c.Symbol = in.text()
		case 3:
			c.Version = in.text()
		case 4:
			c.Value = in.text()
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return c
}

func (r *fields) event() (e record.Event) {
	in := fields{rest: r.value}
	for in.next() {
		switch in.tag {
		case 1:
			e.Date = in.day()
		case 2:
			e.Code = in.text()
		case 3:
			e.Text = in.text()
		case 4:
			e.Office = in.text()
		case 5:
			e.Number = in.text()
		case 6:
			e.Until = in.day()
		case 7:
			e.Parties = append(e.Parties, in.party())
		case 8:
			e.Facts = append(e.Facts, in.fact())
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return e
}

func (r *fields) filing() (f record.Filing) {
	in := fields{rest: r.value}
	for in.next() {
		switch in.tag {
		case 1:
			f.Relation = in.text()
		case 2:
			f.Office = in.text()
		case 3:
			f.Number = in.text()
		case 4:
			f.Date = in.day()
		case 5:
			f.Code = in.text()
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return f
}

func (r *fields) flag() (f record.Flag) {
	in := fields{rest: r.value}
	for in.next() {
		switch in.tag {
		case 1:
			f.Code = in.text()
		case 2:
			f.Field = in.text()
		case 3:
			f.Raw = in.text()
		default:
			in.bad = true
		}
	}
	r.bad = r.bad || in.bad
	return f
}

// uvarint is binary.Uvarint over a string.
func uvarint(s string) (uint64, int) {
	var v uint64
	for i := 0; i < len(s) && i < 10; i++ {
		c := s[i]
		if c < 0x80 {
			if i == 9 && c > 1 || i > 0 && c == 0 {
				return 0, -1
			}
			return v | uint64(c)<<(7*i), i + 1
		}
		v |= uint64(c&0x7f) << (7 * i)
	}
	return 0, -1
}
