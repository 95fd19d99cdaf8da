package paper

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// MaxText is how long a text may be, in bytes.
const MaxText = 2 << 20

// readText reads a text. Faults come all at once, with file and line.
func readText(file, lang string, src []byte) (*Text, error) {
	if len(src) > MaxText {
		return nil, fmt.Errorf("%s: longer than %d bytes", file, MaxText)
	}
	p := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(), util.Prioritized(markParser{}, 50))...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithHeadingAttribute(),
	)
	goldmark.New(goldmark.WithParser(p), goldmark.WithExtensions(extension.Footnote))
	r := &textReader{file: file, src: src, out: &Text{Lang: lang, File: file}}
	r.out.Blocks = r.blocks(p.Parse(text.NewReader(src)))
	return r.out, errors.Join(r.faults...)
}

// markParser reads {{…}} within a line.
type markParser struct{}

func (markParser) Trigger() []byte { return []byte{'{'} }

func (markParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, at := block.PeekLine()
	body, n, ok := cutMark(string(line))
	if !ok {
		return nil
	}
	m := &markNode{at: at.Start}
	if n == 0 {
		m.err, n = errors.New("{{ does not end with }} in its line"), 2
	} else {
		m.mark, m.err = readMark(body)
	}
	block.Advance(n)
	return m
}

// markNode is {{…}} in the tree of a text.
type markNode struct {
	ast.BaseInline
	mark mark
	err  error
	at   int
}

var kindMark = ast.NewNodeKind("Mark")

func (n *markNode) Kind() ast.NodeKind { return kindMark }

func (n *markNode) Dump(src []byte, level int) { ast.DumpHelper(n, src, level, nil, nil) }

type textReader struct {
	file   string
	src    []byte
	out    *Text
	faults []error
}

// line returns the line of an offset, the first is 1.
func (r *textReader) line(at int) int { return 1 + bytes.Count(r.src[:at], []byte("\n")) }

func (r *textReader) fault(line int, format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf("%s:%d: %w", r.file, line, fmt.Errorf(format, args...)))
}

// lineOf returns the line of a block, of its first inner block where it has none.
func (r *textReader) lineOf(n ast.Node) int {
	for n != nil && n.Type() != ast.TypeInline {
		if l := n.Lines(); l.Len() > 0 {
			return r.line(l.At(0).Start)
		}
		n = n.FirstChild()
	}
	return 1
}

// blocks reads the blocks within a node.
func (r *textReader) blocks(parent ast.Node) []Block {
	var out []Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		line := r.lineOf(n)
		switch n := n.(type) {
		case *ast.Heading:
			b := Block{Kind: Heading, Level: n.Level, Spans: r.spans(n), Line: line}
			if id, ok := n.AttributeString("id"); ok {
				if raw, ok := id.([]byte); ok {
					b.ID = string(raw)
				}
			}
			if n.Level > 3 {
				r.fault(line, "a heading has three levels at most")
			}
			out = append(out, b)
		case *ast.Paragraph, *ast.TextBlock:
			if b, ok := r.placed(n); ok {
				out = append(out, b)
				continue
			}
			out = append(out, Block{Kind: Paragraph, Spans: r.spans(n), Line: line})
		case *ast.List:
			b := Block{Kind: List, Ordered: n.IsOrdered(), Line: line}
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				b.Items = append(b.Items, r.blocks(item))
			}
			out = append(out, b)
		case *extast.FootnoteList:
			for note := n.FirstChild(); note != nil; note = note.NextSibling() {
				r.out.Notes = append(r.out.Notes, r.blocks(note))
			}
		default:
			r.fault(line, "%s is not part of papers: write headings, paragraphs, lists and footnotes; tables and pictures stand in paper.yaml", n.Kind())
		}
	}
	return out
}

// placed reads a paragraph that is nothing but the place of a table or chart.
func (r *textReader) placed(n ast.Node) (Block, bool) {
	m, ok := n.FirstChild().(*markNode)
	if !ok || m.NextSibling() != nil || m.err != nil {
		return Block{}, false
	}
	b := Block{ID: m.mark.target, Line: r.line(m.at)}
	switch m.mark.verb {
	case "table":
		b.Kind = TableBlock
	case "chart":
		b.Kind = ChartBlock
	default:
		return Block{}, false
	}
	return b, true
}

// spans reads the text within a block.
func (r *textReader) spans(n ast.Node) []Span {
	var out []Span
	r.walk(n, Span{}, &out)
	return out
}

// walk reads what lies in a node, in the style that it has so far.
func (r *textReader) walk(parent ast.Node, style Span, out *[]Span) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		s := style
		switch n := n.(type) {
		case *ast.Text:
			s.Text, s.Line = string(n.Segment.Value(r.src)), r.line(n.Segment.Start)
			r.typed(s.Text, s.Line)
			if n.SoftLineBreak() || n.HardLineBreak() {
				s.Text += r.joint(n)
			}
			join(out, s)
		case *ast.String:
			s.Text = string(n.Value)
			join(out, s)
		case *ast.Emphasis:
			s.Italic, s.Bold = s.Italic || n.Level == 1, s.Bold || n.Level == 2
			r.walk(n, s, out)
		case *ast.Link:
			r.link(n, s, out)
		case *extast.FootnoteLink:
			s.Kind, s.N = Mark, n.Index
			*out = append(*out, s)
		case *extast.FootnoteBacklink:
		case *markNode:
			r.mark(n, s, out)
		default:
			r.fault(r.lineOf(parent), "%s is not part of papers", n.Kind())
		}
	}
}

// join adds a span, to the last one where that is of the same style. Words keep the
// line that they begin in.
func join(out *[]Span, s Span) {
	if n := len(*out); n > 0 {
		if last := &(*out)[n-1]; last.Kind == Words && last.Bold == s.Bold && last.Italic == s.Italic {
			last.Text += s.Text
			return
		}
	}
	*out = append(*out, s)
}

// joint returns what stands between two lines: nothing where Chinese goes on.
func (r *textReader) joint(n *ast.Text) string {
	before, after := lastRune(n.Segment.Value(r.src)), firstRune(r.src[n.Segment.Stop:])
	if Wide(before) && (Wide(after) || after == '{') || before == '}' && Wide(after) {
		return ""
	}
	return " "
}

func firstRune(b []byte) rune {
	for _, c := range string(bytes.TrimLeft(b, " \n\r\t")) {
		return c
	}
	return 0
}

func lastRune(b []byte) rune {
	var last rune
	for _, c := range string(bytes.TrimRight(b, " ")) {
		last = c
	}
	return last
}

// Wide tells whether a sign is set in a full square: Chinese characters and the
// punctuation between them.
func Wide(c rune) bool {
	return unicode.Is(unicode.Han, c) || c >= 0x3000 && c <= 0x303f || c >= 0xff00 && c <= 0xffef ||
		c == '“' || c == '”' || c == '‘' || c == '’' || c == '…' || c == '—'
}

func (r *textReader) link(n *ast.Link, s Span, out *[]Span) {
	var inner []Span
	r.walk(n, s, &inner)
	u, err := url.Parse(string(n.Destination))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		r.fault(r.lineOf(n.Parent()), "%q is no address; links begin with https://", n.Destination)
		return
	}
	for _, x := range inner {
		if x.Kind == Words {
			x.Kind, x.Target = Link, u.String()
		}
		*out = append(*out, x)
	}
}

func (r *textReader) mark(n *markNode, s Span, out *[]Span) {
	s.Line = r.line(n.at)
	if n.err != nil {
		r.fault(s.Line, "%w", n.err)
		return
	}
	switch m := n.mark; m.verb {
	case "":
		s.Kind, s.Ref, s.Options = Number, m.ref, m.opt
	case "see":
		s.Kind, s.Target = See, m.target
	case "say":
		s.Text = m.target
		join(out, s)
		return
	default:
		r.fault(s.Line, "{{%s %s}} stands on a line of its own, with an empty line before and behind", m.verb, m.target)
		return
	}
	*out = append(*out, s)
}

// typed reports digits that are neither a figure nor a year.
func (r *textReader) typed(s string, line int) {
	for field := range strings.FieldsFuncSeq(s, func(c rune) bool { return !unicode.IsDigit(c) && c != '.' && c != ',' }) {
		field = strings.Trim(field, ".,")
		if field == "" || len(field) == 4 && (strings.HasPrefix(field, "19") || strings.HasPrefix(field, "20")) {
			continue
		}
		r.fault(line, "%q is typed: write the figure, or {{%q}} where it is none", field, field)
	}
}
