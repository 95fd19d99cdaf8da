package paper

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/indicator"
)

// Options say how a number is written.
type Options struct {
	Unit    bool   // with the name of its unit
	Abs     bool   // without its sign
	Move    string // rose, up: in words of movement
	Ordinal bool   // as a place in an order
	Scale   string // in thousands, millions …: a key of scales
	Places  int    // decimal places, -1 for those of the figure
}

// scales are the powers of ten that numbers can be written in.
var scales = map[string]int64{"thousand": 1_000, "10k": 10_000, "million": 1_000_000, "100m": 100_000_000, "billion": 1_000_000_000}

// moves are the ways to tell of a movement.
var moves = []string{"rose", "up"}

// maxMark is how long what stands in double braces may be.
const maxMark = 400

// mark is what stands in double braces: quoted words, a table, a chart, a
// cross-reference or a number.
type mark struct {
	verb   string // table, chart, see, say; empty for a number
	target string
	ref    indicator.Ref
	opt    Options
}

// cutMark cuts {{…}} off the beginning of s; ok is false where none begins there, and
// n is 0 where it does not end.
func cutMark(s string) (body string, n int, ok bool) {
	if !strings.HasPrefix(s, "{{") {
		return "", 0, false
	}
	quoted, depth := false, 0
	for i := 2; i < len(s) && i < maxMark; i++ {
		switch c := s[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{':
			depth++
		case c == '}' && depth > 0:
			depth--
		case c == '}' && strings.HasPrefix(s[i:], "}}"):
			return s[2:i], i + 2, true
		}
	}
	return "", 0, true
}

// readMark reads what stands in double braces.
func readMark(body string) (m mark, err error) {
	body = strings.TrimSpace(body)
	if quoted, ok := strings.CutPrefix(body, `"`); ok {
		words, ok := strings.CutSuffix(quoted, `"`)
		if !ok || words == "" || strings.Contains(words, `"`) {
			return m, fmt.Errorf("%s: quoted words end with one quotation mark", body)
		}
		return mark{verb: "say", target: words}, nil
	}
	if verb, target, ok := strings.Cut(body, " "); ok && slices.Contains([]string{"table", "chart", "see"}, verb) {
		if target = strings.TrimSpace(target); !isID(target) {
			return m, fmt.Errorf("%q is no id; write small letters, digits and - or _", target)
		}
		return mark{verb: verb, target: target}, nil
	}
	name, options, _ := strings.Cut(body, "|")
	if m.ref, err = indicator.ParseRef(strings.TrimSpace(name)); err != nil {
		return m, err
	}
	m.opt, err = readOptions(options)
	return m, err
}

func isID(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' {
			return false
		}
	}
	return s != ""
}

func readOptions(s string) (Options, error) {
	o := Options{Places: -1}
	if strings.TrimSpace(s) == "" {
		return o, nil
	}
	for word := range strings.SplitSeq(s, ",") {
		word = strings.TrimSpace(word)
		places, isPlaces := strings.CutPrefix(word, "places=")
		switch {
		case word == "unit":
			o.Unit = true
		case word == "abs":
			o.Abs = true
		case word == "ordinal":
			o.Ordinal = true
		case slices.Contains(moves, word):
			o.Move = word
		case scales[word] != 0:
			o.Scale = word
		case isPlaces:
			n, err := strconv.ParseUint(places, 10, 8)
			if err != nil || n > 6 {
				return o, fmt.Errorf("%q: a number has 0 to 6 decimal places", word)
			}
			o.Places = int(n)
		default:
			return o, fmt.Errorf("%q is no way to write a number; take unit, abs, ordinal, rose, up, thousand, 10k, million, 100m, billion or places=N", word)
		}
	}
	return o, nil
}
