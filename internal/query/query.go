// Package query is the one query language: the same text finds, counts, exports
// and watches. It reads a query against a schema of fields, refuses what it does
// not understand at the place where it stands, prints it in one canonical form,
// and says in plain language how it was understood. It knows nothing of indexes.
//
// The grammar and its examples stand in doc/query.md.
package query

import "unicode/utf8"

// Limits of one query. Beyond them Parse refuses.
const (
	MaxLength   = 4096 // runes, as typed and in canonical form
	MaxDepth    = 64   // brackets and negations inside one another
	MaxTerms    = 512  // values compared, after lists are written out
	MaxDistance = 100  // words, of near
)

// Query is a query as understood.
type Query struct {
	Root  Node
	Notes []Note // readings that were guessed from how a bare word looks

	schema *Schema
}

// Note tells of a bare word that was read in a way worth mentioning. Its message
// stands in the catalogues under Code, with Args; Pos and End are rune offsets
// into the text as typed.
type Note struct {
	Code     string
	Args     map[string]any
	Pos, End int
}

// Parse reads src by schema. Nothing but blanks, or a lone *, asks for everything.
// A failure is always an *Error.
func Parse(src string, schema *Schema) (*Query, error) {
	if !utf8.ValidString(src) {
		return nil, fail("query.encoding", 0, 0, nil)
	}
	runes := []rune(src)
	if len(runes) > MaxLength {
		return nil, fail("query.long", MaxLength, len(runes), args{"limit": MaxLength})
	}
	tokens, err := lex(runes)
	if err != nil {
		return nil, err
	}
	p := &parser{schema: schema, tokens: tokens}
	root, err := p.query()
	if err != nil {
		return nil, err
	}
	q := &Query{Root: root, Notes: p.notes, schema: schema}
	if depth(root) > MaxDepth {
		return nil, fail("query.deep", 0, len(runes), args{"limit": MaxDepth})
	}
	if utf8.RuneCountInString(q.String()) > MaxLength {
		return nil, fail("query.long", 0, len(runes), args{"limit": MaxLength})
	}
	return q, nil
}
