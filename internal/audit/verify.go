package audit

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Fault is something in the log that is not as it was written. Its text stands in the
// catalogues under "audit.fault.".
type Fault struct {
	Code  FaultCode
	From  int64 // leaf, or the first of those among which it lies
	To    int64 // the last of these
	Known bool  // it was found by a head that was kept elsewhere
}

// FaultCode names a sort of fault.
type FaultCode string

// The sorts of faults.
const (
	Content   FaultCode = "content"   // a leaf's hash is not that of its content
	Missing   FaultCode = "missing"   // a leaf is not there, or has another place
	Rewritten FaultCode = "rewritten" // leaves were changed, removed, added or put in another order
	Cut       FaultCode = "cut"       // leaves at the end that a head counts are not there
	Emptied   FaultCode = "emptied"   // a leaf has no content, and none tells of its erasure
	Signature FaultCode = "signature" // a head that is kept here was not signed with the key
)

// maxFaults bounds the faults that are told one by one.
const maxFaults = 100

// Report says what a verification found.
type Report struct {
	Leaves int64
	Erased int64
	Root   tlog.Hash
	Heads  int   // signed heads kept here
	Signed int64 // leaves that the last of them counts
	Proven int64 // leaves that a head kept elsewhere counts, and which are just those; 0 without one
	Faults []Fault
	More   int64 // faults that are not told one by one
}

// Sound tells whether nothing was found.
func (r *Report) Sound() bool { return len(r.Faults) == 0 }

func (r *Report) add(f Fault) {
	if len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, f)
	} else {
		r.More++
	}
}

// milestone is a size whose root somebody signed.
type milestone struct {
	size  int64
	root  tlog.Hash
	known bool
}

// Verify reads the whole log and holds it against the heads that are kept here and, where
// there is one, against a head that was kept elsewhere, whose signature was checked.
// Whoever can write in the folder can write a whole log with heads anew: without a head
// from elsewhere a log is consistent, not proven.
func (l *Log) Verify(ctx context.Context, elsewhere *Head) (*Report, error) {
	heads, err := l.Store.Heads(ctx)
	if err != nil {
		return nil, err
	}
	r := &Report{Heads: len(heads)}
	var marks []milestone
	for _, h := range heads {
		told, err := ReadHead(h.Signed, l.Key.Public)
		if err != nil || told.Size != h.Size || told.Root != h.Root {
			r.add(Fault{Code: Signature, From: h.Size, To: h.Size})
			continue
		}
		r.Signed = h.Size
		marks = append(marks, milestone{h.Size, h.Root, false})
	}
	if elsewhere != nil {
		marks = append(marks, milestone{elsewhere.Size, elsewhere.Root, true})
	}
	slices.SortStableFunc(marks, func(a, b milestone) int { return int(a.size - b.size) })
	w := walk{report: r, marks: marks, erased: map[int64]bool{}}
	w.pass()
	if err := l.Store.Leaves(ctx, 0, w.step); err != nil {
		return nil, err
	}
	w.end()
	return r, nil
}

// walk goes through the leaves, and looks at the root wherever one was signed.
type walk struct {
	report *Report
	marks  []milestone // still ahead
	edge   edge
	good   int64          // the last size whose root was as signed
	broken bool           // roots from here on cannot be as signed
	erased map[int64]bool // leaves without content of whose erasure no leaf tells so far
}

func (w *walk) step(l *Leaf) error {
	r := w.report
	if l.Seq != w.edge.n+1 {
		r.add(Fault{Code: Missing, From: w.edge.n + 1, To: max(l.Seq-1, w.edge.n+1)})
		// Places are counted on from the leaf that is there.
		for w.edge.n+1 < l.Seq {
			w.edge.add(tlog.Hash{})
			w.pass()
		}
	}
	switch {
	case l.Erased():
		r.Erased++
		w.erased[l.Seq] = true
	case !l.Sound():
		r.add(Fault{Code: Content, From: l.Seq, To: l.Seq})
	case l.Kind == erasure:
		var told struct{ Seq int64 }
		if json.Unmarshal(l.Payload, &told) == nil {
			delete(w.erased, told.Seq)
		}
	}
	r.Leaves++
	w.edge.add(l.Hash)
	w.pass()
	return nil
}

// pass holds the root against what was signed for this size.
func (w *walk) pass() {
	for len(w.marks) > 0 && w.marks[0].size == w.edge.n {
		m := w.marks[0]
		w.marks = w.marks[1:]
		switch {
		case m.root == w.edge.root():
			w.good = m.size
			if m.known {
				w.report.Proven = m.size
			}
		case !w.broken || m.known:
			w.report.add(Fault{Code: Rewritten, From: w.good + 1, To: m.size, Known: m.known})
			w.broken = true
		}
	}
}

func (w *walk) end() {
	w.report.Root = w.edge.root()
	for _, seq := range slices.Sorted(maps.Keys(w.erased)) {
		w.report.add(Fault{Code: Emptied, From: seq, To: seq})
	}
	for _, m := range w.marks {
		w.report.add(Fault{Code: Cut, From: w.edge.n + 1, To: m.size, Known: m.known})
	}
}
