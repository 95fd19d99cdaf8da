package lifecycle

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/definition"
	"onewindow/internal/record"
	"onewindow/internal/workday"
)

// dir is the folder of the rules among the definitions.
const dir = "lifecycles"

const instrumentsFile = "instruments.yaml"

// Rules are the lives of all kinds of rights that the definitions describe.
type Rules struct {
	cycles    map[key]*cycle
	calendars map[string]*workday.Calendar
	hash      string
}

// Hash names what the rules say: with another hash states may differ.
func (r *Rules) Hash() string { return r.hash }

type key struct {
	office string
	kind   record.Kind
}

// The shape of a file.
type file struct {
	ID       string        `yaml:"id"`
	Office   string        `yaml:"office"`
	Holidays string        `yaml:"holidays"` // calendar of working days by which limits roll; without one they do not
	Kinds    []record.Kind `yaml:"kinds"`
	Force    []string      `yaml:"force"` // states in which the right is in force
	States   []trigger     `yaml:"states"`
	Overlays []overlay     `yaml:"overlays"`
	Clocks   []clock       `yaml:"clocks"`
}

// trigger brings a state: a day, an event or a document.
type trigger struct {
	State    string    `yaml:"state"`
	Day      string    `yaml:"day"`      // filed, or a record.Day name
	Event    codes     `yaml:"event"`    // codes of events
	Except   pattern   `yaml:"except"`   // events whose words fit do not bring it
	Document pattern   `yaml:"document"` // what the kind code begins with, ST.16; the first such document counts
	Before   date.Date `yaml:"before"`   // only for documents published before it
}

// overlay begins with an event or a document.
type overlay struct {
	Overlay  string    `yaml:"overlay"`
	Event    codes     `yaml:"event"`
	Words    pattern   `yaml:"words"`    // only events whose words fit
	Ends     codes     `yaml:"ends"`     // events that end it
	Document pattern   `yaml:"document"` // what the kind code begins with
	Since    date.Date `yaml:"since"`    // only for documents published from this day on
}

// codes are codes of events: the register's own, or an office's, "CN:CF01".
type codes []string

// UnmarshalYAML reads one code or a list of them.
func (c *codes) UnmarshalYAML(read func(any) error) error {
	var one string
	if read(&one) == nil {
		*c = codes{one}
		return nil
	}
	return read((*[]string)(c))
}

func (c codes) have(e *record.Event) bool { return slices.Contains(c, e.Code) }

// pattern is a regular expression; an empty one fits nothing.
type pattern struct{ *regexp.Regexp }

// UnmarshalText compiles the expression.
func (p *pattern) UnmarshalText(b []byte) (err error) {
	p.Regexp, err = regexp.Compile(string(b))
	return err
}

// begins tells whether a kind code begins with what the pattern fits.
func (p pattern) begins(code string) bool {
	if p.Regexp == nil {
		return false
	}
	at := p.FindStringIndex(code)
	return at != nil && at[0] == 0
}

// says tells whether the words of an event fit.
func (p pattern) says(e *record.Event) bool {
	return p.Regexp != nil && (p.MatchString(e.Text) ||
		slices.ContainsFunc(e.Facts, func(f record.Fact) bool { return p.MatchString(f.Text) }))
}

// clock is a limit or a term.
type clock struct {
	ID       string    `yaml:"id"`
	While    []string  `yaml:"while"`     // states in which it runs; empty: in all
	Document pattern   `yaml:"document"`  // only for rights with a document whose kind code begins so
	Late     *limit    `yaml:"late"`      // only for starts from that day on
	From     []string  `yaml:"from"`      // the first of these days that is known
	Earliest []string  `yaml:"earliest"`  // the earliest of these
	Annual   string    `yaml:"annual"`    // due on each anniversary of that day
	First    int       `yaml:"first"`     // year of the first annuity; without one the one after the year of the grant
	MonthEnd bool      `yaml:"month_end"` // of annuities: due at the end of the anniversary's month
	By       string    `yaml:"by"`        // the day that since and until are about; without one the start
	Since    date.Date `yaml:"since"`     // the rule holds for starts from this day on
	Until    date.Date `yaml:"until"`     // and up to this one
	Add      span      `yaml:"add"`
	Renews   span      `yaml:"renews"` // by which each renewal prolongs
	Opens    span      `yaml:"opens"`  // before the end
	Grace    span      `yaml:"grace"`  // after it
	Extend   string    `yaml:"extend"` // fact that holds further days
	YearEnd  bool      `yaml:"year_end"`
	Cap      *limit    `yaml:"cap"`
	Then     string    `yaml:"then"`
	Ends     bool      `yaml:"ends"`    // the right ends by law, whatever is known
	Longest  span      `yaml:"longest"` // after which a term has ended whatever its note says
	Note     string    `yaml:"note"`
	Fees     []fee     `yaml:"fees"`
	Law      lawFile   `yaml:"law"`

	law *Law
}

type limit struct {
	From string `yaml:"from"`
	Add  span   `yaml:"add"`
}

type fee struct {
	Years [2]int `yaml:"years"`
	Yuan  int64  `yaml:"yuan"`
}

type lawFile struct {
	By      string `yaml:"by"`
	Article string `yaml:"article"`
	Mark    string `yaml:"mark"`
}

// span is a length of time, "10y-1d".
type span struct{ months, days int }

var spanPart = regexp.MustCompile(`([+-]?)(\d{1,3})([ymd])`)

// UnmarshalText reads years, months and days, each with its sign.
func (s *span) UnmarshalText(b []byte) error {
	rest := string(b)
	for rest != "" {
		m := spanPart.FindStringSubmatchIndex(rest)
		if m == nil || m[0] != 0 {
			return fmt.Errorf("%q is no length of time; write 10y, 18m, 15d or 10y-1d", b)
		}
		n, err := strconv.Atoi(rest[m[4]:m[5]])
		if err != nil {
			return err
		}
		if rest[m[2]:m[3]] == "-" {
			n = -n
		}
		switch rest[m[6]] {
		case 'y':
			s.months += 12 * n
		case 'm':
			s.months += n
		case 'd':
			s.days += n
		}
		rest = rest[m[1]:]
	}
	return nil
}

func (s span) zero() bool { return s == span{} }

// after returns the day that lies s after d. Where the last month has no
// corresponding day, its last day ends the span also where the day before would
// (Regulations under the Trademark Law Art. 12).
func (s span) after(d date.Date) date.Date {
	end := d.AddMonths(s.months)
	if s.days < 0 && end.Day() != d.Day() {
		return end.AddDays(s.days + 1)
	}
	return end.AddDays(s.days)
}

// before returns the day that lies s before d.
func (s span) before(d date.Date) date.Date { return d.AddMonths(-s.months).AddDays(-s.days) }

type cycle struct {
	id       string
	calendar *workday.Calendar // nil where none is named
	force    []string
	states   []trigger
	names    map[string]bool // of its states
	overlays []overlay
	clocks   []clock
}

// Load reads all rules among the definitions. Faults are named with their file,
// and the line where YAML tells it, all at once.
func Load(fsys fs.FS) (*Rules, error) {
	r := &Rules{cycles: map[key]*cycle{}, calendars: map[string]*workday.Calendar{}}
	instruments := map[string]map[string]string{}
	if err := read(fsys, instrumentsFile, &instruments); err != nil {
		return nil, err
	}
	files, err := fs.Glob(fsys, dir+"/*.yaml")
	if err != nil {
		return nil, err
	}
	var faults []error
	all := sha256.New()
	for _, name := range files {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(all, "%s %x\n", name, sha256.Sum256(b))
		if path.Base(name) == instrumentsFile {
			continue
		}
		var f file
		if err := read(fsys, path.Base(name), &f); err != nil {
			faults = append(faults, err)
			continue
		}
		if f.Holidays != "" && r.calendars[f.Holidays] == nil {
			calendar, err := workday.Load(fsys, f.Holidays)
			if err != nil {
				faults = append(faults, fmt.Errorf("%s: %w", name, err))
				continue
			}
			r.calendars[f.Holidays] = calendar
		}
		for _, fault := range r.add(&f, strings.TrimSuffix(path.Base(name), ".yaml"), instruments) {
			faults = append(faults, fmt.Errorf("%s: %w", name, fault))
		}
	}
	r.hash = hex.EncodeToString(all.Sum(nil))
	return r, errors.Join(faults...)
}

func read(fsys fs.FS, name string, into any) error {
	b, err := fs.ReadFile(fsys, dir+"/"+name)
	if err != nil {
		return err
	}
	if err := definition.Decode(b, into); err != nil {
		return fmt.Errorf("%s/%s: %w", dir, name, err)
	}
	return nil
}

// add checks a file and takes its rules.
func (r *Rules) add(f *file, name string, instruments map[string]map[string]string) []error {
	var faults []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			faults = append(faults, fmt.Errorf(format, args...))
		}
	}
	check(f.ID == name, "id is %q in a file named %s", f.ID, name)
	check(f.Office != "" && len(f.Kinds) > 0 && len(f.States) > 0, "office, kinds and states are needed")
	c := &cycle{id: f.ID, calendar: r.calendars[f.Holidays], force: f.Force, states: f.States, overlays: f.Overlays, clocks: f.Clocks, names: map[string]bool{}}
	for i, t := range f.States {
		set := 0
		for _, is := range []bool{t.Day != "", len(t.Event) > 0, t.Document.Regexp != nil} {
			if is {
				set++
			}
		}
		check(t.State != "" && set == 1, "state %d needs a name and one of day, event and document", i+1)
		c.names[t.State] = true
	}
	for _, s := range f.Force {
		check(c.names[s], "force names %q, which is no state here", s)
	}
	for i, o := range f.Overlays {
		check(o.Overlay != "" && (len(o.Event) > 0) != (o.Document.Regexp != nil), "overlay %d needs a name and one of event and document", i+1)
	}
	for i := range c.clocks {
		k := &c.clocks[i]
		check(k.ID != "", "clock %d has no id", i+1)
		for _, s := range k.While {
			check(c.names[s], "clock %s runs while %q, which is no state here", k.ID, s)
		}
		check(k.Renews.zero() || k.Renews.months > 0, "clock %s renews by no time", k.ID)
		names, ok := instruments[k.Law.By]
		check(ok, "clock %s names the instrument %q, which %s has not", k.ID, k.Law.By, instrumentsFile)
		check(k.Law.Mark == "V" || k.Law.Mark == "K", "the law of clock %s needs the mark V or K", k.ID)
		check(len(k.From)+len(k.Earliest) > 0 || k.Annual != "" || k.Add.zero(), "clock %s begins nowhere", k.ID)
		k.law = &Law{Instrument: k.Law.By, Names: names, Article: k.Law.Article, Verified: k.Law.Mark == "V"}
	}
	for _, kind := range f.Kinds {
		check(slices.Contains(record.Kinds, kind), "%q is no kind of right", kind)
		at := key{f.Office, kind}
		check(r.cycles[at] == nil, "%s of %s has rules already", kind, f.Office)
		r.cycles[at] = c
	}
	return faults
}
