package proof

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"onewindow/internal/audit"
	"onewindow/internal/date"
	"onewindow/internal/decimal"
	"onewindow/internal/edition"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/region"
)

// Limits of a pack.
const (
	maxEntries = 5_000
	maxEntry   = 512 << 20
)

// FaultKind is what is wrong with a pack.
type FaultKind string

// The kinds of faults.
const (
	FaultChanged   FaultKind = "changed"   // an entry is not what the manifest says
	FaultMissing   FaultKind = "missing"   // an entry is not there
	FaultStranger  FaultKind = "stranger"  // an entry that nothing names
	FaultEvidence  FaultKind = "evidence"  // the evidence is not that of the edition
	FaultLog       FaultKind = "log"       // the log does not hold the edition
	FaultSignature FaultKind = "signature" // the head is not signed with the key
	FaultFigure    FaultKind = "figure"    // a figure comes out differently
)

// Fault is something that is not as it was published.
type Fault struct {
	Kind FaultKind
	What string // an entry or a figure
	Says string
}

// Report says what a verification found.
type Report struct {
	Edition  *edition.Edition
	Entries  int   // that were compared with the manifest
	Rows     int64 // that were counted anew
	Figures  int   // that were computed anew
	Reported int   // of these, how many rest on a return alone
	Sample   bool
	Head     audit.Head
	Proven   bool // the signature was checked with a key that was kept elsewhere
	Faults   []Fault
}

// Sound tells whether nothing is wrong.
func (r *Report) Sound() bool { return len(r.Faults) == 0 }

func (r *Report) fault(k FaultKind, what, format string, args ...any) {
	r.Faults = append(r.Faults, Fault{k, what, fmt.Sprintf(format, args...)})
}

// Verify checks a pack from its bytes alone: every entry against the manifest, the
// manifest against the edition, the edition against the log, the log's head against its
// signature, and every figure by evaluating it anew from rows and returns. public is a
// key that was kept elsewhere; without one the pack's own is taken and nothing is
// proven. An error is one of a file that is no pack.
func Verify(ctx context.Context, pack []byte, public string) (*Report, error) {
	z, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "proof.no-zip", nil)
	}
	if len(z.File) > maxEntries {
		return nil, ierr.New(ierr.TooLarge, "proof.entries", ierr.Args{"limit": maxEntries})
	}
	v := &verifier{zip: z, public: public, report: &Report{}, read: map[string][]byte{}}
	if err := v.manifest(); err != nil {
		return nil, err
	}
	if err := v.edition(); err != nil {
		return nil, err
	}
	v.log()
	if err := v.figures(ctx); err != nil {
		v.report.fault(FaultFigure, nameFigures, "%v", err)
	}
	return v.report, nil
}

type verifier struct {
	zip    *zip.Reader
	public string
	report *Report
	read   map[string][]byte
	list   Manifest
	raw    []byte // of the manifest
}

// entry reads an entry, once.
func (v *verifier) entry(name string) ([]byte, error) {
	if b, ok := v.read[name]; ok {
		return b, nil
	}
	f, err := v.zip.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxEntry+1))
	if err == nil && len(b) > maxEntry {
		err = fmt.Errorf("longer than %d bytes", maxEntry)
	}
	if err == nil {
		v.read[name] = b
	}
	return b, err
}

// manifest compares every entry with its hash.
func (v *verifier) manifest() error {
	var err error
	if v.raw, err = v.entry(nameManifest); err != nil {
		return ierr.Wrap(err, ierr.Invalid, "proof.no-pack", ierr.Args{"entry": nameManifest})
	}
	if err := decode(v.raw, &v.list); err != nil {
		return ierr.Wrap(err, ierr.Invalid, "proof.no-pack", ierr.Args{"entry": nameManifest})
	}
	v.report.Sample = v.list.Sample
	there := map[string]bool{}
	for _, f := range v.zip.File {
		name := f.Name
		there[name] = true
		want, listed := v.list.Files[name]
		switch {
		case name == nameManifest || name == nameEdition || name == nameProof:
			continue
		case !listed:
			v.report.fault(FaultStranger, name, "nothing names it")
			continue
		}
		v.report.Entries++
		b, err := v.entry(name)
		if err != nil {
			v.report.fault(FaultChanged, name, "%v", err)
			continue
		}
		if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != want {
			v.report.fault(FaultChanged, name, "its SHA-256 is %x", sum)
		}
	}
	for name := range v.list.Files {
		if !there[name] {
			v.report.fault(FaultMissing, name, "it is not in the pack")
		}
	}
	return nil
}

// edition reads the edition, which names the hash of the manifest.
func (v *verifier) edition() error {
	b, err := v.entry(nameEdition)
	if err != nil {
		return ierr.Wrap(err, ierr.Invalid, "proof.no-pack", ierr.Args{"entry": nameEdition})
	}
	var e edition.Edition
	if err := decode(b, &e); err != nil {
		return ierr.Wrap(err, ierr.Invalid, "proof.no-pack", ierr.Args{"entry": nameEdition})
	}
	v.report.Edition = &e
	if sum := sha256.Sum256(v.raw); hex.EncodeToString(sum[:]) != e.Evidence {
		v.report.fault(FaultEvidence, nameManifest, "the edition rests on evidence with the hash %s", e.Evidence)
	}
	return nil
}

// log checks that a signed head holds the leaf of the edition.
func (v *verifier) log() {
	r := v.report
	b, err := v.entry(nameProof)
	if err != nil {
		r.fault(FaultMissing, nameProof, "%v", err)
		return
	}
	var l logged
	if err := decode(b, &l); err != nil {
		r.fault(FaultLog, nameProof, "%v", err)
		return
	}
	public := v.public
	if public == "" {
		public = l.Public
	} else if public != strings.TrimSpace(l.Public) {
		r.fault(FaultSignature, nameProof, "the pack names another key")
	}
	if r.Head, err = audit.ReadHead(l.Signed, public); err != nil {
		r.fault(FaultSignature, nameProof, "%v", err)
		return
	}
	p := audit.Proof{Leaf: audit.Rebuild(l.Seq, l.Kind, l.State, l.Salt, l.Payload), Head: r.Head}
	for _, h := range l.Path {
		if len(h) != tlog.HashSize {
			r.fault(FaultLog, nameProof, "a hash of the path has %d bytes", len(h))
			return
		}
		p.Path = append(p.Path, tlog.Hash(h))
	}
	if err := p.Check(); err != nil {
		r.fault(FaultLog, nameProof, "%v", err)
		return
	}
	var says struct {
		Paper string `json:"paper"`
		N     int    `json:"edition"`
		Hash  string `json:"hash"`
	}
	if err := decode(l.Payload, &says); err != nil {
		r.fault(FaultLog, nameProof, "%v", err)
		return
	}
	sum := sha256.Sum256(v.read[nameEdition])
	if says.Hash != hex.EncodeToString(sum[:]) || says.Paper != r.Edition.Paper || says.N != r.Edition.N {
		r.fault(FaultLog, nameEdition, "the log holds the hash %s of %s@%d", says.Hash, says.Paper, says.N)
		return
	}
	r.Proven = v.public != ""
}

// figures evaluates every figure of the edition anew.
func (v *verifier) figures(ctx context.Context) error {
	defs, err := fs.Sub(v.zip, strings.TrimSuffix(defsFolder, "/"))
	if err != nil {
		return err
	}
	pack, err := region.Load(defs, v.list.Region)
	if err != nil {
		return err
	}
	set, err := indicator.Load(defs, pack)
	if err != nil {
		return err
	}
	counter, err := v.counter()
	if err != nil {
		return err
	}
	reporter, err := v.reporter()
	if err != nil {
		return err
	}
	eval := indicator.NewEvaluator(set, pack)
	eval.Counter, eval.Reporter, eval.Sample = counter, reporter, v.list.Sample
	for _, want := range v.report.Edition.Figures {
		got, err := eval.Figure(ctx, want.Ref)
		if err != nil {
			v.report.fault(FaultFigure, want.Ref.String(), "%v", err)
			continue
		}
		v.report.Figures++
		if got.Origin == indicator.FromReturn {
			v.report.Reported++
		}
		if a, b := said(want), said(got); a != b {
			v.report.fault(FaultFigure, want.Ref.String(), "published as %s, comes out as %s", a, b)
		}
	}
	return nil
}

// said writes what a figure states and what it means.
func said(f *indicator.Figure) string {
	n, ok := f.Published()
	if !ok {
		return "absent " + f.Absent.Code + " " + f.Definition
	}
	return strings.TrimSpace(string(f.Qualifier)+" "+n.Text(f.Places)) + " " + f.Unit + " " + f.Definition
}

// packed counts the rows of a pack.
type packed struct {
	tables map[string]indicator.Tally
	state  int64
}

// State implements indicator.Counter.
func (p *packed) State() int64 { return p.state }

// Tally implements indicator.Counter.
func (p *packed) Tally(_ context.Context, query string, on date.Date, counties bool, by []string) (indicator.Tally, error) {
	t, ok := p.tables[tallyKey(query, on, counties, by)]
	if !ok {
		return t, fmt.Errorf("the pack holds no rows of %q", query)
	}
	return t, nil
}

// counter counts all rows.
func (v *verifier) counter() (*packed, error) {
	b, err := v.entry(nameTallies)
	if err != nil {
		return nil, err
	}
	var list []tallyFile
	if err := decode(b, &list); err != nil {
		return nil, err
	}
	out := &packed{tables: map[string]indicator.Tally{}, state: v.report.Edition.State}
	for _, t := range list {
		tally := indicator.Tally{State: t.State, Gap: t.Gap}
		if t.Gap == nil {
			if tally.Rows, err = v.count(&t); err != nil {
				return nil, fmt.Errorf("%s: %w", t.File, err)
			}
		}
		out.tables[tallyKey(t.Query, t.On, t.Counties, t.By)] = tally
	}
	return out, nil
}

// count counts the rows of a file by their codes. A right counts once.
func (v *verifier) count(t *tallyFile) ([]indicator.TallyRow, error) {
	b, err := v.entry(t.File)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.ReuseRecord = true
	r.FieldsPerRecord = 2 + len(t.By)
	if _, err := r.Read(); err != nil {
		return nil, err
	}
	counts, seen, n := map[string]int64{}, map[string]bool{}, int64(0)
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if seen[row[0]] {
			return nil, fmt.Errorf("right %s is counted twice", row[0])
		}
		seen[strings.Clone(row[0])] = true
		counts[strings.Join(row[1:], ",")]++
		n++
	}
	if n != t.N {
		return nil, fmt.Errorf("%d rows, and %d were counted", n, t.N)
	}
	v.report.Rows += n
	var out []indicator.TallyRow
	for codes, n := range counts {
		out = append(out, indicator.TallyRow{Codes: strings.Split(codes, ","), N: n})
	}
	slices.SortFunc(out, func(a, b indicator.TallyRow) int { return slices.Compare(a.Codes, b.Codes) })
	return out, nil
}

// packedReports are the numbers of returns in a pack.
type packedReports struct {
	by       map[indicator.Ref]packedReport
	approval int64
}

type packedReport struct {
	o      indicator.Observation
	id     int64
	source string
}

// Reported implements indicator.Reporter.
func (p *packedReports) Reported(ref indicator.Ref) (*indicator.Observation, int64, string) {
	x, ok := p.by[ref]
	if !ok {
		return nil, 0, ""
	}
	return &x.o, x.id, x.source
}

// Approval implements indicator.Reporter.
func (p *packedReports) Approval() int64 { return p.approval }

func (v *verifier) reporter() (*packedReports, error) {
	b, err := v.entry(nameReturns)
	if err != nil {
		return nil, err
	}
	var list []reported
	if err := decode(b, &list); err != nil {
		return nil, err
	}
	out := &packedReports{map[indicator.Ref]packedReport{}, v.report.Edition.Approval}
	for _, x := range list {
		ref, err := indicator.ParseRef(x.Figure)
		if err != nil {
			return nil, err
		}
		n, _, err := decimal.Parse(x.Value)
		if err != nil {
			return nil, err
		}
		out.by[ref] = packedReport{indicator.Observation{Ref: ref, Value: n, Places: x.Places, Qualifier: x.Qualifier}, x.Return, x.Source}
	}
	return out, nil
}
