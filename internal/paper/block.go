package paper

import "onewindow/internal/indicator"

// BlockKind is what a block of a text is.
type BlockKind int

// The kinds of blocks.
const (
	Heading BlockKind = iota
	Paragraph
	List
	TableBlock
	ChartBlock
)

// Block is a piece of a text that stands by itself.
type Block struct {
	Kind    BlockKind
	Level   int    // of a heading: 1 opens a part
	Number  string // of a heading, as it is printed
	ID      string // of a heading; of a table or chart, what it names
	Spans   []Span
	Items   [][]Block // of a list
	Ordered bool
	Table   *Table
	Chart   *Chart

	Line int // in the file of the text
}

// SpanKind is what a span of text is.
type SpanKind int

// The kinds of spans.
const (
	Words  SpanKind = iota
	Number          // a figure
	See             // a cross-reference
	Link            // to an address
	Mark            // of a footnote
)

// Span is a run of text of one sort.
type Span struct {
	Kind         SpanKind
	Text         string
	Bold, Italic bool
	Ref          indicator.Ref     // of a number, as it is written; what it leaves out is of the paper
	Options      Options           // of a number
	Figure       *indicator.Figure // of a number, once made
	Target       string            // id of a table, chart or heading; an address
	N            int               // of a footnote

	Line int
}
