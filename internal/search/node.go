package search

import "onewindow/internal/ierr"

// Node is a question, or part of one.
type Node interface{ node() }

// Part restricts words to a part of their space.
type Part uint8

// The parts of a positional space.
const (
	AnyPart Part = iota
	Part0        // the first part: titles
	Part1        // the second: abstracts
)

// holds tells whether a posting's value has the word in the part.
func (p Part) holds(v uint32) bool {
	switch p {
	case Part0:
		return v&partsMask != inPart1
	case Part1:
		return v&partsMask != inPart0
	}
	return true
}

// has tells whether a position lies in the part.
func (p Part) has(pos uint32) bool {
	return p == AnyPart || (p == Part1) == (pos >= partBit)
}

// All stands for every document.
type All struct{}

// None stands for no document.
type None struct{}

// And stands for the documents that all nodes stand for; without nodes, for all.
type And struct{ Nodes []Node }

// Or stands for the documents that any of the nodes stands for; without nodes, for
// none.
type Or struct{ Nodes []Node }

// Not stands for the documents that the node does not stand for.
type Not struct{ Node Node }

// Text stands for the documents that hold the words of the text, analysed as
// [Analyse] does, one after another: a phrase, where there are several words. Each
// English word stands for all its inflected forms. A run of Chinese characters is
// found wherever it occurs, within longer runs too. A text without any word stands
// for no document.
type Text struct {
	Space byte
	Part  Part
	Text  string
}

// Prefix is Text, but the last word, if it is not Chinese, stands for all words
// that begin with it, and its other forms do not count.
type Prefix struct {
	Space byte
	Part  Part
	Text  string
}

// Wildcard stands for the documents with a word that the pattern matches whole: *
// stands for any number of characters, ? for one. The pattern holds one word and
// no Chinese characters, which have no words to match.
type Wildcard struct {
	Space   byte
	Part    Part
	Pattern string
}

// Near stands for the documents in which A and B occur near each other: from the
// last word of the one that stands first to the first word of the other it is at
// most Distance places, 1 being side by side. A and B are Text, Prefix or Wildcard
// of the same space. They may stand in either order, unless Ordered says that A
// comes first. Neither text nor part boundaries are crossed.
type Near struct {
	A, B     Node
	Distance int
	Ordered  bool
}

// Key stands for the documents that have exactly this key.
type Key struct {
	Space byte
	Key   string
}

// KeyPrefix stands for the documents that have a key that begins so.
type KeyPrefix struct {
	Space  byte
	Prefix string
}

// Filter stands for the documents that a matcher chooses.
type Filter struct{ Matcher Matcher }

// Matcher chooses documents by what it knows of them. Match is given a window of
// [WindowSlots] slots from base on, all bits zero, and sets the bits of the
// documents it chooses, bit i of the window being slot base+i. Several goroutines
// may call it at once.
type Matcher interface {
	Match(base uint32, words []uint64)
}

// Collector is shown the hits of each window that has some, in order of slots; it
// must not keep or change words.
type Collector interface {
	Collect(base uint32, words []uint64)
}

// Parallel is a collector that several goroutines can share. One that is not
// Parallel keeps a question on one goroutine.
type Parallel interface {
	Collector
	// Fork returns a collector of the same kind that has seen nothing. It is shown
	// some windows, in order of slots, while others are shown other windows.
	Fork() Collector
	// Join adds what a fork has seen.
	Join(fork Collector)
}

// SortKeys gives the keys to sort hits by: those of the slots from base on. Several
// goroutines may call it at once.
type SortKeys interface {
	Keys(base uint32, keys []int32)
}

// WindowSlots is the number of slots in a window. Windows begin at its multiples.
const WindowSlots = 1 << 16

const windowWords = WindowSlots / 64

func (All) node()       {}
func (None) node()      {}
func (And) node()       {}
func (Or) node()        {}
func (Not) node()       {}
func (Text) node()      {}
func (Prefix) node()    {}
func (Wildcard) node()  {}
func (Near) node()      {}
func (Key) node()       {}
func (KeyPrefix) node() {}
func (Filter) node()    {}

// Limits of a question; one beyond them is refused with TooLarge.
const (
	MaxDepth    = 500     // of nodes within nodes
	MaxNodes    = 10_000  // nodes and words in all
	MaxPatterns = 64      // prefixes, patterns and single characters in all
	MaxTop      = 100_000 // hits asked for, those passed over included
	// maxVirtual bounds the places of patterns within phrases.
	maxVirtual = 4 << 20
)

func tooLarge(what string, max int) error {
	return ierr.New(ierr.TooLarge, "search.too-large", ierr.Args{"what": what, "max": max})
}
