package quality

import (
	"strconv"
	"strings"

	"onewindow/internal/ierr"
)

// name is a case as people name it: "region:17", "value:17:date.unreadable",
// "conflict:17:title:zh", "reject:3:120", "party:P…:P…".
type name struct {
	kind   Kind
	number int64  // of the right; of a reject the file
	detail string // flag; field and part; ordinal; ids of both parties
}

func (n name) String() string {
	s := string(n.kind)
	if n.kind != Party {
		s += ":" + strconv.FormatInt(n.number, 10)
	}
	if n.detail != "" {
		s += ":" + n.detail
	}
	return s
}

// maxName bounds the name of a case, in bytes.
const maxName = 400

// parseName reads the name of a case. Error: Invalid.
func parseName(s string) (name, error) {
	kind, rest, _ := strings.Cut(s, ":")
	n := name{kind: Kind(kind)}
	bad := ierr.New(ierr.Invalid, "quality.name", ierr.Args{"case": clip(s, 60)})
	if len(s) > maxName {
		return n, bad
	}
	if n.kind == Party {
		a, b, ok := strings.Cut(rest, ":")
		n.detail = rest
		if !ok || a == "" || b == "" {
			return n, bad
		}
		return n, nil
	}
	number, detail, _ := strings.Cut(rest, ":")
	var err error
	n.detail = detail
	if n.number, err = strconv.ParseInt(number, 10, 64); err != nil || n.number <= 0 || n.number > 1<<32-1 {
		return n, bad
	}
	switch n.kind {
	case Region, HolderType:
		if detail != "" {
			return n, bad
		}
	case Value, Conflict, Reject:
		if detail == "" {
			return n, bad
		}
	default:
		return n, bad
	}
	return n, nil
}

// clip cuts a text to n bytes at the beginning of a sign.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
