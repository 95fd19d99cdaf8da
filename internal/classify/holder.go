package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/record"
)

// The rules on holders that are not in the file.
const (
	ruleInventor = "holder.individual.inventor" // bears the name of an inventor of the same document
	ruleHanName  = "holder.individual.han"      // a Chinese surname and one to three characters
	ruleDotName  = "holder.individual.dotted"   // a transcribed name with dots between its parts
	ruleAnyName  = "holder.individual.short"    // two to four Han characters that no rule knows
	ruleLatin    = "holder.individual.latin"    // two to four words in Latin letters that no rule knows
	ruleAbroad   = "holder.enterprise.abroad"   // a transcribed name from abroad without dots that no rule knows
	ruleNoName   = "holder.none"                // no name
	ruleNoRule   = "holder.unknown"             // a name that no rule knows
)

// maxHolder bounds what is read of a name, in bytes.
const maxHolder = 600

// HolderType tells the class of a holder from its name in one or more languages
// and its identifier, a unified social credit code where known. Both may be
// empty; what nothing tells is Unclassified.
func (c *Classifier) HolderType(names []record.Text, ident string) Evidence {
	e, rest := c.holders.byIdent(ident)
	if e.Code != "" && !rest {
		return e
	}
	named := c.holders.byNames(names)
	if e.Code != "" && (named.Code == Unclassified || named.Code == Individual || named.Code == Enterprise) {
		return e
	}
	return named
}

// byIdent returns what a unified social credit code says, and whether the rules
// on names go before it.
func (h *holders) byIdent(ident string) (e Evidence, names bool) {
	if !isCreditCode(ident) {
		return Evidence{}, false
	}
	for i := range h.idents {
		if r := &h.idents[i]; strings.HasPrefix(ident, r.Prefix) {
			return Evidence{Code: r.Type, Rule: "holder." + r.ID, Confidence: sureFull, Match: r.Prefix}, r.Names
		}
	}
	return Evidence{}, false
}

// isCreditCode reports whether s has the form of a unified social credit code,
// GB 32100-2015: eighteen digits and letters other than I, O, S, V, Z.
func isCreditCode(s string) bool {
	if len(s) != 18 {
		return false
	}
	for i := range len(s) {
		switch b := s[i]; {
		case b >= '0' && b <= '9':
		case b >= 'A' && b <= 'Z' && b != 'I' && b != 'O' && b != 'S' && b != 'V' && b != 'Z' && i != 0 || i == 0 && b >= 'A' && b <= 'Z':
		default:
			return false
		}
	}
	return true
}

// byNames returns what the names say; the first that says something decides.
func (h *holders) byNames(names []record.Text) Evidence {
	best := Evidence{Code: Unclassified, Rule: ruleNoName}
	for i := range names {
		e := h.byName(names[i].Text)
		if e.Code != Unclassified && (best.Code == Unclassified || e.Confidence > best.Confidence) {
			best = e
		}
		if best.Code == Unclassified {
			best = e
		}
	}
	return best
}

// byName returns what one name says.
func (h *holders) byName(name string) Evidence {
	name = strings.TrimSpace(clip(name, maxHolder))
	if name == "" {
		return Evidence{Code: Unclassified, Rule: ruleNoName}
	}
	form := formOf(name)
	if form.han == form.length && form.han >= 2 && form.han <= 3 && h.surname(name) && !h.neverPerson(name) {
		return Evidence{Code: Individual, Rule: ruleHanName, Confidence: 0.97, Match: name}
	}
	if e := h.byRules(name, form); e.Code != "" {
		return e
	}
	switch {
	case form.han == form.length && form.han == 4 && h.surname(name):
		return Evidence{Code: Individual, Rule: ruleHanName, Confidence: 0.85, Match: name}
	case form.han > 0 && form.dots > 0:
		return Evidence{Code: Individual, Rule: ruleDotName, Confidence: 0.93, Match: name}
	case form.han == form.length && form.han >= 2 && form.han <= 4:
		return Evidence{Code: Individual, Rule: ruleAnyName, Confidence: 0.7, Match: name}
	case form.han == 0 && form.words >= 2 && form.words <= 4 && form.capitals == form.words && form.letters:
		return Evidence{Code: Individual, Rule: ruleLatin, Confidence: 0.75, Match: name}
	}
	return Evidence{Code: Unclassified, Rule: ruleNoRule, Match: name}
}

// nameForm counts what a name is made of.
type nameForm struct {
	length, han, dots, words, capitals int
	letters                            bool // nothing but letters and signs of names
}

func formOf(name string) nameForm {
	f := nameForm{letters: true}
	word := false
	for _, r := range name {
		f.length++
		switch {
		case r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x2EBEF:
			f.han++
			word = false
		case r == '·' || r == '•' || r == '・' || r == '．' || r == '.' || r == '‧':
			f.dots++
		case unicode.IsLetter(r):
			if !word {
				f.words++
				if unicode.IsUpper(r) {
					f.capitals++
				}
			}
			word = true
		case r == '-' || r == '\'' || r == '’':
		case r == ' ' || r == ',':
			word = false
		default:
			word, f.letters = false, false
		}
	}
	return f
}

// surname reports whether a name begins with a Chinese surname.
func (h *holders) surname(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return h.surnames[r] || hasAny(name, h.compound)
}

func (h *holders) neverPerson(name string) bool {
	for _, s := range h.never {
		if strings.HasSuffix(name, s) {
			return true
		}
	}
	return false
}

// found is the set of patterns found in a name, and the end of each one's last match.
type found struct {
	set [maxPatterns / 64]uint64
}

func (f *found) has(n int32) bool { return f.set[n/64]&(1<<(n%64)) != 0 }

func (f *found) any(list []int32) (int32, bool) {
	for _, n := range list {
		if f.has(n) {
			return n, true
		}
	}
	return 0, false
}

// byRules returns what the first fitting rule says, nothing if none fits.
func (h *holders) byRules(name string, form nameForm) Evidence {
	var f found
	end := len(withoutBrackets(name))
	if form.han > 0 {
		h.findHan(name, end, &f)
	} else {
		h.findWords(foldLatin(name), &f)
	}
	for i := range h.rules {
		r := &h.rules[i]
		n, ok := f.any(r.any)
		if !ok {
			continue
		}
		if len(r.with) > 0 {
			if _, ok := f.any(r.with); !ok {
				continue
			}
		}
		if _, ok := f.any(r.unless); ok {
			continue
		}
		return Evidence{Code: r.code, Rule: r.id, Confidence: r.confidence, Match: h.patterns[n].text}
	}
	return Evidence{}
}

// findHan enters the patterns found in a name that holds Chinese; end is where
// the name ends when closing brackets are left out.
func (h *holders) findHan(name string, end int, f *found) {
	for p := 0; p < len(name); p = next(name, p) {
		n := int32(0)
		for i := p; i < len(name); i++ {
			if n = h.han.step(n, name[i]); n < 0 {
				break
			}
			for _, v := range h.han.at(n) {
				switch h.patterns[v].where {
				case atEnd:
					if i+1 != end && i+1 != len(name) {
						continue
					}
				case atStart:
					if p != 0 {
						continue
					}
				}
				f.set[v/64] |= 1 << (v % 64)
			}
		}
	}
}

// findWords enters the patterns found as whole words in a folded name.
func (h *holders) findWords(name string, f *found) {
	for p := 0; p < len(name); p++ {
		if p > 0 && name[p-1] != ' ' {
			continue
		}
		n := int32(0)
		for i := p; i < len(name); i++ {
			if n = h.latin.step(n, name[i]); n < 0 {
				break
			}
			if i+1 < len(name) && name[i+1] != ' ' {
				continue
			}
			for _, v := range h.latin.at(n) {
				f.set[v/64] |= 1 << (v % 64)
			}
		}
	}
}

// withoutBrackets returns a name without what stands in closing brackets at its
// end, and the name itself where nothing else would remain.
func withoutBrackets(name string) string {
	for _, pair := range [...][2]string{{"（", "）"}, {"(", ")"}, {"（", ")"}, {"(", "）"}} {
		if strings.HasSuffix(name, pair[1]) {
			if i := strings.LastIndex(name, pair[0]); i > 0 {
				return strings.TrimRight(name[:i], " ")
			}
		}
	}
	return name
}
