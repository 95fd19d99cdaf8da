package register

import (
	"context"
	"slices"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
)

// Loads lists all loads, oldest first.
func (r *Register) Loads(ctx context.Context) ([]LoadInfo, error) { return r.store.Loads(ctx) }

// LoadInfo returns a load. NotFound if there is none.
func (r *Register) LoadInfo(ctx context.Context, id int64) (*LoadInfo, error) {
	loads, err := r.store.Loads(ctx)
	if err != nil {
		return nil, err
	}
	for i := range loads {
		if loads[i].ID == id {
			return &loads[i], nil
		}
	}
	return nil, ierr.New(ierr.NotFound, "register.load_unknown", ierr.Args{"load": id})
}

// Files returns the files of a load in the order in which they are read.
func (r *Register) Files(ctx context.Context, load int64) ([]File, error) {
	return r.store.Files(ctx, load)
}

// Rejects returns what a load could not read or keep, in the order of files and
// entries: of each file the first MaxRejects.
func (r *Register) Rejects(ctx context.Context, load int64, limit, offset int) ([]RejectRow, error) {
	return r.store.Rejects(ctx, load, min(max(limit, 0), 10_000), max(offset, 0))
}

// Reject returns the rejected entry of a file that has an ordinal. NotFound if
// there is none.
func (r *Register) Reject(ctx context.Context, file, ordinal int64) (*RejectRow, *File, error) {
	row, err := r.store.Reject(ctx, file, ordinal)
	if err == nil && row == nil {
		err = ierr.New(ierr.NotFound, "register.reject_unknown", ierr.Args{"file": file, "entry": ordinal})
	}
	if err != nil {
		return nil, nil, err
	}
	f, err := r.files.get(file)
	return row, f, err
}

// Unread returns the columns and elements of a load's files that no code reads,
// as "format: path", with how often they held something. A file that was skipped
// holds what the file with the same bytes held.
func (r *Register) Unread(ctx context.Context, load int64) (map[string]int64, error) {
	files, err := r.store.Files(ctx, load)
	if err != nil {
		return nil, err
	}
	wanted := map[int64]map[int64]bool{} // by load: files
	for _, f := range files {
		id, at := f.ID, load
		if f.Skipped != 0 {
			twin, err := r.files.get(f.Skipped)
			if err != nil {
				return nil, err
			}
			id, at = twin.ID, twin.Load
		}
		if wanted[at] == nil {
			wanted[at] = map[int64]bool{}
		}
		wanted[at][id] = true
	}
	out := map[string]int64{}
	for at, ids := range wanted {
		tallies, err := r.store.Tallies(ctx, at)
		if err != nil {
			return nil, err
		}
		for _, t := range tallies {
			if t.What == TallyUnread && ids[t.File] {
				out[t.Name] += t.N
			}
		}
	}
	return out, nil
}

// LoadReport says how good what a load brought is.
type LoadReport struct {
	Load    LoadInfo
	Files   []FileReport
	Flags   map[string]int64 // documents with a flag, by its code
	Rejects map[string]int64 // rejected entries, by code
}

// FileReport is the part of one file.
type FileReport struct {
	File    File
	Flags   map[string]int64
	Rejects map[string]int64
}

// LoadReport returns the report of a load. The counts say what the load met
// when it ran.
func (r *Register) LoadReport(ctx context.Context, load int64) (*LoadReport, error) {
	l, err := r.LoadInfo(ctx, load)
	if err != nil {
		return nil, err
	}
	files, err := r.store.Files(ctx, load)
	if err != nil {
		return nil, err
	}
	tallies, err := r.store.Tallies(ctx, load)
	if err != nil {
		return nil, err
	}
	out := &LoadReport{Load: *l, Flags: map[string]int64{}, Rejects: map[string]int64{}}
	at := map[int64]int{}
	for i, f := range files {
		at[f.ID] = i
		out.Files = append(out.Files, FileReport{f, map[string]int64{}, map[string]int64{}})
	}
	for _, t := range tallies {
		f := &out.Files[at[t.File]]
		switch t.What {
		case TallyFlag:
			out.Flags[t.Name] += t.N
			f.Flags[t.Name] += t.N
		case TallyReject:
			out.Rejects[t.Name] += t.N
			f.Rejects[t.Name] += t.N
		}
	}
	return out, nil
}

// flagCodes returns the codes of a document's flags, each once.
func flagCodes(d *record.Document) []string {
	out := make([]string, 0, len(d.Flags))
	for i := range d.Flags {
		out = append(out, d.Flags[i].Code)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
