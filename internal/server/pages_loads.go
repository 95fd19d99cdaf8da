package server

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"onewindow/internal/register"
	"onewindow/internal/web"
)

// Loads returns a page of loads from the newest on, and how many there are.
func (p pages) Loads(ctx context.Context, _ string, page, size int) ([]web.Load, int64, error) {
	all, err := p.register.Loads(ctx)
	if err != nil {
		return nil, 0, err
	}
	slices.Reverse(all)
	from := min((page-1)*size, len(all))
	var out []web.Load
	for _, l := range all[from:min(from+size, len(all))] {
		out = append(out, p.load(ctx, l))
	}
	return out, int64(len(all)), nil
}

func (p pages) load(ctx context.Context, l register.LoadInfo) web.Load {
	status := map[register.Status]web.Status{register.Done: web.Done, register.Undone: web.Undone, register.Held: web.Held, register.Refused: web.Refused}[l.Status]
	if l.Status == register.Running {
		status = web.Stopped
		if p.jobs.working(ctx, l.ID) {
			status = web.Running
		}
	}
	return web.Load{
		ID: l.ID, State: l.Last, Status: status, Begun: l.Created, Ended: l.Finished, Files: int64(l.Files), Read: l.Counts.Entries,
		New: l.Counts.New, Changed: l.Counts.Changed, Repeated: l.Counts.Repeated + l.Counts.Known,
		Rejected: l.Counts.Rejected, Flagged: l.Counts.Flagged, Records: l.Counts.Rights, Disputed: l.Counts.Disputed,
	}
}

// Load returns one load with a page of its rejected entries.
func (p pages) Load(ctx context.Context, lang string, id int64, page, size int) (web.LoadDetail, error) {
	info, err := p.register.LoadInfo(ctx, id)
	if err != nil {
		return web.LoadDetail{}, err
	}
	files, err := p.register.Files(ctx, id)
	if err != nil {
		return web.LoadDetail{}, err
	}
	out := web.LoadDetail{Load: p.load(ctx, *info)}
	paths := map[int64]string{}
	for _, f := range files {
		paths[f.ID] = f.Path
		out.RejectsCut += f.RejectsCut()
		out.FileList = append(out.FileList, web.LoadFile{
			Name: filepath.Base(f.Path), Format: f.Format, Size: f.Size,
			Read: f.Counts.Entries, Rejected: f.Counts.Rejected, Flagged: f.Counts.Flagged,
		})
	}
	if err := p.supplied(ctx, lang, &out, info, files); err != nil {
		return out, err
	}
	rejects, err := p.register.Rejects(ctx, id, size, (page-1)*size)
	if err != nil {
		return out, err
	}
	say := p.print(lang)
	for _, r := range rejects {
		reason := r.Code
		if key := "reject." + r.Code; say.Has(key) {
			reason = say.T(key, r.Args)
		}
		out.Rejects = append(out.Rejects, web.Reject{
			File: filepath.Base(paths[r.File]), Member: r.Position.Member, Row: r.Position.Row, Line: r.Line, Reason: reason, Raw: r.Raw,
		})
	}
	unread, err := p.register.Unread(ctx, id)
	if err != nil {
		return out, err
	}
	for _, name := range slices.Sorted(maps.Keys(unread)) {
		format, path, _ := strings.Cut(name, ": ")
		out.Unread = append(out.Unread, web.Unread{Format: format, Path: path, N: unread[name]})
	}
	return out, nil
}
