package api

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

// NumberPath names a load or a job.
type NumberPath struct {
	ID int64 `path:"id" minimum:"1"`
}

func (s *server) loads(ctx context.Context, in *v1.Page) (*v1.Loads, error) {
	all, err := s.Register.Loads(ctx)
	if err != nil {
		return nil, err
	}
	slices.Reverse(all)
	out := &v1.Loads{Mark: s.mark(), Total: int64(len(all)), Loads: []v1.Load{}}
	for _, l := range stretch(all, *in) {
		files, err := s.Register.Files(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		out.Loads = append(out.Loads, s.loadOf(ctx, l, files))
	}
	return out, nil
}

// stretch returns the part of a list that a page asks for.
func stretch[T any](list []T, p v1.Page) []T {
	from := min(p.Offset, len(list))
	return list[from:min(from+p.Limit, len(list))]
}

func (s *server) load(ctx context.Context, in *NumberPath) (*v1.LoadDetail, error) {
	l, err := s.Register.LoadInfo(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	files, err := s.Register.Files(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &v1.LoadDetail{Mark: s.mark(), Load: s.loadOf(ctx, *l, files)}
	for _, f := range files {
		out.Files = append(out.Files, v1.LoadFile{
			Path: pathFor(ctx, f.Path), Size: f.Size, SHA256: f.SHA256, Format: f.Format, Status: string(f.Status), Counts: countsOf(f.Counts),
		})
	}
	return out, s.Supplied(ctx, printer(ctx), out, files)
}

// loadOf writes a load out, with the first of its files.
func (s *server) loadOf(ctx context.Context, l register.LoadInfo, files []register.File) v1.Load {
	out := v1.Load{
		ID: l.ID, Label: l.Label, Status: string(l.Status), Started: s.local(l.Created), Ended: s.localIf(l.Finished),
		Source: l.Source, Decided: s.localIf(l.Decided),
		FirstState: l.First, LastState: l.Last, Undone: l.Undone, Counts: countsOf(l.Counts), FileCount: len(files),
	}
	if account.IsInsider(ctx) { // who loaded is no business of the public
		out.By, out.DecidedBy, out.Reason = l.By, l.DecidedBy, l.Reason
	}
	out.RejectsCut = rejectsCut(files)
	if len(files) > 0 {
		out.FirstFile = pathFor(ctx, files[0].Path)
	}
	return out
}

// rejectsCut is how many rejected entries of some files were not kept.
func rejectsCut(files []register.File) int64 {
	n := int64(0)
	for i := range files {
		n += files[i].RejectsCut()
	}
	return n
}

func countsOf(c register.Counts) v1.LoadCounts {
	return v1.LoadCounts{
		Entries: c.Entries, Documents: c.Documents, Rejected: c.Rejected, New: c.New, Repeated: c.Repeated, Known: c.Known,
		Flagged: c.Flagged, Records: c.Rights, Changed: c.Changed, Merged: c.Merged, Disputed: c.Disputed,
	}
}

func (s *server) rejects(ctx context.Context, in *struct {
	NumberPath
	v1.Page
}) (*v1.Rejects, error) {
	l, err := s.Register.LoadInfo(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	files, err := s.Register.Files(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	rows, err := s.Register.Rejects(ctx, in.ID, in.Limit, in.Offset)
	if err != nil {
		return nil, err
	}
	paths := make(map[int64]string, len(files))
	for _, f := range files {
		paths[f.ID] = f.Path
	}
	out := &v1.Rejects{Mark: s.mark(), Load: in.ID, Total: l.Counts.Rejected, Cut: rejectsCut(files), Rejects: []v1.Reject{}}
	say := printer(ctx)
	for _, r := range rows {
		reason := named(say, "reject", r.Code).Code
		if key := "reject." + r.Code; say.Has(key) {
			reason = say.T(key, r.Args)
		}
		out.Rejects = append(out.Rejects, v1.Reject{
			File: pathFor(ctx, paths[r.File]), Member: r.Position.Member, Row: r.Position.Row, Line: r.Line, Offset: r.Offset,
			Code: r.Code, Args: r.Args, Reason: reason, Raw: r.Raw,
		})
	}
	return out, nil
}

func (s *server) unread(ctx context.Context, in *NumberPath) (*v1.UnreadParts, error) {
	if _, err := s.Register.LoadInfo(ctx, in.ID); err != nil {
		return nil, err
	}
	counts, err := s.Register.Unread(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &v1.UnreadParts{Mark: s.mark(), Load: in.ID, Parts: []v1.Unread{}}
	for name, n := range counts {
		format, part, _ := strings.Cut(name, ": ")
		out.Parts = append(out.Parts, v1.Unread{Format: format, Part: part, Count: n})
	}
	slices.SortFunc(out.Parts, func(a, b v1.Unread) int {
		return strings.Compare(a.Format+"\x00"+a.Part, b.Format+"\x00"+b.Part)
	})
	return out, nil
}

func (s *server) startLoad(ctx context.Context, in *struct{ Body v1.StartLoad }) (*v1.Job, error) {
	if s.Sample {
		return nil, ierr.New(ierr.Conflict, "folder.sample", ierr.Args{"dir": s.Data})
	}
	if len(in.Body.Paths) == 0 {
		return nil, ierr.New(ierr.Invalid, "api.paths-none", nil)
	}
	for _, path := range in.Body.Paths {
		if len(path) > v1.MaxPath || !filepath.IsAbs(path) {
			return nil, ierr.New(ierr.Invalid, "api.path", ierr.Args{"path": path})
		}
		if _, err := os.Stat(path); err != nil {
			return nil, ierr.Wrap(err, ierr.NotFound, "api.path-absent", ierr.Args{"path": path})
		}
	}
	if _, err := s.covers(in.Body); err != nil {
		return nil, err
	}
	return s.start(ctx, Work{Load: &in.Body, By: in.Body.By})
}

// actOnLoad names a load and who acts on it.
type actOnLoad struct {
	NumberPath
	v1.Actor
}

func (s *server) undoLoad(ctx context.Context, in *actOnLoad) (*v1.Job, error) {
	l, err := s.Register.LoadInfo(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if l.Undone != 0 {
		return nil, ierr.New(ierr.Conflict, "register.load_undone", ierr.Args{"load": in.ID})
	}
	return s.start(ctx, Work{Undo: in.ID, By: account.Signature(ctx, in.By)})
}

func (s *server) resumeLoad(ctx context.Context, in *actOnLoad) (*v1.Job, error) {
	l, err := s.Register.LoadInfo(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if l.Status != register.Running {
		return nil, ierr.New(ierr.Conflict, "register.load_ended", ierr.Args{"load": in.ID, "status": string(l.Status)})
	}
	return s.start(ctx, Work{Resume: in.ID, By: account.Signature(ctx, in.By)})
}
