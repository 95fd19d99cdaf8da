// Package search is the text index: it finds documents by words, runs of
// Chinese characters, phrases, neighbourhoods, patterns and exact keys, counts
// them exactly and ranks them.
//
// An [Index] is a folder of immutable segments, read in place. Documents enter
// through a [Batch] and get dense numbers, slots, in the order of [Batch.Add];
// [Index.Commit] makes a batch, the deletion of slots, attached files and the
// owner's own note visible at once and durably, or not at all. A [Snapshot] is
// one committed state: it stays as it is until released, whatever is committed
// or merged meanwhile. Questions are trees of [Node]; [Snapshot.Search] answers.
//
// The bytes of the files are described in doc/index-format.md.
package search

import (
	"sort"

	"onewindow/internal/ierr"
)

// Space declares one space of terms. Every term lives in exactly one space, so
// the same word in the title and among inventors' names are two terms.
type Space struct {
	// ID names the space; it is the first byte of its terms in the index.
	ID byte
	// Positional spaces hold analysed text with positions and can be asked for
	// words, phrases, neighbourhoods and patterns. The others hold exact keys.
	Positional bool
}

// Schema lists the spaces of an index. It is fixed when the index is made.
type Schema struct {
	Spaces []Space
}

// Doc is one document to index.
type Doc struct {
	Fields []Field
}

// Field is one text or one key of a document.
//
// In a positional space Text is analysed (see [Analyse]) and Part, 0 or 1, says
// which of the space's two parts it belongs to: title and abstract, say. Several
// texts may share a part: phrases and neighbourhoods never reach from one text
// into another. In a key space Text is taken as it is, cut to [MaxWord] bytes,
// and Part is ignored; an empty key is no key.
type Field struct {
	Space byte
	Part  uint8
	Text  string
}

// Limits of what is indexed. Words beyond the positions of a part are found as
// words, but not within phrases or neighbourhoods.
const (
	// MaxWord is the longest word or key in bytes; longer ones are cut to it,
	// words at the last whole character, in the index and in questions alike.
	MaxWord = 255
	// MaxPosition is the last position within a part that phrases can see.
	MaxPosition = 0x7f7f
	// MaxNear is the longest distance that [Near] may ask for.
	MaxNear = textGap - 1
)

const (
	textGap     = 128    // positions left free between two texts of one part
	partBit     = 0x8000 // positions of part 1 carry it
	overflowPos = 0x7fff // position, within a part, of words beyond MaxPosition

	positionMask = partBit | overflowPos
)

// layout is a schema made ready for look-ups by space.
type layout struct {
	known [256]bool
	ord   [256]int8 // ordinal among positional spaces, -1 for keys
	n     int       // number of positional spaces
}

func (s Schema) layout() (*layout, error) {
	l := &layout{}
	for i := range l.ord {
		l.ord[i] = -1
	}
	for _, sp := range s.sorted() {
		if l.known[sp.ID] {
			return nil, ierr.New(ierr.Invalid, "search.schema-twice", ierr.Args{"space": string(rune(sp.ID))})
		}
		l.known[sp.ID] = true
		if sp.Positional {
			l.ord[sp.ID] = int8(l.n)
			l.n++
		}
	}
	return l, nil
}

// sorted returns the spaces by ID: the order in which lengths are stored.
func (s Schema) sorted() []Space {
	out := append([]Space(nil), s.Spaces...)
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

func (s Schema) equal(o Schema) bool {
	a, b := s.sorted(), o.sorted()
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
