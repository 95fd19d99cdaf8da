package server

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"onewindow/internal/api"
	"onewindow/internal/audit"
	"onewindow/internal/chart"
	"onewindow/internal/date"
	"onewindow/internal/edition"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/paper"
	"onewindow/internal/proof"
	"onewindow/internal/publish"
)

// openEditions reads what was published.
func (s *Server) openEditions() error {
	var err error
	s.editions, err = edition.Open(context.Background(), s.store)
	return err
}

// editionFolder is where the files of an edition lie.
func (s *Server) editionFolder(id string, n int) string {
	return filepath.Join(s.folder.Editions(), id, strconv.Itoa(n))
}

// Publish makes, checks, writes and freezes the next edition of a paper. One with open
// checks is refused.
func (s *Server) Publish(ctx context.Context, p *paper.Paper, how api.Publication) (*edition.Edition, error) {
	s.pressing.Lock()
	defer s.pressing.Unlock()
	if err := s.Ready(ctx); err != nil { // what was loaded and declared before counts
		return nil, err
	}
	made, makers, err := s.makePaper(ctx, p)
	if err != nil {
		return nil, err
	}
	if open := made.Report.Open(); open > 0 {
		return nil, ierr.New(ierr.Conflict, "paper.open", ierr.Args{"id": p.ID, "n": open})
	}
	head, err := s.audit.Sign(ctx)
	if err != nil {
		return nil, err
	}
	now := s.config.Now()
	e := edition.Edition{
		Paper: p.ID, N: len(s.editions.Of(p.ID)) + 1, Status: how.Status, Released: date.OfTime(now.In(s.pack.Location())), At: now.UTC().Truncate(time.Second),
		By: how.By, Reason: how.Reason, Head: head.Signed, Figures: made.Docs[0].Figures, Titles: p.Titles,
	}
	if len(e.Figures) > 0 {
		e.State, e.Approval = e.Figures[0].State, e.Figures[0].Approval
	}
	if e.N > 1 && e.Reason == "" {
		return nil, ierr.New(ierr.Invalid, "edition.reason", nil)
	}
	sheet := s.printed(made, makers, &e)
	e.Sample = sheet.Sample()
	if e.Files, err = s.writeEdition(ctx, sheet, &e); err != nil {
		return nil, err
	}
	if err := s.editions.Publish(ctx, e); err != nil {
		return nil, err
	}
	_, err = s.audit.Sign(ctx) // a head that holds the edition
	return &e, err
}

// evidenceName is the file of what the figures of an edition rest on.
const evidenceName = "evidence.zip"

// writeEvidence writes all that the figures of an edition rest on, and notes its hash.
func (s *Server) writeEvidence(ctx context.Context, e *edition.Edition, name string) error {
	eval, release, err := s.evaluator(ctx, e.State, e.Approval)
	if err != nil {
		return err
	}
	defer release()
	rows, ok := eval.Counter.(proof.Lister)
	if !ok {
		return errors.New("server: the counter lists no rows")
	}
	w := &proof.Evidence{
		Defs: s.config.Defs, Region: s.pack.ID(), Sample: e.Sample, Counter: rows, Reporter: eval.Reporter,
		Make: func(c indicator.Counter, r indicator.Reporter) *indicator.Evaluator {
			out := indicator.NewEvaluator(s.indicators, s.pack)
			out.Counter, out.Reporter, out.Sample = c, r, s.Sample()
			return out
		},
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	refs := make([]indicator.Ref, len(e.Figures))
	for i, x := range e.Figures {
		refs[i] = x.Ref
	}
	e.Evidence, err = w.Write(ctx, refs, f)
	return errors.Join(err, f.Sync(), f.Close())
}

// Pack writes the proof pack of an edition to w.
func (s *Server) Pack(ctx context.Context, e *edition.Edition, w io.Writer) error {
	z, err := zip.OpenReader(filepath.Join(s.editionFolder(e.Paper, e.N), evidenceName))
	if err != nil {
		return ierr.Wrap(err, ierr.Corrupt, "edition.file-gone", ierr.Args{"file": evidenceName})
	}
	defer z.Close()
	before, err := audit.ReadHead(e.Head, s.audit.Key.Public)
	if err != nil {
		return err
	}
	hash, err := e.Hash()
	if err != nil {
		return err
	}
	seq := int64(0)
	err = s.audit.Store.Leaves(ctx, before.Size, func(l *audit.Leaf) error {
		if seq == 0 && l.Kind == edition.LeafKind && bytes.Contains(l.Payload, []byte(hash)) {
			seq = l.Seq
		}
		return nil
	})
	if err != nil {
		return err
	}
	p, err := s.audit.Prove(ctx, seq)
	if err != nil {
		return err
	}
	return proof.Pack(&z.Reader, e, p, s.audit.Key.Public, w)
}

// printed is an edition as the formats take it.
func (s *Server) printed(made *paper.Made, makers []*paper.Maker, e *edition.Edition) *publish.Edition {
	out := &publish.Edition{
		Made: made, Makers: map[string]*paper.Maker{}, Printers: map[string]*i18n.Printer{}, Outlines: s.outlines,
		N: e.N, Status: e.Status, Released: e.Released, State: e.State, Approval: e.Approval, Head: e.Head,
	}
	for _, m := range makers {
		out.Makers[m.Say.Lang()] = m
		out.Printers[m.Say.Lang()] = s.config.Catalogs.Printer(m.Say.Lang())
	}
	return out
}

// writeEdition writes the files of an edition to its folder, all of them or none.
func (s *Server) writeEdition(ctx context.Context, e *publish.Edition, of *edition.Edition) ([]edition.File, error) {
	files, err := e.Files()
	if err != nil {
		return nil, err
	}
	passing, err := s.folder.Tmp()
	if err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp(passing, "edition-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	var out []edition.File
	for _, f := range files {
		var b bytes.Buffer
		if err := e.Write(f, &b); err != nil {
			return nil, ierr.Wrap(err, ierr.Internal, "publish.write", ierr.Args{"file": f.Name, "reason": err.Error()})
		}
		if err := writeThrough(filepath.Join(tmp, f.Name), b.Bytes()); err != nil {
			return nil, err
		}
		sum := sha256.Sum256(b.Bytes())
		lang := ""
		if f.Format.PerLang {
			lang = f.Lang()
		}
		out = append(out, edition.File{Name: f.Name, Format: f.Format.ID, Lang: lang, Size: int64(b.Len()), SHA256: hex.EncodeToString(sum[:])})
	}
	if err := s.writeEvidence(ctx, of, filepath.Join(tmp, evidenceName)); err != nil {
		return nil, err
	}
	dir := s.editionFolder(of.Paper, of.N)
	// What lies there was written before a power cut, and published by nobody.
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return nil, err
	}
	if err := os.Rename(tmp, dir); err != nil {
		return nil, err
	}
	return out, syncFolder(filepath.Dir(dir))
}

// writeThrough writes a file and returns when it is on the disk.
func writeThrough(name string, b []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

// syncFolder returns when the names in a folder are on the disk.
func syncFolder(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	err = d.Sync()
	return errors.Join(ignoreSync(err), d.Close())
}

// ignoreSync drops the error of systems that cannot sync a folder.
func ignoreSync(err error) error {
	if errors.Is(err, fs.ErrInvalid) {
		return nil
	}
	return err
}

// EditionFile opens a file of an edition, checked against its hash.
func (s *Server) EditionFile(e *edition.Edition, f edition.File) (io.ReadCloser, error) {
	b, err := os.ReadFile(filepath.Join(s.editionFolder(e.Paper, e.N), f.Name))
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Corrupt, "edition.file-gone", ierr.Args{"file": f.Name})
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, ierr.New(ierr.Corrupt, "edition.file-changed", ierr.Args{"file": f.Name})
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

// openOutlines reads the borders of the region's areas.
func (s *Server) openOutlines() error {
	var err error
	s.outlines, err = chart.LoadOutlines(s.config.Defs, "maps/"+s.pack.ID()+".json")
	return err
}
