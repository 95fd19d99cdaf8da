package search

import (
	"bytes"
	"sort"
	"sync"
	"unicode/utf8"
)

// termRun is some blocks of a part's dictionary that may hold terms with a certain
// beginning.
type termRun struct {
	p      *part
	lo, hi int // blocks from lo to before hi
}

// runBlocks is the number of dictionary blocks of a full run.
const runBlocks = 64

// runs returns the runs in which the terms that begin with lead stand.
func (s *segment) runs(lead []byte) []termRun {
	var out []termRun
	for k := s.partOf(lead); k < len(s.parts); k++ {
		p := s.parts[k]
		lo := max(p.blockAfter(lead)-1, 0)
		hi := lo + sort.Search(p.blocks-lo, func(i int) bool {
			f := p.first(lo + i)
			return bytes.Compare(f, lead) > 0 && !bytes.HasPrefix(f, lead)
		})
		for b := lo; b < hi; b += runBlocks {
			out = append(out, termRun{p, b, min(b+runBlocks, hi)})
		}
		if hi < p.blocks {
			break
		}
	}
	return out
}

// each calls f at every term of the run that the pattern takes.
func (r termRun) each(pat *pattern, f func(*dictCursor)) {
	c, end := r.p.at(r.lo), r.hi*dictBlock
	for c.next(); c.ok && c.i <= end; c.next() {
		if !bytes.HasPrefix(c.name, pat.lead) {
			if bytes.Compare(c.name, pat.lead) > 0 {
				return
			}
			continue
		}
		if pat.match != nil {
			for c.ok && isHanTerm(c.name) {
				c = r.p.seek(afterHan(c.name))
			}
			if !c.ok || c.i > end {
				return
			}
			if !bytes.HasPrefix(c.name, pat.lead) || !pat.match(c.name[1:]) {
				continue
			}
		}
		f(c)
	}
}

func isHanTerm(t []byte) bool {
	if len(t) < 2 || t[1] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRune(t[1:])
	return isHan(r)
}

// afterHan returns the first term of t's space that could follow the terms that
// begin with characters like that of t, which is a Chinese one.
func afterHan(t []byte) []byte {
	r, _ := utf8.DecodeRune(t[1:])
	ends := hanEnds()
	i := sort.Search(len(ends), func(i int) bool { return ends[i] > r })
	return utf8.AppendRune([]byte{t[0]}, ends[i])
}

// hanEnds returns the characters that follow a range of those that isHan tells.
var hanEnds = sync.OnceValue(func() []rune {
	var out []rune
	for r := rune(1); r <= utf8.MaxRune; r++ {
		if isHan(r-1) && !isHan(r) {
			out = append(out, r)
		}
	}
	return out
})
