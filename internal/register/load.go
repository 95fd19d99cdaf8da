package register

import (
	"context"

	"onewindow/internal/ierr"
	"onewindow/internal/source/entry"
)

// LoadSpec says what to load.
type LoadSpec struct {
	Feed   Feed
	As     string // format asked for, "" to have it detected; kept with the files
	Label  string // a name for people
	By     string // who loads
	Source string // id of the source of all files, "" where each tells it itself
	// Declared is what the load declares itself to cover: Source, Cover, Ground and By
	// are looked at. It counts once every file is read to its end.
	Declared []Declaration
	Job      int64 // the job that runs the load; a load begun under the same job is resumed, or returned when it has ended; 0 for none
}

// Progress is how far a load has come.
type Progress struct {
	Load     int64  `json:"load"`
	Path     string `json:"path"` // the file being read
	File     int    `json:"file"` // its place among Files, from 1
	Files    int    `json:"files"`
	Bytes    int64  `json:"bytes"` // read of all files, skipped ones included
	Size     int64  `json:"size"`  // of all files
	Counts   Counts `json:"counts"`
	State    int64  `json:"state"`    // last state of the load
	Counting bool   `json:"counting"` // files are counted before they are read
}

// Load reads the inputs of a feed into the register and returns the finished
// load. Entries are committed in batches; each commit holds its place in the
// file, so that a load that is interrupted, even by a crash, goes on from there
// (Resume) and ends as if it had never been interrupted. An input whose bytes
// are live already is skipped. progress, which may be nil, is called after
// every commit. One load or undoing runs at a time: Busy otherwise.
func (r *Register) Load(ctx context.Context, spec LoadSpec, progress func(Progress)) (*LoadInfo, error) {
	release, err := r.begin()
	if err != nil {
		return nil, err
	}
	defer release()
	begun, err := r.loadOf(ctx, spec.Job)
	if err != nil {
		return nil, err
	}
	if begun == nil {
		id, err := r.beginLoad(ctx, spec)
		if err != nil {
			return nil, err
		}
		return r.run(ctx, id, spec.Feed, progress)
	}
	if begun.Status != Running {
		return begun, nil
	}
	return r.run(ctx, begun.ID, spec.Feed, progress)
}

// Resume goes on with a load that was interrupted. The feed must offer the
// same inputs: Conflict when one is missing or its bytes have changed since,
// or when the load is not running.
func (r *Register) Resume(ctx context.Context, load int64, feed Feed, progress func(Progress)) (*LoadInfo, error) {
	release, err := r.begin()
	if err != nil {
		return nil, err
	}
	defer release()
	l, err := r.LoadInfo(ctx, load)
	if err != nil {
		return nil, err
	}
	if l.Status != Running {
		return nil, ierr.New(ierr.Conflict, "register.load_ended", ierr.Args{"load": load, "status": string(l.Status)})
	}
	return r.run(ctx, load, feed, progress)
}

// begin claims the one place for loads and undoings.
func (r *Register) begin() (release func(), err error) {
	select {
	case r.loading <- struct{}{}:
		return func() { <-r.loading }, nil
	default:
		return nil, ierr.New(ierr.Busy, "register.load_running", nil)
	}
}

// loadOf returns the load that a job began, nil if none.
func (r *Register) loadOf(ctx context.Context, job int64) (*LoadInfo, error) {
	if job == 0 {
		return nil, nil
	}
	loads, err := r.store.Loads(ctx)
	if err != nil {
		return nil, err
	}
	for i := range loads {
		if loads[i].Job == job {
			return &loads[i], nil
		}
	}
	return nil, nil
}

// beginLoad stores a load and its files, skipping those that are live. It
// changes nothing that the register says and so makes no state.
func (r *Register) beginLoad(ctx context.Context, spec LoadSpec) (int64, error) {
	release, err := r.turn(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	inputs := spec.Feed.Inputs()
	if len(inputs) == 0 {
		return 0, ierr.New(ierr.Invalid, "register.nothing_to_load", nil)
	}
	for i := range spec.Declared {
		if err := spec.Declared[i].check(); err != nil {
			return 0, err
		}
	}
	l := LoadInfo{Source: spec.Source, Label: spec.Label, As: spec.As, By: spec.By, Job: spec.Job, Status: Running, Created: r.now(), First: r.State()}
	live := r.live()
	var files []File
	var declared []Declaration
	err = r.store.Write(ctx, func(tx Tx) error {
		if l.ID, err = tx.PutLoad(ctx, l); err != nil {
			return err
		}
		files = files[:0]
		first := map[string]int64{} // by hash: the file of this load that reads those bytes
		var names []map[string]any
		for i, in := range inputs {
			f := File{Load: l.ID, Position: i + 1, Path: in.Path, Size: in.Size, SHA256: in.SHA256, As: spec.As, Status: Running}
			if f.Skipped = first[in.SHA256]; f.Skipped == 0 {
				f.Skipped = liveAs(live[in.SHA256], spec.As)
			}
			if f.Skipped != 0 {
				f.Status = Skipped
			}
			if f.ID, err = tx.PutFile(ctx, f); err != nil {
				return err
			}
			if f.Skipped == 0 {
				first[f.SHA256] = f.ID
			}
			files = append(files, f)
			names = append(names, map[string]any{"path": f.Path, "sha256": f.SHA256, "status": f.Status})
		}
		declared = declared[:0]
		for _, d := range spec.Declared {
			d = Declaration{Load: l.ID, Source: d.Source, Cover: d.Cover, Ground: d.Ground, By: d.By}
			if d.ID, err = tx.PutDeclaration(ctx, d); err != nil {
				return err
			}
			declared = append(declared, d)
		}
		return appendLeaf(ctx, tx, "register.load.begin", r.State(), map[string]any{
			"load": l.ID, "label": l.Label, "by": l.By, "as": l.As, "files": names,
		})
	})
	if err != nil {
		return 0, err
	}
	r.files.put(files...)
	r.declarations.put(declared...)
	return l.ID, nil
}

// live returns the files that are read and stand, by their hashes.
func (r *Register) live() map[string][]*File {
	out := map[string][]*File{}
	for _, f := range r.files.where(func(f *File) bool { return f.Status == Done }) {
		out[f.SHA256] = append(out[f.SHA256], f)
	}
	return out
}

// liveAs returns the first of some files that was read in the format asked
// for, 0 if none was: asking for another format is another reading.
func liveAs(files []*File, as string) int64 {
	id := int64(0)
	for _, f := range files {
		if (as == "" || as == f.As || as == f.Format) && (id == 0 || f.ID < id) {
			id = f.ID
		}
	}
	return id
}

// run reads whatever a load has not read yet and ends it.
func (r *Register) run(ctx context.Context, load int64, feed Feed, progress func(Progress)) (*LoadInfo, error) {
	files, err := r.store.Files(ctx, load)
	if err != nil {
		return nil, err
	}
	inputs := map[string]Input{}
	for _, in := range feed.Inputs() {
		inputs[in.Path] = in
	}
	l, err := r.LoadInfo(ctx, load)
	if err != nil {
		return nil, err
	}
	p := loader{r: r, feed: feed, report: progress}
	p.progress = Progress{Load: load, Files: len(files), State: r.State()}
	for i := range files {
		p.progress.Size += files[i].Size
	}
	if in, err := r.survey(ctx, l, files, inputs, feed, p.counting); err != nil {
		return nil, err
	} else if !in {
		return r.LoadInfo(ctx, load)
	}
	for i := range files {
		f := &files[i]
		p.progress.File, p.progress.Path = f.Position, f.Path
		if f.Status == Running {
			in, ok := inputs[f.Path]
			if !ok || in.SHA256 != f.SHA256 {
				return nil, ierr.New(ierr.Conflict, "register.file_changed", ierr.Args{"path": f.Path})
			}
			if err := p.file(ctx, in, f); err != nil {
				return nil, err
			}
		}
		p.before += f.Size
		p.done.Add(f.Counts)
		p.tell(0, Counts{})
	}
	return r.finish(ctx, load)
}

// loader is a load under way.
type loader struct {
	r        *Register
	feed     Feed
	report   func(Progress)
	progress Progress
	before   int64  // bytes of the files that are done
	done     Counts // of the files that are done
}

// tell reports progress: so many bytes and counts of the current file.
func (l *loader) tell(bytes int64, counts Counts) {
	if l.report == nil {
		return
	}
	l.progress.Bytes, l.progress.Counts = l.before+bytes, l.done
	l.progress.Counts.Add(counts)
	l.report(l.progress)
}

// counting reports that a file is being counted, and how much of it has been.
func (l *loader) counting(f *File, bytes int64) {
	if l.report == nil {
		return
	}
	p := l.progress
	p.Counting, p.File, p.Path, p.Bytes = true, f.Position, f.Path, bytes
	l.report(p)
}

// file reads one file from its checkpoint to its end.
func (l *loader) file(ctx context.Context, in Input, f *File) error {
	shared, err := l.r.files.get(f.ID)
	if err != nil {
		return err
	}
	return batches(ctx, l.feed, in, shared, func(b *batch) error {
		if len(b.entries) == 0 {
			return l.r.endFile(ctx, f, b)
		}
		if err := l.r.feed.room(ctx); err != nil {
			return err
		}
		if err := l.r.commitBatch(ctx, f, b); err != nil {
			return err
		}
		l.progress.State = l.r.State()
		l.tell(b.entries[len(b.entries)-1].Read, f.Counts)
		return nil
	})
}

// endFile marks a file as done whose last batch is empty, so that there is
// nothing that would make a state.
func (r *Register) endFile(ctx context.Context, f *File, b *batch) error {
	release, err := r.turn(ctx)
	if err != nil {
		return err
	}
	defer release()
	next := *f
	err = r.store.Write(ctx, func(tx Tx) error {
		if err := tx.AddTallies(ctx, b.unread(&next)); err != nil {
			return err
		}
		_, err := tx.PutFile(ctx, next)
		return err
	})
	if err != nil {
		return err
	}
	*f = next
	r.files.put(next)
	return nil
}

// unread marks a file as done or failed when the batch is its last one, and returns what
// was found that no code reads.
func (b *batch) unread(f *File) []Tally {
	if b.end == nil {
		return nil
	}
	f.Status = Done
	if b.end.Broken {
		f.Status = Failed
	}
	var out []Tally
	for _, path := range sortedKeys(b.end.Unread) {
		out = append(out, Tally{File: f.ID, What: TallyUnread, Name: path, N: b.end.Unread[path]})
	}
	return out
}

// finish marks a load as done. What it declares counts from then on, in a state of its
// own, unless a file could not be read to its end.
func (r *Register) finish(ctx context.Context, load int64) (*LoadInfo, error) {
	pending := r.pending(load)
	failed := r.files.where(func(f *File) bool { return f.Load == load && f.Status == Failed })
	if len(pending) == 0 || len(failed) > 0 {
		return r.finishQuietly(ctx, load)
	}
	err := r.commit(ctx, ActLoad, load, func(tx Tx, c *change) error {
		l, err := r.LoadInfo(ctx, load)
		if err != nil {
			return err
		}
		if err := r.end(ctx, tx, l, c.state); err != nil {
			return err
		}
		for _, d := range pending {
			d.From = c.state
			if err := r.putDeclaration(ctx, tx, c, &d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return r.LoadInfo(ctx, load)
}

// finishQuietly marks a load as done where there is nothing that would make a state.
func (r *Register) finishQuietly(ctx context.Context, load int64) (*LoadInfo, error) {
	release, err := r.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	l, err := r.LoadInfo(ctx, load)
	if err != nil {
		return nil, err
	}
	err = r.store.Write(ctx, func(tx Tx) error { return r.end(ctx, tx, l, r.State()) })
	return l, err
}

// end stores the end of a load, with its leaf.
func (r *Register) end(ctx context.Context, tx Tx, l *LoadInfo, state int64) error {
	l.Status, l.Finished = Done, r.now()
	if _, err := tx.PutLoad(ctx, *l); err != nil {
		return err
	}
	return appendLeaf(ctx, tx, "register.load.end", state, map[string]any{"load": l.ID, "counts": l.Counts})
}

// commitBatch makes a batch the next state.
func (r *Register) commitBatch(ctx context.Context, f *File, b *batch) error {
	next := *f
	err := r.commit(ctx, ActLoad, f.Load, func(tx Tx, c *change) error {
		next = *f
		p := newPlan(r, c.state, c.right)
		if err := p.read(ctx, tx, b.keys()); err != nil {
			return err
		}
		rejects, tallies := b.place(p, &next)
		res, err := p.settle(ctx, tx)
		if err != nil {
			return err
		}
		looked := make(chan struct{})
		go func() { p.look(res); close(looked) }()
		err = res.write(ctx, tx, c.state)
		<-looked
		if err != nil {
			return err
		}
		c.views, c.gone, c.right, c.successions = res.views, res.gone, p.right, res.successions
		next.Counts.Add(res.counts)
		if err := tx.PutRejects(ctx, rejects); err != nil {
			return err
		}
		if err := tx.AddTallies(ctx, append(tallies, b.unread(&next)...)); err != nil {
			return err
		}
		if _, err := tx.PutFile(ctx, next); err != nil {
			return err
		}
		c.files = []File{next}
		return appendLeaf(ctx, tx, "register.load.batch", c.state, map[string]any{
			"load": f.Load, "sha256": f.SHA256, "from": f.Ordinal + 1, "to": next.Ordinal,
			"documents": len(b.members), "digest": b.digest,
		})
	})
	if err == nil {
		*f = next
	}
	return err
}

// keys returns the keys of all documents of a batch.
func (b *batch) keys() []string {
	out := make([]string, 0, 2*len(b.members))
	for i := range b.members {
		out = append(out, b.members[i].keys...)
	}
	return out
}

// place puts the documents of a batch into their rights and counts. It moves
// the file's checkpoint behind the batch.
func (b *batch) place(p *plan, f *File) ([]RejectRow, []Tally) {
	var rejects []RejectRow
	flags, codes := map[string]int64{}, map[string]int64{}
	refuse := func(e *entry.Entry, why *entry.Reject) {
		f.Counts.Rejected++
		codes[why.Code]++
		if f.RejectsCut() > 0 {
			return
		}
		rejects = append(rejects, RejectRow{
			File: f.ID, Position: Position{e.Member, e.Row, e.Ordinal}, Line: e.Line, Offset: e.Offset,
			Format: e.Format, Code: why.Code, Args: why.Args, Raw: why.Raw,
		})
	}
	n := 0
	var named *File // the file with its format
	for i := range b.entries {
		e := &b.entries[i]
		f.Counts.Entries++
		f.Ordinal = e.Ordinal
		if f.Format == "" {
			f.Format = e.Format
		}
		if e.Doc == nil {
			refuse(e, e.Reject)
			continue
		}
		m := &b.members[n]
		n++
		m.st.From = p.state
		if m.st.File.Format == "" { // rulings ask for it, and the table of files has it only once the batch is durable
			if named == nil {
				of := *m.st.File
				of.Format, named = f.Format, &of
			}
			m.st.File = named
		}
		g := p.place(m)
		if g == nil {
			refuse(e, entry.Refuse("too_many_statements", ierr.Args{"limit": maxStatements}, e.Doc.DocID()))
			continue
		}
		f.Counts.Documents++
		g.count(m, &f.Counts)
		if len(e.Doc.Flags) > 0 {
			f.Counts.Flagged++
			for _, code := range flagCodes(e.Doc) {
				flags[code]++
			}
		}
	}
	var tallies []Tally
	for _, t := range []struct {
		what string
		by   map[string]int64
	}{{TallyFlag, flags}, {TallyReject, codes}} {
		for _, name := range sortedKeys(t.by) {
			tallies = append(tallies, Tally{f.ID, t.what, name, t.by[name]})
		}
	}
	return rejects, tallies
}

// count tells whether what a new statement says was there already.
func (g *group) count(m *member, c *Counts) {
	known := false
	for _, o := range g.live {
		if o == m || o.st.Hash != m.st.Hash {
			continue
		}
		if o.st.File.SHA256 == m.st.File.SHA256 {
			c.Repeated++
			return
		}
		known = true
	}
	if known {
		c.Known++
	} else {
		c.New++
	}
}
