// Package bench measures the program on invented records: how fast they are
// stored, classified, counted and made searchable, how soon a folder opens, how
// long forty kinds of questions and tables of counts take, and how SQLite's own
// full-text index does the same work in the same run.
//
// Everything goes through the packages that the program itself goes through;
// nothing is cached for the sake of measuring. Times are wall-clock times.
package bench

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/region"
	"onewindow/internal/sample"
)

// Limits of a run.
const (
	MinRecords = 1_000
	MaxRecords = 10_000_000
	MaxNames   = 200_000
)

// Config says what is measured.
type Config struct {
	Records int      // invented records in the register
	Rival   int      // how many of them SQLite's full-text index is compared over, 0 for none
	Kinds   string   // KindsPatents when empty, or KindsAll
	Before  int      // everything is measured at so many records on the way as well; 0 for not
	Names   int      // of holders that are matched by themselves, of KindsAll; 0 for none
	Files   []string // official files to be read and loaded as well
	Seed    uint64   // of the invention
	Rounds  int      // how often every question is asked in each of its wordings
	Dir     string   // where a folder for the run is made and removed; "" for the system's own

	Region string // id of the region pack whose places holders live in
	Defs   fs.FS  // definitions
	Texts  *i18n.Catalogs
	Log    *slog.Logger
}

// Progress tells how far a run has come.
type Progress struct {
	Stage       string // key of a message
	Done, Total int64  // of the stage, in its own units
}

// run is one run under way.
type run struct {
	Config
	dir    string
	pack   *region.Pack
	corpus *Corpus
	stock  stock
	places []sample.Place
	tell   func(Progress)
	report *Report
}

// Run measures and returns the report. tell, which may be nil, is called as the
// work goes on, from one goroutine at a time. Errors are Invalid for a Config
// beyond the limits, and those of the parts that are measured.
func Run(ctx context.Context, c Config, tell func(Progress)) (*Report, error) {
	if c.Records < MinRecords || c.Records > MaxRecords {
		return nil, ierr.New(ierr.Invalid, "bench.records", ierr.Args{"low": MinRecords, "high": MaxRecords})
	}
	if c.Rival < 0 || c.Rival > c.Records {
		return nil, ierr.New(ierr.Invalid, "bench.rival", ierr.Args{"high": c.Records})
	}
	if c.Kinds != "" && c.Kinds != KindsPatents && c.Kinds != KindsAll {
		return nil, ierr.New(ierr.Invalid, "bench.kinds", ierr.Args{"kinds": c.Kinds})
	}
	if c.Kinds == KindsAll && c.Rival > 0 {
		return nil, ierr.New(ierr.Invalid, "bench.rival_kinds", nil)
	}
	if c.Before < 0 || c.Before%pieceOf != 0 || c.Before > 0 && (c.Before < MinRecords || c.Before >= c.Records) {
		return nil, ierr.New(ierr.Invalid, "bench.before", ierr.Args{"low": MinRecords, "high": c.Records, "step": pieceOf})
	}
	if c.Names < 0 || c.Names > MaxNames {
		return nil, ierr.New(ierr.Invalid, "bench.names", ierr.Args{"high": MaxNames})
	}
	if tell == nil {
		tell = func(Progress) {}
	}
	pack, err := region.Load(c.Defs, c.Region)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(c.Dir, "onewindow-bench-")
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "bench.dir", ierr.Args{"reason": err.Error()})
	}
	defer os.RemoveAll(dir)
	r := &run{Config: c, dir: dir, tell: tell, pack: pack, places: sample.Places(pack), report: &Report{
		Machine: Machine{System: runtime.GOOS + "/" + runtime.GOARCH, Processors: runtime.GOMAXPROCS(0), Go: runtime.Version()},
		Kinds:   cmp.Or(c.Kinds, KindsPatents), Seed: c.Seed,
	}}
	r.corpus = NewCorpus(r.places, c.Seed)
	if c.Kinds == KindsAll {
		r.corpus = NewCorpusOfAll(r.places, c.Seed)
	}
	r.stock = stock{path: r.folder("invented"), name: fmt.Sprintf("%d, seed %d", c.Records, c.Seed), mark: c.Before}
	return r.report, r.all(ctx)
}

// all does one stage after the other.
func (r *run) all(ctx context.Context) error {
	if err := r.invent(ctx); err != nil {
		return err
	}
	if err := r.grow(ctx); err != nil {
		return err
	}
	for _, stage := range []func(context.Context) error{r.match, r.rival, r.stages, r.files, r.xml} {
		if err := stage(ctx); err != nil {
			return err
		}
	}
	return nil
}

// folder returns the path of a part of the run.
func (r *run) folder(name string) string { return filepath.Join(r.dir, name) }

// names returns the names of the cities that invented holders live in, those
// with the most holders first, and of the counties that no other place shares
// their name with.
func (r *run) names() (cities, counties []string) {
	weight := map[string]int{}
	for _, p := range r.places {
		weight[p.City] += p.Weight
		if !slices.Contains(cities, p.City) {
			cities = append(cities, p.City)
		}
		if codes, err := r.pack.Resolve(p.County); err == nil && len(codes) == 1 {
			counties = append(counties, p.County)
		}
	}
	slices.SortStableFunc(cities, func(a, b string) int { return weight[b] - weight[a] })
	return cities, counties
}
