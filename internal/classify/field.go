package classify

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/region"
)

// Fields is the number of WIPO's technology fields. They are coded "1" to "35".
const Fields = 35

// The rules by which a technology field is told.
const (
	ruleConcordance = "field.concordance" // WIPO's table, by the first IPC symbol
	ruleNoClass     = "field.no_ipc"      // no IPC symbol: designs have none
	ruleNoField     = "field.unlisted"    // an IPC symbol that the table has not
)

// fields maps IPC symbols to technology fields by their longest prefix.
type fields struct {
	prefixes *trie
	codes    [Fields + 1]string
}

func newFields(fsys fs.FS) (*fields, error) {
	f := &fields{}
	for i := range f.codes {
		f.codes[i] = strconv.Itoa(i)
	}
	var entries []entry
	err := region.ReadTable(fsys, "classes/ipc_technology.csv", []string{"field", "pattern"}, func(row []string) error {
		n, err := strconv.Atoi(row[0])
		prefix, open := strings.CutSuffix(row[1], "%")
		prefix = strings.ReplaceAll(prefix, " ", "")
		if err != nil || n < 1 || n > Fields || !open || prefix == "" || strings.Contains(prefix, "%") {
			return errors.New("a rule needs a field from 1 to 35 and a symbol that ends with %")
		}
		entries = append(entries, entry{prefix, int32(n)})
		return nil
	})
	f.prefixes = newTrie(entries)
	return f, err
}

// Field tells WIPO's technology field from the first IPC symbol. Its Code is
// empty where there is none: designs are classified by Locarno alone.
func (c *Classifier) Field(classes []record.Class) Evidence {
	for i := range classes {
		if classes[i].Scheme != record.IPC || classes[i].Symbol == "" {
			continue
		}
		symbol := classes[i].Symbol
		if code := c.fields.of(symbol); code != "" {
			return Evidence{Code: code, Rule: ruleConcordance, Confidence: 1, Match: clip(symbol, maxNameBytes)}
		}
		return Evidence{Rule: ruleNoField, Match: clip(symbol, maxNameBytes)}
	}
	return Evidence{Rule: ruleNoClass}
}

// of returns the field of a symbol, empty if the table has none. Spaces and
// zeros that pad a symbol do not count: "H01M  10/0525", "H01M0010/0525".
func (f *fields) of(symbol string) string {
	code := ""
	n := int32(0)
	written := 0 // characters of the symbol that counted
	for i := 0; i < len(symbol) && n >= 0; i++ {
		b := symbol[i]
		if b == ' ' || b == '0' && written == 4 {
			continue
		}
		if b >= 'a' && b <= 'z' {
			b -= 'a' - 'A'
		}
		written++
		if n = f.prefixes.step(n, b); n >= 0 {
			if v := f.prefixes.at(n); len(v) > 0 {
				code = f.codes[v[0]]
			}
		}
	}
	return code
}
