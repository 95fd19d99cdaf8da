package register

import (
	"context"
	"math"
	"time"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/source/entry"
)

// Held and Refused are states of loads and their files besides those of every load.
const (
	Held    Status = "held"    // counted and reported, not read into the register until somebody accepts it
	Refused Status = "refused" // held, and somebody decided against it
)

// Belonging says whose a file is and what of it is worth counting before it is read.
type Belonging struct {
	Source string // id, "" for none
	Count  bool   // entries
	Issues bool   // and the days on which its documents were published
}

// Steward knows the sources and what is expected of them.
type Steward interface {
	// Belongs tells of a file by its path and the format of its first entry. named is
	// the source that the load was told, "" for none.
	Belongs(named, path, format string) Belonging
	// Judge holds what a load would bring against what is expected. before are the
	// files of the last delivery of each source that stands.
	Judge(met, before []Survey) []Finding
}

// Survey is what one file holds, counted before it is read into the register.
type Survey struct {
	File      int64
	Load      int64
	Path      string
	Source    string
	Format    string
	Counted   bool // else nothing but Source and Format is known
	Entries   int64
	Documents int64
	Rejected  int64
	Flagged   int64
	Issues    []Issue // ascending by day
}

// Issue is how many documents of a file were published on one day.
type Issue struct {
	Day       date.Date
	Documents int64
}

// maxIssues bounds the days that are told apart in one file.
const maxIssues = 10_000

// Main returns the days of issue that hold at least half of what a day holds on the
// average: misprinted days are no issues.
func Main(issues []Issue) []date.Date {
	total := int64(0)
	for _, i := range issues {
		total += i.Documents
	}
	var out []date.Date
	for _, i := range issues {
		if 2*i.Documents*int64(len(issues)) >= total {
			out = append(out, i.Day)
		}
	}
	return out
}

// Finding holds one expectation of a source against what a survey met.
type Finding struct {
	Load   int64
	Source string
	File   int64   // 0 when it is about all files of the load that belong to the source
	What   string  // entries, documents, rejects, flags, change
	Met    float64 // a number, or a share of 1
	Min    float64 // NaN where there is no bound
	Max    float64
}

// Breach tells whether what was met lies outside.
func (f Finding) Breach() bool { return f.Met < f.Min || f.Met > f.Max }

// survey counts what the files of a load hold, unless that has been done, and keeps
// what it found in one transaction. It returns false when the load is held back. A
// survey that is interrupted begins again.
func (r *Register) survey(ctx context.Context, l *LoadInfo, files []File, inputs map[string]Input, feed Feed, tell func(*File, int64)) (bool, error) {
	if r.steward == nil || l.Surveyed {
		return true, nil
	}
	var met []Survey
	for i := range files {
		f := &files[i]
		if f.Status != Running {
			continue
		}
		in, ok := inputs[f.Path]
		if !ok || in.SHA256 != f.SHA256 {
			return false, ierr.New(ierr.Conflict, "register.file_changed", ierr.Args{"path": f.Path})
		}
		s, err := r.count(ctx, l, f, in, feed, func(bytes int64) { tell(f, bytes) })
		if err != nil {
			return false, err
		}
		met = append(met, s)
	}
	before, err := r.lastDeliveries(ctx, met)
	if err != nil {
		return false, err
	}
	return r.keepSurvey(ctx, l, files, met, r.steward.Judge(met, before))
}

// count counts one file. It stops at the first entry where no more is asked for.
func (r *Register) count(ctx context.Context, l *LoadInfo, f *File, in Input, feed Feed, tell func(int64)) (Survey, error) {
	s := Survey{File: f.ID, Load: l.ID, Path: f.Path}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	days := map[date.Date]int64{}
	var of Belonging
	first, enough := true, false
	_, err := feed.Read(inner, in, 0, func(e entry.Entry) error {
		if first {
			first, s.Format = false, e.Format
			of = r.steward.Belongs(l.Source, f.Path, e.Format)
			s.Source, s.Counted = of.Source, of.Count
			if !of.Count {
				enough = true
				cancel()
				return context.Canceled
			}
		}
		s.add(&e, days, of.Issues)
		if s.Entries%batchEntries == 0 {
			tell(e.Read)
		}
		return nil
	})
	if err != nil && !enough {
		return s, err
	}
	if first { // a file without entries: only its name can tell whose it is
		of = r.steward.Belongs(l.Source, f.Path, "")
		s.Source, s.Counted = of.Source, of.Count
	}
	for _, d := range sortedKeys(days) {
		s.Issues = append(s.Issues, Issue{d, days[d]})
	}
	return s, nil
}

func (s *Survey) add(e *entry.Entry, days map[date.Date]int64, issues bool) {
	s.Entries++
	if e.Doc == nil {
		s.Rejected++
		return
	}
	s.Documents++
	if len(e.Doc.Flags) > 0 {
		s.Flagged++
	}
	if d := e.Doc.Published; issues && d != 0 && (days[d] > 0 || len(days) < maxIssues) {
		days[d]++
	}
}

// lastDeliveries returns the surveys of the last load of each source that stands.
func (r *Register) lastDeliveries(ctx context.Context, met []Survey) ([]Survey, error) {
	all, err := r.Surveys(ctx, 0)
	if err != nil {
		return nil, err
	}
	last := map[string]int64{}
	for _, s := range met {
		last[s.Source] = 0
	}
	stands := func(s *Survey) bool {
		f, err := r.files.get(s.File)
		return err == nil && f.Status == Done && s.Counted
	}
	for i := range all {
		if at, wanted := last[all[i].Source]; wanted && all[i].Source != "" && all[i].Load > at && stands(&all[i]) {
			last[all[i].Source] = all[i].Load
		}
	}
	var out []Survey
	for i := range all {
		if all[i].Load == last[all[i].Source] && stands(&all[i]) {
			out = append(out, all[i])
		}
	}
	return out, nil
}

// keepSurvey stores what a survey found, and holds the load back where something is
// not as expected.
func (r *Register) keepSurvey(ctx context.Context, l *LoadInfo, files []File, met []Survey, findings []Finding) (bool, error) {
	release, err := r.turn(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	next := *l
	next.Surveyed = true
	breaches := []map[string]any{}
	for _, f := range findings {
		if f.Breach() {
			breaches = append(breaches, map[string]any{"source": f.Source, "file": f.File, "what": f.What, "met": f.Met, "min": bound(f.Min), "max": bound(f.Max)})
		}
	}
	held := len(breaches) > 0
	changed := files[:0:0]
	if held {
		next.Status, next.Finished = Held, r.now()
		changed = marked(files, Running, Held)
	}
	err = r.store.Write(ctx, func(tx Tx) error {
		if err := tx.PutSurveys(ctx, met); err != nil {
			return err
		}
		for i := range findings {
			findings[i].Load = l.ID
		}
		if err := tx.PutFindings(ctx, findings); err != nil {
			return err
		}
		if err := putLoad(ctx, tx, next, changed); err != nil || !held {
			return err
		}
		return appendLeaf(ctx, tx, "register.load.held", r.State(), map[string]any{"load": l.ID, "breaches": breaches})
	})
	if err != nil {
		return false, err
	}
	r.files.put(changed...)
	*l = next
	return !held, nil
}

// bound writes a bound for the log, nil where there is none.
func bound(f float64) any {
	if math.IsNaN(f) {
		return nil
	}
	return f
}

// marked returns those files that have one status, with another one.
func marked(files []File, from, to Status) []File {
	var out []File
	for _, f := range files {
		if f.Status == from {
			f.Status = to
			out = append(out, f)
		}
	}
	return out
}

// putLoad stores a load and some of its files.
func putLoad(ctx context.Context, tx Tx, l LoadInfo, files []File) error {
	if _, err := tx.PutLoad(ctx, l); err != nil {
		return err
	}
	for _, f := range files {
		if _, err := tx.PutFile(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// Surveys returns what was counted of the files of a load, of all loads for 0, in the
// order of loads and files.
func (r *Register) Surveys(ctx context.Context, load int64) ([]Survey, error) {
	return r.store.Surveys(ctx, load)
}

// Findings returns how the files of a load were held against what is expected of
// their sources.
func (r *Register) Findings(ctx context.Context, load int64) ([]Finding, error) {
	return r.store.Findings(ctx, load)
}

// Accept lets a load in that was held back: it is under way again, and whoever resumes
// it reads it as if it had never been held. Conflict when it is not held.
func (r *Register) Accept(ctx context.Context, load int64, reason, by string) (*LoadInfo, error) {
	return r.decide(ctx, load, Running, reason, by)
}

// Refuse ends a load that was held back. Its files can be loaded again, which counts
// them again.
func (r *Register) Refuse(ctx context.Context, load int64, reason, by string) (*LoadInfo, error) {
	return r.decide(ctx, load, Refused, reason, by)
}

func (r *Register) decide(ctx context.Context, load int64, to Status, reason, by string) (*LoadInfo, error) {
	if reason == "" || len(reason) > maxReason || by == "" {
		return nil, ierr.New(ierr.Invalid, "register.decision_incomplete", ierr.Args{"limit": maxReason})
	}
	release, err := r.begin()
	if err != nil {
		return nil, err
	}
	defer release()
	done, err := r.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	l, err := r.LoadInfo(ctx, load)
	if err != nil {
		return nil, err
	}
	if l.Status != Held {
		return nil, ierr.New(ierr.Conflict, "register.load_not_held", ierr.Args{"load": load, "status": string(l.Status)})
	}
	files, err := r.store.Files(ctx, load)
	if err != nil {
		return nil, err
	}
	changed := marked(files, Held, to)
	kind := "register.load.refuse"
	l.Status, l.Decided, l.DecidedBy, l.Reason = to, r.now(), by, reason
	if to == Running {
		kind, l.Finished = "register.load.accept", time.Time{}
	}
	err = r.store.Write(ctx, func(tx Tx) error {
		if err := putLoad(ctx, tx, *l, changed); err != nil {
			return err
		}
		return appendLeaf(ctx, tx, kind, r.State(), map[string]any{"load": load, "reason": reason, "by": by})
	})
	if err != nil {
		return nil, err
	}
	r.files.put(changed...)
	return l, nil
}
