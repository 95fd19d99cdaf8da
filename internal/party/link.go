package party

import (
	"slices"
	"unsafe"

	"onewindow/internal/record"
)

// link ties a right to a wording: the wording, the kind of the right, the roles
// and the month of the newest document, in 32, 5, 12 and 15 bits.
type link uint64

func newLink(wording uint32, kind uint8, roles, month uint16) link {
	return link(wording)<<32 | link(kind&31)<<27 | link(roles&0xfff)<<15 | link(month&0x7fff)
}

func (l link) wording() uint32 { return uint32(l >> 32) }
func (l link) kind() uint8     { return uint8(l>>27) & 31 }
func (l link) roles() uint16   { return uint16(l>>15) & 0xfff }
func (l link) month() uint16   { return uint16(l) & 0x7fff } // months since the year 0, 0 where no day is known

// kindNumber numbers the kinds of rights from 1 on.
func kindNumber(k record.Kind) uint8 { return uint8(slices.Index(record.Kinds, k) + 1) }

// roleBit is the bit of a role.
func roleBit(r record.Role) uint16 {
	if i := slices.Index(record.Roles, r); i >= 0 {
		return 1 << i
	}
	return 0
}

// links tell which wordings each right names, and which moves it states. Most
// rights name one party and state no move: that is their link. Of the others stands
// where in several their record begins: how many links and how many moves, in the
// halves of one number, then the links, then the moves.
type links struct {
	one     []link // by right
	several []uint64
	waste   int // numbers in several that no right needs any more
}

// In the place of a right's link, by what would be the number of a wording.
const (
	noLink      = none     // it has none
	linkSeveral = none - 1 // the lower half says where its record is
)

// of returns the links and moves of a right. They belong to the table until it
// changes.
func (s *links) of(right int64) ([]link, []uint64) {
	if right >= int64(len(s.one)) {
		return nil, nil
	}
	switch l := s.one[right]; l.wording() {
	case noLink:
		return nil, nil
	case linkSeveral:
		links, moves, _ := s.record(int(uint32(l)))
		return links, moves
	}
	return s.one[right : right+1], nil
}

// record returns the links and moves of a record, and where the next one begins.
func (s *links) record(at int) (links []link, moves []uint64, next int) {
	head := s.several[at]
	l, m := at+1+int(head>>32), at+1+int(head>>32)+int(uint32(head))
	own := s.several[at+1 : l]
	return unsafe.Slice((*link)(unsafe.SliceData(own)), len(own)), s.several[l:m], m
}

// put gives a right links and moves in the place of those that it had.
func (s *links) put(right int64, links []link, moves []uint32) {
	for int64(len(s.one)) <= right {
		s.one = append(s.one, link(noLink)<<32)
	}
	if l := s.one[right]; l.wording() == linkSeveral {
		_, _, end := s.record(int(uint32(l)))
		s.waste += end - int(uint32(l))
	}
	switch {
	case len(links) == 0:
		s.one[right] = link(noLink) << 32
	case len(links) == 1 && len(moves) == 0:
		s.one[right] = links[0]
	default:
		s.one[right] = link(linkSeveral)<<32 | link(len(s.several))
		s.several = append(s.several, uint64(len(links))<<32|uint64(len(moves)))
		for _, l := range links {
			s.several = append(s.several, uint64(l))
		}
		for _, m := range moves {
			s.several = append(s.several, uint64(m))
		}
	}
	if s.waste > 1<<16 && 2*s.waste > len(s.several) {
		s.tidy()
	}
}

// tidy leaves out the records that no right needs any more.
func (s *links) tidy() {
	kept := make([]uint64, 0, len(s.several)-s.waste)
	for i, l := range s.one {
		if l.wording() != linkSeveral {
			continue
		}
		at := int(uint32(l))
		_, _, end := s.record(at)
		s.one[i] = link(linkSeveral)<<32 | link(len(kept))
		kept = append(kept, s.several[at:end]...)
	}
	s.several, s.waste = kept, 0
}

// each calls fn with all links of every right that has any.
func (s *links) each(fn func([]link)) {
	for right, l := range s.one {
		if l.wording() != noLink {
			own, _ := s.of(int64(right))
			fn(own)
		}
	}
}

// move is an event that leads from one party to another.
type move struct {
	From, To uint32 // wordings
	Changed  bool   // of the name, not of the holder
}

// moves are the distinct moves that rights state, numbered as they came.
type moves struct {
	list   []stated
	places map[move]uint32
}

type stated struct {
	move
	n     int32 // rights that state it
	stood bool  // when it was last woven
}

// add counts one more right that states a move, and returns its number.
func (s *moves) add(m move) uint32 {
	n, ok := s.places[m]
	if !ok {
		n = uint32(len(s.list))
		s.places[m] = n
		s.list = append(s.list, stated{move: m})
	}
	s.list[n].n++
	return n
}

// are tells whether numbers are those of moves, in their order.
func (s *moves) are(numbers []uint64, moves []move) bool {
	return slices.EqualFunc(numbers, moves, func(n uint64, m move) bool { return s.list[n].move == m })
}
