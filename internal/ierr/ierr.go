// Package ierr gives errors a kind, a message that can be translated, and a
// cause for the log.
//
// One table maps kinds to HTTP statuses and exit codes, so that a page, the API
// and the command line refuse the same thing in the same way.
package ierr

import (
	"errors"
	"fmt"
	"net/http"
	"sort"
	"strings"
)

// Kind says what sort of thing went wrong, and so who can do something about it.
type Kind uint8

// The kinds. The zero Kind is Internal: an error that nobody classified.
const (
	Internal    Kind = iota // a defect or a failing machine
	Invalid                 // what was asked for or sent is wrong
	NotFound                // there is no such thing, or the reader may not know of it
	Forbidden               // the reader may not do this
	Conflict                // it contradicts what is there
	Busy                    // another owner or another job holds it; later it may go
	TooLarge                // beyond a stated limit
	Unsupported             // this form or combination is not offered
	Corrupt                 // stored or delivered bytes are damaged
	Cancelled               // somebody stopped it
)

var kinds = [...]struct {
	name string
	http int
	exit int
}{
	Internal:    {"internal", http.StatusInternalServerError, 1},
	Invalid:     {"invalid", http.StatusUnprocessableEntity, 2},
	NotFound:    {"not-found", http.StatusNotFound, 3},
	Forbidden:   {"forbidden", http.StatusForbidden, 4},
	Conflict:    {"conflict", http.StatusConflict, 5},
	Busy:        {"busy", http.StatusServiceUnavailable, 6},
	TooLarge:    {"too-large", http.StatusRequestEntityTooLarge, 7},
	Unsupported: {"unsupported", http.StatusBadRequest, 8},
	Corrupt:     {"corrupt", http.StatusInternalServerError, 9},
	Cancelled:   {"cancelled", 499, 130},
}

// RetryAfter is the value of that header on every response of kind Busy, in
// seconds.
const RetryAfter = "10"

// String returns the kind's name, as the API writes it.
func (k Kind) String() string { return kinds[k].name }

// HTTP returns the status that a response with this kind of error carries.
func (k Kind) HTTP() int { return kinds[k].http }

// Exit returns the exit code of a command that ends with this kind of error.
func (k Kind) Exit() int { return kinds[k].exit }

// KindNamed returns the kind with the given name, and whether there is one.
func KindNamed(name string) (Kind, bool) {
	for k := range kinds {
		if kinds[k].name == name {
			return Kind(k), true
		}
	}
	return Internal, false
}

// Args are the values that a message names, by the name it gives them.
type Args map[string]any

// Error is a refusal or a failure. Code names its message in the catalogues, as
// "err.<Code>"; Args fill that message; Cause goes to the log and never to a reader.
type Error struct {
	Kind  Kind
	Code  string
	Args  Args
	Cause error
}

// New returns an error of kind k whose message is code with args.
func New(k Kind, code string, args Args) *Error { return &Error{Kind: k, Code: code, Args: args} }

// Wrap returns an error of kind k whose message is code with args, caused by cause.
func Wrap(cause error, k Kind, code string, args Args) *Error {
	return &Error{Kind: k, Code: code, Args: args, Cause: cause}
}

// Error writes the error for logs: the code, its arguments in order, the cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	names := make([]string, 0, len(e.Args))
	for n := range e.Args {
		names = append(names, n)
	}
	sort.Strings(names)
	for i, n := range names {
		if i == 0 {
			b.WriteString(" (")
		} else {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s=%v", n, e.Args[n])
	}
	if len(names) > 0 {
		b.WriteString(")")
	}
	if e.Cause != nil {
		b.WriteString(": ")
		b.WriteString(e.Cause.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of the first Error in err's chain, Internal if there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// As returns the first Error in err's chain; an error without one is wrapped as
// Internal under the code "internal".
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return Wrap(err, Internal, "internal", nil)
}
