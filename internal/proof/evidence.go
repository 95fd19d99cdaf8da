// Package proof makes and checks the proof of an edition: a zip with the definitions,
// the rows that were counted, the returns, the figures, and the place of the edition in
// the signed log. Whoever has it recomputes every figure from it alone.
package proof

import (
	"archive/zip"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/audit"
	"onewindow/internal/date"
	"onewindow/internal/indicator"
)

// Names of entries.
const (
	nameManifest = "manifest.json"
	nameTallies  = "tallies.json"
	nameReturns  = "returns.json"
	nameFigures  = "figures.json"
	nameEdition  = "edition.json"
	nameProof    = "proof.json"
	defsFolder   = "defs/"
	rowsFolder   = "rows/"
)

// Manifest lists the entries of the evidence with their hashes.
type Manifest struct {
	Region string            `json:"region"`
	Sample bool              `json:"sample"`
	Files  map[string]string `json:"files"` // SHA-256, by name
}

// tallyFile is a table of counts and the file that holds the rows counted.
type tallyFile struct {
	Query    string            `json:"query"`
	On       date.Date         `json:"on"`
	Counties bool              `json:"counties"`
	By       []string          `json:"by"`
	State    int64             `json:"state"`
	File     string            `json:"file,omitempty"`
	N        int64             `json:"rows"`
	Gap      *indicator.Reason `json:"gap,omitempty"`
}

// reported is a number of a return.
type reported struct {
	Figure    string              `json:"figure"`
	Value     string              `json:"value"`
	Places    int                 `json:"places"`
	Qualifier indicator.Qualifier `json:"qualifier,omitempty"`
	Return    int64               `json:"return"`
	Source    string              `json:"source"`
}

// Lister lists the rows of a table of counts: the id of each right that was counted,
// and its codes.
type Lister interface {
	indicator.Counter
	Rows(ctx context.Context, query string, counties bool, by []string, fn func(right int64, codes []string) error) error
}

// Evidence writes all that figures rest on to w and returns the SHA-256 of its
// manifest, which names the hash of everything else.
type Evidence struct {
	Defs     fs.FS
	Region   string // id of the pack
	Sample   bool
	Counter  Lister
	Reporter indicator.Reporter
	Make     func(indicator.Counter, indicator.Reporter) *indicator.Evaluator
}

// Write evaluates the figures anew and writes the evidence of exactly what that asked
// for.
func (e *Evidence) Write(ctx context.Context, refs []indicator.Ref, w io.Writer) (manifest string, err error) {
	c := &recordedCounts{Counter: e.Counter, seen: map[string]int{}}
	r := &recordedReports{Reporter: e.Reporter, seen: map[indicator.Ref]bool{}}
	eval := e.Make(c, r)
	var figures []*indicator.Figure
	for _, ref := range refs {
		f, err := eval.Figure(ctx, ref)
		if err != nil {
			return "", err
		}
		figures = append(figures, f)
	}
	out := &writer{zip: zip.NewWriter(w), manifest: Manifest{Region: e.Region, Sample: e.Sample, Files: map[string]string{}}}
	for i := range c.all {
		if err := e.rows(ctx, out, &c.all[i], i+1); err != nil {
			return "", err
		}
	}
	for name, v := range map[string]any{nameTallies: c.all, nameReturns: r.sorted(), nameFigures: figures} {
		if err := out.json(name, v); err != nil {
			return "", err
		}
	}
	if err := e.definitions(out); err != nil {
		return "", err
	}
	b, err := audit.Canonical(out.manifest)
	if err != nil {
		return "", err
	}
	if err := out.bytes(nameManifest, b); err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), out.zip.Close()
}

// rows writes the rows that a table counted.
func (e *Evidence) rows(ctx context.Context, out *writer, t *tallyFile, n int) error {
	if t.Gap != nil {
		return nil
	}
	t.File = rowsFolder + strconv.Itoa(n) + ".csv"
	return out.entry(t.File, func(w io.Writer) error {
		b := bufio.NewWriter(w)
		if _, err := fmt.Fprintf(b, "right,region%s\n", strings.Join(append([]string{""}, t.By...), ",")); err != nil {
			return err
		}
		var line []byte
		err := e.Counter.Rows(ctx, t.Query, t.Counties, t.By, func(right int64, codes []string) error {
			t.N++
			line = strconv.AppendInt(line[:0], right, 10)
			for _, c := range codes {
				line = append(append(line, ','), c...)
			}
			_, err := b.Write(append(line, '\n'))
			return err
		})
		if err != nil {
			return err
		}
		return b.Flush()
	})
}

// definitions copies what the evaluation reads of the definitions: indicators and
// regions.
func (e *Evidence) definitions(out *writer) error {
	for _, root := range []string{"indicators", "regions"} {
		err := fs.WalkDir(e.Defs, root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(name, ".test") {
				return err
			}
			b, err := fs.ReadFile(e.Defs, name)
			if err != nil {
				return err
			}
			return out.bytes(defsFolder+name, b)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// writer writes a zip whose bytes depend on its content alone.
type writer struct {
	zip      *zip.Writer
	manifest Manifest
}

func (w *writer) entry(name string, fill func(io.Writer) error) error {
	f, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	sum := &summed{to: f, hash: sha256.New()}
	if err := fill(sum); err != nil {
		return err
	}
	if name != nameManifest {
		w.manifest.Files[name] = hex.EncodeToString(sum.hash.Sum(nil))
	}
	return nil
}

func (w *writer) bytes(name string, b []byte) error {
	return w.entry(name, func(to io.Writer) error {
		_, err := to.Write(b)
		return err
	})
}

func (w *writer) json(name string, v any) error {
	b, err := audit.Canonical(v)
	if err != nil {
		return err
	}
	return w.bytes(name, b)
}

type summed struct {
	to   io.Writer
	hash hash.Hash
}

func (s *summed) Write(b []byte) (int, error) {
	s.hash.Write(b)
	return s.to.Write(b)
}

// recordedCounts notes which tables are asked for.
type recordedCounts struct {
	indicator.Counter
	all  []tallyFile
	seen map[string]int
}

func tallyKey(query string, on date.Date, counties bool, by []string) string {
	return fmt.Sprintf("%s|%v|%v|%s", query, on, counties, strings.Join(by, ","))
}

// Tally implements indicator.Counter.
func (c *recordedCounts) Tally(ctx context.Context, query string, on date.Date, counties bool, by []string) (indicator.Tally, error) {
	t, err := c.Counter.Tally(ctx, query, on, counties, by)
	if err != nil {
		return t, err
	}
	key := tallyKey(query, on, counties, by)
	if _, ok := c.seen[key]; !ok {
		c.seen[key] = len(c.all)
		c.all = append(c.all, tallyFile{Query: query, On: on, Counties: counties, By: slices.Clone(by), State: t.State, Gap: t.Gap})
	}
	return t, nil
}

// recordedReports notes which numbers of returns are taken.
type recordedReports struct {
	indicator.Reporter
	all  []reported
	seen map[indicator.Ref]bool
}

// Reported implements indicator.Reporter.
func (r *recordedReports) Reported(ref indicator.Ref) (*indicator.Observation, int64, string) {
	o, id, source := r.Reporter.Reported(ref)
	if o != nil && !r.seen[ref] {
		r.seen[ref] = true
		r.all = append(r.all, reported{ref.String(), o.Value.Text(max(o.Places, 0)), o.Places, o.Qualifier, id, source})
	}
	return o, id, source
}

func (r *recordedReports) sorted() []reported {
	out := slices.Clone(r.all)
	slices.SortFunc(out, func(a, b reported) int { return strings.Compare(a.Figure, b.Figure) })
	return out
}

// decode reads JSON of an entry.
func decode(b []byte, into any) error {
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("proof: %w", err)
	}
	return nil
}
