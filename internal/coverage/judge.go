package coverage

import (
	"context"
	"encoding/json"
	"slices"
	"sync"

	"onewindow/internal/date"
	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/supply"
)

// Declared is a declaration with what it says.
type Declared struct {
	register.Declaration
	Cover Cover
}

// Gap is a reason why a count is no figure.
type Gap struct {
	Code   GapCode
	Kind   record.Kind // what is not covered, "" where all kinds are meant
	Office string
	Region string // code, "" for everywhere
	Days   Span   // that are not covered
	By     Basis  // whose days they are
	Source string // whose entries or files are missing
	Load   int64
	N      int64
}

// GapCode names a reason. Its text stands in the catalogues under "coverage.gap.".
type GapCode string

// The reasons.
const (
	Undeclared GapCode = "undeclared" // nobody declares anything of the kind to be complete
	RegionGap  GapCode = "region"     // it is complete elsewhere only
	DaysGap    GapCode = "days"       // on other days only
	UnreadGap  GapCode = "unread"     // complete as delivered, but entries could not be read
	FailedGap  GapCode = "failed"     // or whole files
	UnruledGap GapCode = "unruled"    // no rules say when rights of the kind are in force
	StrangeGap GapCode = "strange"    // files that belong to no source hold rights
)

// Basis says by which days completeness was looked for.
type Basis string

// The bases.
const (
	ByFiling      Basis = "filed"
	ByPublication Basis = "published"
	ByGrant       Basis = "granted"
	ByEnd         Basis = "ended" // of what ends or restores rights
)

// Verdict says whether a count can be offered as a figure: every right that there is in
// the world and that the query asks for is in the register, by declarations.
type Verdict struct {
	Figure bool
	By     []Declared // the declarations that it rests on, by id
	Gaps   []Gap      // why not, the first of each kind of right; empty for a figure
}

// Judge knows what is covered in which state. It may be used by several goroutines.
type Judge struct {
	register *register.Register
	sources  *supply.Sources
	pack     *region.Pack
	rules    Rules

	mu     sync.Mutex
	states map[int64]*sight
	files  int64 // register.FileChanges when they were worked out
}

// Rules know of which rights it can be told whether they are in force.
type Rules interface {
	TellsForce(office string, kind record.Kind) bool
}

// NewJudge makes a judge over a register.
func NewJudge(r *register.Register, s *supply.Sources, pack *region.Pack, rules Rules) *Judge {
	return &Judge{register: r, sources: s, pack: pack, rules: rules, states: map[int64]*sight{}}
}

// sight is what a judge looks at, in one state.
type sight struct {
	declared []Declared               // that things are complete
	offices  map[record.Kind][]string // offices of which sources of standing files tell, by kind
	strange  int64                    // standing files that belong to no source
	unread   map[string]int64         // by source: entries that could not be read
	loads    map[int64]int64          // the same by load
	failed   map[string]bool          // sources with files that could not be had in full
}

// maxStates bounds the states that are remembered.
const maxStates = 32

// sight returns what stood in a state, working it out where it is not remembered.
func (j *Judge) sight(ctx context.Context, known int64) (*sight, error) {
	changes := j.register.FileChanges()
	j.mu.Lock()
	if j.files != changes {
		clear(j.states)
		j.files = changes
	}
	s := j.states[known]
	j.mu.Unlock()
	if s != nil {
		return s, nil
	}
	surveys, err := j.register.Surveys(ctx, 0)
	if err != nil {
		return nil, err
	}
	files, err := j.register.Files(ctx, 0)
	if err != nil {
		return nil, err
	}
	loads, err := j.register.Loads(ctx)
	if err != nil {
		return nil, err
	}
	begun := map[int64]int64{}
	for _, l := range loads {
		begun[l.ID] = l.First
	}
	s = j.look(known, files, surveys, begun)
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.files != changes {
		return s, nil
	}
	if len(j.states) >= maxStates {
		clear(j.states)
	}
	j.states[known] = s
	return s, nil
}

// look works out what stood in a state. begun is the first state of each load.
func (j *Judge) look(known int64, files []register.File, surveys []register.Survey, begun map[int64]int64) *sight {
	s := &sight{offices: map[record.Kind][]string{}, unread: map[string]int64{}, loads: map[int64]int64{}, failed: map[string]bool{}}
	for _, d := range j.register.Declarations(known) {
		one := Declared{Declaration: d}
		// What was stored was checked; a declaration that cannot be read covers nothing.
		if json.Unmarshal([]byte(d.Cover), &one.Cover) == nil && one.Cover.Complete {
			s.declared = append(s.declared, one)
		}
	}
	source := map[int64]string{}
	for i := range surveys {
		source[surveys[i].File] = surveys[i].Source
	}
	for i := range files {
		f := &files[i]
		if begun[f.Load] > known || f.Undone != 0 && f.Undone <= known || f.Counts.Entries == 0 && f.Status != register.Failed {
			continue
		}
		of := j.sources.Get(source[f.ID])
		if of == nil {
			if f.Counts.Documents > 0 {
				s.strange++
			}
			continue
		}
		s.unread[of.ID] += f.Counts.Rejected
		s.loads[f.Load] += f.Counts.Rejected
		if f.Status == register.Failed {
			s.failed[of.ID] = true
		}
		for _, k := range of.Kinds {
			for _, o := range of.Offices {
				if !slices.Contains(s.offices[k], o) {
					s.offices[k] = append(s.offices[k], o)
				}
			}
		}
	}
	return s
}

// Of tells whether a count of what a query finds is a figure, in a state (0: the last
// one) and as things stood on a day.
func (j *Judge) Of(ctx context.Context, root query.Node, known int64, on date.Date) (Verdict, error) {
	return j.Box(ctx, BoxOf(root, on), known)
}

// Box tells whether everything in a box is covered by complete declarations, or what
// is not. For each kind and each office whose rights the register holds, the days of
// publication have to be covered, or those of filing.
func (j *Judge) Box(ctx context.Context, b Box, known int64) (Verdict, error) {
	if known <= 0 {
		known = j.register.State()
	}
	s, err := j.sight(ctx, known)
	if err != nil {
		return Verdict{}, err
	}
	var v Verdict
	used := map[int64]bool{}
	if len(b.Kinds) == 0 {
		v.Gaps = append(v.Gaps, Gap{Code: Undeclared})
	}
	if s.strange > 0 {
		v.Gaps = append(v.Gaps, Gap{Code: StrangeGap, N: s.strange})
	}
	nothing := 0
	for _, k := range b.Kinds {
		offices := b.Offices
		if offices == nil {
			offices = s.offices[k]
		}
		if len(offices) == 0 {
			offices = s.declaredOffices(k)
		}
		if len(offices) == 0 {
			v.Gaps = append(v.Gaps, Gap{Code: Undeclared, Kind: k})
			nothing++
		}
		for _, office := range offices {
			if gap := j.covered(s, b, k, office, used); gap != nil {
				v.Gaps = append(v.Gaps, *gap)
			} else if gap := j.besides(s, b, k, office, used); gap != nil {
				v.Gaps = append(v.Gaps, *gap)
			}
		}
	}
	if nothing > 0 && nothing == len(b.Kinds) && nothing == len(record.Kinds) {
		v.Gaps = []Gap{{Code: Undeclared}}
	}
	for _, d := range s.declared {
		if !used[d.ID] {
			continue
		}
		v.By = append(v.By, d)
		unread := s.unread[d.Source]
		if d.Load != 0 {
			unread = s.loads[d.Load]
		}
		if unread > d.Cover.Unread {
			v.Gaps = append(v.Gaps, Gap{Code: UnreadGap, Source: d.Source, Load: d.Load, N: unread})
		}
		if s.failed[d.Source] && d.Load == 0 {
			v.Gaps = append(v.Gaps, Gap{Code: FailedGap, Source: d.Source})
		}
	}
	if v.Figure = len(v.Gaps) == 0; !v.Figure {
		v.By = nil
	}
	return v, nil
}

// declaredOffices returns the offices that declarations name for a kind.
func (s *sight) declaredOffices(k record.Kind) []string {
	var out []string
	for _, d := range s.declared {
		if slices.Contains(d.Cover.Kinds, k) {
			for _, o := range d.Cover.Offices {
				if !slices.Contains(out, o) {
					out = append(out, o)
				}
			}
		}
	}
	return out
}

// covered looks for complete declarations of one kind and office over a box. It marks
// those that it rests on, or returns the gap that is left.
func (j *Judge) covered(s *sight, b Box, k record.Kind, office string, used map[int64]bool) *Gap {
	gap := Gap{Code: Undeclared, Kind: k, Office: office}
	regions := b.Regions
	if regions == nil {
		regions = []string{""}
	}
	type way struct {
		by    Basis
		days  Span
		taken []Happening
	}
	var ways []way
	if len(b.Granted) > 0 {
		for _, days := range b.Granted {
			ways = append(ways, way{ByGrant, days, grants})
		}
	} else {
		published := grants
		if k == record.Invention || k == record.PCT { // which are published before they are granted
			published = []Happening{Publications}
		}
		for _, days := range b.Published {
			ways = append(ways, way{ByPublication, days, published})
		}
		ways = append(ways, way{ByFiling, b.Filed, []Happening{Filings}})
	}
	for _, w := range ways {
		mine := map[int64]bool{}
		whole := true
		for _, r := range regions {
			left := j.left(s, k, office, r, w.taken, w.days, mine)
			if left == nil {
				continue
			}
			whole = false
			if nearer(left.Code, gap.Code) || left.Code == gap.Code && gap.Days.From == 0 && left.Days.From != 0 {
				gap = *left
				gap.Kind, gap.Office, gap.By = k, office, w.by
			}
			break
		}
		if whole {
			for id := range mine {
				used[id] = true
			}
			return nil
		}
	}
	return &gap
}

// grants are the happenings by which grants are known.
var grants = []Happening{Publications, Grants}

// besides looks for complete declarations of what else a count rests on: grants that
// rights counted have not, and what ended or restored rights up to the last day asked
// for.
func (j *Judge) besides(s *sight, b Box, k record.Kind, office string, used map[int64]bool) *Gap {
	regions := b.Regions
	if regions == nil {
		regions = []string{""}
	}
	need := func(by Basis, days Span, taken []Happening) *Gap {
		for _, r := range regions {
			if gap := j.left(s, k, office, r, taken, days, used); gap != nil {
				gap.Kind, gap.Office, gap.By = k, office, by
				return gap
			}
		}
		return nil
	}
	for _, days := range b.Grants {
		if gap := need(ByGrant, days, grants); gap != nil {
			return gap
		}
	}
	if len(b.Force) > 0 && !j.rules.TellsForce(office, k) {
		return &Gap{Code: UnruledGap, Kind: k, Office: office}
	}
	for _, days := range b.Force {
		if gap := need(ByEnd, Span{To: days.To}, []Happening{LegalStatus}); gap != nil {
			return gap
		}
	}
	return nil
}

// nearer tells whether one reason tells more than another.
func nearer(a, b GapCode) bool {
	order := []GapCode{Undeclared, RegionGap, DaysGap}
	return slices.Index(order, a) > slices.Index(order, b)
}

// left returns what complete declarations leave of some days in one region, nil if
// nothing, and marks those that cover something.
func (j *Judge) left(s *sight, k record.Kind, office, region string, taken []Happening, days Span, mine map[int64]bool) *Gap {
	var spans []Declared
	any := false
	for _, d := range s.declared {
		if !slices.Contains(d.Cover.Kinds, k) || !slices.Contains(d.Cover.Offices, office) && !slices.Contains(d.Cover.Offices, supply.Everywhere) ||
			!slices.ContainsFunc(taken, func(h Happening) bool { return slices.Contains(d.Cover.Happenings, h) }) {
			continue
		}
		any = true
		if j.within(region, d.Cover.Regions) {
			spans = append(spans, d)
		}
	}
	switch {
	case !any:
		return &Gap{Code: Undeclared}
	case len(spans) == 0:
		return &Gap{Code: RegionGap, Region: region}
	}
	slices.SortFunc(spans, func(a, b Declared) int { return int(a.Cover.From) - int(b.Cover.From) })
	next, end := days.From, days.To // next: the first day that is not covered yet, 0 the beginning of time
	for _, d := range spans {
		c := d.Cover
		if c.From > next {
			break
		}
		if c.To == 0 || end != 0 && c.To >= end {
			mine[d.ID] = true
			return nil
		}
		if c.To >= next {
			next = c.To.AddDays(1)
			mine[d.ID] = true
		}
	}
	return &Gap{Code: DaysGap, Region: region, Days: Span{next, end}}
}

// within tells whether a region lies in some others; without any, everything does.
func (j *Judge) within(code string, regions []string) bool {
	if len(regions) == 0 {
		return true
	}
	if code == "" {
		return false
	}
	for _, r := range regions {
		if r == code || slices.Contains(j.pack.Descendants(r), code) {
			return true
		}
	}
	return false
}

// UpTo returns the day up to which some happening of a kind of an office's rights in a
// region ("" for everywhere) is declared to be known without a gap before it, 0 where it
// is not. A
// declaration that is open at its end reaches to today.
func (j *Judge) UpTo(ctx context.Context, h Happening, k record.Kind, office, region string, today date.Date, known int64) (date.Date, error) {
	if known <= 0 {
		known = j.register.State()
	}
	s, err := j.sight(ctx, known)
	if err != nil {
		return 0, err
	}
	switch gap := j.left(s, k, office, region, []Happening{h}, Span{To: today}, map[int64]bool{}); {
	case gap == nil:
		return today, nil
	case gap.Code == DaysGap && gap.Days.From != 0:
		return gap.Days.From.AddDays(-1), nil
	}
	return 0, nil
}

// Lives tells whether anything at all is declared that the lives of rights rest on.
func (j *Judge) Lives(ctx context.Context, known int64) bool {
	if known <= 0 {
		known = j.register.State()
	}
	s, err := j.sight(ctx, known)
	return err == nil && slices.ContainsFunc(s.declared, func(d Declared) bool {
		return slices.Contains(d.Cover.Happenings, LegalStatus) || slices.Contains(d.Cover.Happenings, Annuities)
	})
}
