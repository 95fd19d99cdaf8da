package i18n

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	xnumber "golang.org/x/text/number"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
)

// Printer writes messages in one language.
type Printer struct {
	lang     string
	tag      language.Tag
	number   *message.Printer
	messages map[string]*entry
}

// Key as an argument is itself a message, written in the reader's language.
type Key string

// Lang returns the language's tag.
func (p *Printer) Lang() string { return p.lang }

// Has tells whether there is a message of that name.
func (p *Printer) Has(key string) bool { return p.messages[key] != nil }

// T writes the message called key. Arguments are written by their type: whole
// numbers with separators, unless the argument is the name of a thing (id, load,
// state, year), days and moments as the language writes them, a Key as its
// message, an error as Error does, lists with the language's comma. A message
// that does not exist is written as its name, an argument that is not given as
// its name in braces.
func (p *Printer) T(key string, args ierr.Args) string {
	e := p.messages[key]
	if e == nil {
		return key
	}
	return p.fill(e.choose(p.tag, args), args)
}

// choose returns the form for the argument n.
func (e *entry) choose(tag language.Tag, args ierr.Args) text {
	if n, whole := wholeNumber(args["n"]); whole && len(e.forms) > 1 {
		if t, ok := e.forms[formOf(tag, n)]; ok {
			return t
		}
	}
	return e.forms[plural.Other]
}

func (p *Printer) fill(t text, args ierr.Args) string {
	var b strings.Builder
	for _, part := range t {
		if part.arg == "" {
			b.WriteString(part.literal)
			continue
		}
		v, ok := args[part.arg]
		if !ok {
			v = "{" + part.arg + "}"
		}
		if n, ok := wholeNumber(v); ok && isName[part.arg] {
			b.WriteString(strconv.FormatInt(n, 10))
			continue
		}
		b.WriteString(p.value(v))
	}
	return b.String()
}

// isName lists the arguments whose whole numbers are names, which are written
// without separators.
var isName = map[string]bool{"id": true, "load": true, "state": true, "year": true}

// value writes one argument.
func (p *Printer) value(v any) string {
	if n, ok := wholeNumber(v); ok {
		return p.Number(n)
	}
	switch v := v.(type) {
	case string:
		return v
	case Key:
		return p.T(string(v), nil)
	case date.Date:
		return p.Date(v)
	case time.Time:
		return p.Moment(v)
	case float64:
		return p.number.Sprint(xnumber.Decimal(v, xnumber.MaxFractionDigits(6)))
	case error:
		return p.Error(v)
	case []string:
		return p.List(v)
	}
	return fmt.Sprint(v)
}

func wholeNumber(v any) (int64, bool) {
	switch n := v.(type) {
	case int:
		return int64(n), true
	case int32:
		return int64(n), true
	case int64:
		return n, true
	case uint32:
		return int64(n), true
	case uint64:
		if n < 1<<63 {
			return int64(n), true
		}
	}
	return 0, false
}

// Error writes an error for a reader: the message "err.<code>" of the first
// *ierr.Error in its chain. What has no message of its own is a general text
// that gives nothing away; its cause belongs in the log.
func (p *Printer) Error(err error) string {
	if errors.Is(err, context.Canceled) && ierr.KindOf(err) == ierr.Internal {
		return p.T("err.cancelled", nil)
	}
	e := ierr.As(err)
	if key := "err." + e.Code; p.Has(key) {
		return p.T(key, e.Args)
	}
	return p.T("err.internal", nil)
}

// List joins items with the language's comma.
func (p *Printer) List(items []string) string {
	return strings.Join(items, p.T("format.comma", nil))
}
