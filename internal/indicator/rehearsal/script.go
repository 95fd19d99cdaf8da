// Package rehearsal reads and judges the tests of definitions: rows and returns are
// laid out, figures are evaluated, and what comes out is held against what is
// expected. The language is described in doc/indicators.md.
package rehearsal

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"onewindow/internal/decimal"
	"onewindow/internal/indicator"
)

// Limits of a test.
const (
	MaxBytes = 1 << 20
	maxSteps = 500
)

// Script is a test as it is written.
type Script struct {
	File    string
	Tables  []Table
	Returns []indicator.Observation
	Evals   []Eval
}

// Table is rows of a register, in the columns of a format or mapping.
type Table struct {
	As       string // the format or mapping
	Complete bool   // a source declares that nothing is missing
	Lines    []string
	Line     int
}

// Eval is a figure and what is expected of it.
type Eval struct {
	Ref  indicator.Ref
	Want Answer
	Line int
}

// Answer is a number as it is published, or why there is none.
type Answer struct {
	Value     string // "" where it is absent
	Qualifier indicator.Qualifier
	Absent    string // code of the reason
}

// String writes the answer as a test does.
func (a Answer) String() string {
	switch {
	case a.Value == "":
		return "absent " + a.Absent
	case a.Qualifier != "":
		return string(a.Qualifier) + " " + a.Value
	}
	return a.Value
}

// AnswerOf returns what a figure answers.
func AnswerOf(f *indicator.Figure) Answer {
	n, ok := f.Published()
	if !ok {
		return Answer{Absent: f.Absent.Code}
	}
	return Answer{Value: n.Text(f.Places), Qualifier: f.Qualifier}
}

// Parse reads a test. Faults come all at once, each with file, line and remedy.
func Parse(file string, src []byte) (*Script, error) {
	if len(src) > MaxBytes {
		return nil, fmt.Errorf("%s: longer than %d bytes", file, MaxBytes)
	}
	p := &parser{s: &Script{File: file}}
	lines := bufio.NewScanner(bytes.NewReader(src))
	lines.Buffer(nil, MaxBytes)
	for lines.Scan() {
		p.n++
		p.line(lines.Text())
	}
	p.end()
	if len(p.s.Evals) == 0 {
		p.fault(p.n, "nothing is evaluated; write  eval FIGURE  and the expected number below it")
	}
	return p.s, errors.Join(p.faults...)
}

type parser struct {
	s      *Script
	n      int
	block  string // table, returns, eval
	faults []error
}

func (p *parser) fault(line int, format string, args ...any) {
	p.faults = append(p.faults, fmt.Errorf("%s:%d: %w", p.s.File, line, fmt.Errorf(format, args...)))
}

func (p *parser) line(text string) {
	trimmed := strings.TrimSpace(text)
	switch {
	case trimmed == "" || strings.HasPrefix(trimmed, "#"):
	case text[0] == ' ' || text[0] == '\t':
		p.inner(trimmed)
	default:
		p.end()
		p.head(trimmed)
	}
}

// head begins a block.
func (p *parser) head(text string) {
	words := strings.Fields(text)
	p.block = words[0]
	if len(p.s.Tables)+len(p.s.Evals) > maxSteps {
		p.fault(p.n, "more than %d steps; divide the test", maxSteps)
		return
	}
	switch {
	case words[0] == "table" && (len(words) == 2 || len(words) == 3 && words[2] == "complete"):
		p.s.Tables = append(p.s.Tables, Table{As: words[1], Complete: len(words) == 3, Line: p.n})
	case words[0] == "returns" && len(words) == 1:
	case words[0] == "eval" && len(words) == 2:
		r, err := indicator.ParseRef(words[1])
		if err == nil && (r.Region == "" || r.Period == (indicator.Period{})) {
			err = fmt.Errorf("%q names no region or no period; write indicator@region/period", words[1])
		}
		if err != nil {
			p.fault(p.n, "%w", err)
		}
		p.s.Evals = append(p.s.Evals, Eval{Ref: r, Line: p.n})
	default:
		p.block = ""
		p.fault(p.n, "%q begins nothing; write  table FORMAT [complete],  returns  or  eval FIGURE", text)
	}
}

// inner reads an indented line of the block.
func (p *parser) inner(text string) {
	switch p.block {
	case "table":
		t := &p.s.Tables[len(p.s.Tables)-1]
		t.Lines = append(t.Lines, text)
	case "returns":
		p.reported(text)
	case "eval":
		p.expected(text)
	default:
		p.fault(p.n, "the line belongs to nothing; begin it at the margin or put it below table, returns or eval")
	}
}

func (p *parser) reported(text string) {
	name, value, ok := strings.Cut(text, " = ")
	if !ok {
		p.fault(p.n, "%q reports nothing; write  FIGURE = NUMBER", text)
		return
	}
	r, err := indicator.ParseRef(strings.TrimSpace(name))
	if err != nil {
		p.fault(p.n, "%w", err)
		return
	}
	q, number := qualified(value)
	n, places, err := decimal.Parse(number)
	if err != nil {
		p.fault(p.n, "%w", err)
		return
	}
	p.s.Returns = append(p.s.Returns, indicator.Observation{Ref: r, Value: n, Places: places, Qualifier: q, Where: fmt.Sprintf("%s:%d", p.s.File, p.n)})
}

func qualified(value string) (indicator.Qualifier, string) {
	value = strings.TrimSpace(value)
	if word, rest, ok := strings.Cut(value, " "); ok && slices.Contains(indicator.Qualifiers, indicator.Qualifier(word)) {
		return indicator.Qualifier(word), strings.TrimSpace(rest)
	}
	return indicator.Exact, value
}

var reasonForm = regexp.MustCompile(`^absent [a-z_]+$`)

func (p *parser) expected(text string) {
	e := &p.s.Evals[len(p.s.Evals)-1]
	switch {
	case e.Want != Answer{}:
		p.fault(p.n, "%v has an expected answer already", e.Ref)
	case reasonForm.MatchString(text):
		e.Want.Absent = strings.TrimPrefix(text, "absent ")
	default:
		q, number := qualified(text)
		n, places, err := decimal.Parse(number)
		if err != nil {
			p.fault(p.n, "%w; write a number, or  absent REASON", err)
			return
		}
		e.Want = Answer{Value: n.Text(places), Qualifier: q}
	}
}

// end looks whether the block that ends is whole.
func (p *parser) end() {
	switch p.block {
	case "table":
		if t := p.s.Tables[len(p.s.Tables)-1]; len(t.Lines) < 2 {
			p.fault(t.Line, "a table needs a line of heads and one row at least")
		}
	case "eval":
		if e := p.s.Evals[len(p.s.Evals)-1]; e.Want == (Answer{}) && len(p.faults) == 0 {
			p.fault(e.Line, "nothing is expected; write a number, or  absent REASON,  below")
		}
	}
	p.block = ""
}

// Outcome is what became of one evaluation.
type Outcome struct {
	Eval
	Got Answer
}

// Passed tells whether what was expected came out.
func (o *Outcome) Passed() bool { return o.Got == o.Want }

// Reported is an indicator.Reporter of what a test reports.
type Reported struct{ book *indicator.Book }

// Reporter returns what the test reports.
func (s *Script) Reporter() Reported { return Reported{indicator.NewBook(s.Returns)} }

// Reported returns the number of a figure, nil where the test reports none.
func (r Reported) Reported(ref indicator.Ref) (*indicator.Observation, int64, string) {
	o := r.book.Get(ref)
	if o == nil {
		return nil, 0, ""
	}
	return o, 1, o.Where
}

// Approval returns the number of the approval that all reports have.
func (r Reported) Approval() int64 { return 1 }

// Run evaluates what the test asks for.
func (s *Script) Run(ctx context.Context, e *indicator.Evaluator) ([]Outcome, error) {
	var out []Outcome
	for _, eval := range s.Evals {
		f, err := e.Figure(ctx, eval.Ref)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", s.File, eval.Line, err)
		}
		out = append(out, Outcome{Eval: eval, Got: AnswerOf(f)})
	}
	return out, nil
}
