package party

import (
	"encoding/binary"

	"onewindow/internal/record"
)

// appendParty writes everything that a wording says, behind each text's length:
// how many names, their languages and texts, address, postcode, country, region and
// identifier. The role is no part of it.
func appendParty(b []byte, p *record.Party) []byte {
	text := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	b = binary.AppendUvarint(b, uint64(len(p.Names)))
	for i := range p.Names {
		text(p.Names[i].Lang)
		text(p.Names[i].Text)
	}
	for _, s := range [...]string{p.Address, p.Postcode, p.Country, p.Region, p.Ident} {
		text(s)
	}
	return b
}

// readParty reads what appendParty wrote; its texts lie in b.
func readParty(b []byte) record.Party {
	number := func() int {
		n, k := binary.Uvarint(b)
		b = b[k:]
		return int(n)
	}
	text := func() string {
		n := number()
		s := stringOf(b[:n])
		b = b[n:]
		return s
	}
	var p record.Party
	p.Names = make([]record.Text, number())
	for i := range p.Names {
		p.Names[i] = record.Text{Lang: text(), Text: text()}
	}
	p.Address, p.Postcode, p.Country, p.Region, p.Ident = text(), text(), text(), text(), text()
	return p
}
