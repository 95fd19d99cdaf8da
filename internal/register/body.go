package register

import (
	"crypto/sha256"
	"encoding/binary"

	"onewindow/internal/record"
)

// The canonical form of a document, which is stored and hashed: a version
// byte, then fields in the order of their tags, each a tag byte, the length as
// a varint and the value. What is empty is left out, so that a field that
// comes later leaves the hash of older documents alone. Values are UTF-8 text,
// unsigned varints, or again such fields. The day of issue is not part of it.
//
//	+----+-----+-----+-------+-----+-----+-------+--
//	| 01 | tag | len | value | tag | len | value | …
//	+----+-----+-----+-------+-----+-----+-------+--
const bodyVersion = 1

// Tags of a document.
const (
	tagOffice = 1 + iota
	tagNumber
	tagCode
	tagKind
	tagPublished
	tagGazette
	tagApplicationRaw
	tagApplicationNumber
	tagFiled
	tagTitle
	tagAbstract
	tagParty
	tagClass
	tagEvent
	tagClaims
	tagFiling
	tagCited
	tagFlag
	tagNotice
	tagStatus
	tagDay
	tagMark
	tagGoods
	tagImage
	tagFact
)

// Tags within texts, parties, classes, events, filings and flags count from 1
// in the order of the fields of the record's types.

// Encode appends the canonical form of d to b.
func Encode(b []byte, d *record.Document) []byte {
	b = append(b, bodyVersion)
	b = putText(b, tagOffice, d.Office)
	b = putText(b, tagNumber, d.Number)
	b = putText(b, tagCode, d.Code)
	b = putText(b, tagKind, string(d.Kind))
	b = putInt(b, tagPublished, uint64(uint32(d.Published)))
	b = putText(b, tagGazette, d.Gazette)
	b = putText(b, tagApplicationRaw, d.Application.Raw)
	b = putText(b, tagApplicationNumber, d.Application.Number)
	b = putInt(b, tagFiled, uint64(uint32(d.Application.Filed)))
	b = putTexts(b, tagTitle, d.Titles)
	b = putTexts(b, tagAbstract, d.Abstracts)
	b = putParties(b, tagParty, d.Parties)
	for i := range d.Classes {
		c := &d.Classes[i]
		start := len(b)
		b = putText(b, 1, string(c.Scheme))
		b = putText(b, 2, c.Symbol)
		b = putText(b, 3, c.Version)
		b = putText(b, 4, c.Value)
		b = wrap(b, start, tagClass)
	}
	for i := range d.Events {
		e := &d.Events[i]
		start := len(b)
		b = putInt(b, 1, uint64(uint32(e.Date)))
		b = putText(b, 2, e.Code)
		b = putText(b, 3, e.Text)
		b = putText(b, 4, e.Office)
		b = putText(b, 5, e.Number)
		b = putInt(b, 6, uint64(uint32(e.Until)))
		b = putParties(b, 7, e.Parties)
		b = putFacts(b, 8, e.Facts)
		b = wrap(b, start, tagEvent)
	}
	b = putInt(b, tagClaims, uint64(d.Claims))
	for i := range d.Filings {
		f := &d.Filings[i]
		start := len(b)
		b = putText(b, 1, f.Relation)
		b = putText(b, 2, f.Office)
		b = putText(b, 3, f.Number)
		b = putInt(b, 4, uint64(uint32(f.Date)))
		b = putText(b, 5, f.Code)
		b = wrap(b, start, tagFiling)
	}
	for _, c := range d.Cited {
		b = wrapText(b, tagCited, c)
	}
	for i := range d.Flags {
		f := &d.Flags[i]
		start := len(b)
		b = putText(b, 1, f.Code)
		b = putText(b, 2, f.Field)
		b = putText(b, 3, f.Raw)
		b = wrap(b, start, tagFlag)
	}
	return putRegistration(b, d)
}

func putParties(b []byte, tag byte, parties []record.Party) []byte {
	for i := range parties {
		p := &parties[i]
		start := len(b)
		b = putText(b, 1, string(p.Role))
		b = putTexts(b, 2, p.Names)
		b = putText(b, 3, p.Address)
		b = putText(b, 4, p.Postcode)
		b = putText(b, 5, p.Country)
		b = putText(b, 6, p.Region)
		b = putText(b, 7, p.Ident)
		b = wrap(b, start, tag)
	}
	return b
}

// HashOf returns the hash of a canonical form.
func HashOf(body []byte) Hash {
	sum := sha256.Sum256(body)
	return Hash(sum[:16])
}

func putText(b []byte, tag byte, s string) []byte {
	if s == "" {
		return b
	}
	return wrapText(b, tag, s)
}

// wrapText is putText for members of lists, where an empty one counts.
func wrapText(b []byte, tag byte, s string) []byte {
	b = append(b, tag)
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

func putInt(b []byte, tag byte, v uint64) []byte {
	if v == 0 {
		return b
	}
	var buf [binary.MaxVarintLen64]byte
	n := binary.PutUvarint(buf[:], v)
	b = append(b, tag, byte(n))
	return append(b, buf[:n]...)
}

func putTexts(b []byte, tag byte, texts []record.Text) []byte {
	for i := range texts {
		start := len(b)
		b = putText(b, 1, texts[i].Lang)
		b = putText(b, 2, texts[i].Text)
		b = wrap(b, start, tag)
	}
	return b
}

// wrap puts tag and length before what was appended since start.
func wrap(b []byte, start int, tag byte) []byte {
	var head [1 + binary.MaxVarintLen64]byte
	head[0] = tag
	size := len(b) - start
	n := 1 + binary.PutUvarint(head[1:], uint64(size))
	b = append(b, head[:n]...)
	copy(b[start+n:], b[start:start+size])
	copy(b[start:], head[:n])
	return b
}
