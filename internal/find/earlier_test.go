package find

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/classify"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
)

// ruled are definitions by which a company is a university.
func ruled(t *testing.T) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(defs.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(defs.FS, path)
		out[path] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const file, rule, other = "classes/holder_types.yaml", "id: enterprise.company\n    type: enterprise", "id: enterprise.company\n    type: university"
	before := string(out[file].Data)
	after := strings.Replace(before, rule, other, 1)
	if after == before {
		t.Fatal("the rule on companies is not there")
	}
	out[file].Data = []byte(after)
	return out
}

// rules makes a finder of other rules, which does not yet follow the register.
func (h *house) rules(id string, fsys fs.FS) {
	h.t.Helper()
	var err error
	if h.config.Pack, err = region.Load(fsys, id); err != nil {
		h.t.Fatal(err)
	}
	if h.config.Classifier, err = classify.New(h.config.Pack, fsys); err != nil {
		h.t.Fatal(err)
	}
	h.prepare()
}

func (h *house) shut() {
	h.t.Helper()
	if err := h.Close(); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) prepare() {
	h.t.Helper()
	var err error
	if h.Finder, err = prepareFinder(h.config); err != nil {
		h.t.Fatal(err)
	}
}

// kill ends a finder that does not follow as a crash would.
func (h *house) kill() {
	h.shelf.index.Close()
	if e := h.earlier.Load(); e != nil {
		e.index.Close()
	}
}

// universities searches and returns the total with the state and the notes.
func (h *house) universities() *Result {
	h.t.Helper()
	r, err := h.Search(h.t.Context(), Public(), Request{Query: "holder-type=university", Facets: DefaultFacets, Limit: 5, Lang: "en"})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func TestTheIndexOfEarlierRulesAnswersUntilThePresentOneStands(t *testing.T) {
	h := open(t)
	docs := four(t)
	h.load(docs[:2]...)
	begun := h.register.State()
	h.load(docs[2])
	state := h.register.State()
	h.shut()
	h.rules("jiangsu", ruled(t))
	earlier := func(behind int64) {
		t.Helper()
		r := h.universities()
		if r.Total != 1 || r.State != state || r.Behind != behind || len(r.Notes) != 1 {
			t.Fatalf("%d universities at state %d, %d behind, notes %q", r.Total, r.State, r.Behind, r.Notes)
		}
		if s, b := h.State(); s != state || b != behind {
			t.Fatalf("the finder is at %d, %d behind", s, b)
		}
	}
	earlier(0)
	h.kill() // before anything was made
	if _, err := h.register.Load(t.Context(), register.LoadSpec{Feed: register.Canonical{
		Name: "meanwhile", Identity: "meanwhile", N: 1, Document: func(int64) *record.Document { return docs[4] },
	}}, nil); err != nil {
		t.Fatal(err)
	}
	h.prepare()
	behind := h.register.State() - state
	earlier(behind)
	h.part(begun)
	earlier(behind)
	h.kill() // when a part was made
	h.prepare()
	earlier(behind)

	all, err := h.Parse("*")
	if err != nil {
		t.Fatal(err)
	}
	first, leave, err := h.look(t.Context(), all, register.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	h.follow()
	h.sync()
	r := h.universities()
	if r.Total != 3 || r.Behind != 0 || len(r.Notes) != 0 {
		t.Errorf("by the present rules %d universities, %d behind, notes %q", r.Total, r.Behind, r.Notes)
	}
	h.swap()
	if n := first.snap.Slots(); n != 2 {
		t.Errorf("a question under way sees %d rights", n)
	}
	leave()
	left, err := filepath.Glob(filepath.Join(h.config.Dir, "*"))
	if err != nil || len(left) != 1 || left[0] != h.shelf.dir {
		t.Errorf("left: %v, %v", left, err)
	}
}

// part makes the present index up to a state and no further.
func (h *house) part(state int64) {
	h.t.Helper()
	info, err := h.register.StateInfo(h.t.Context(), state)
	if err != nil {
		h.t.Fatal(err)
	}
	v, err := h.register.ByID(h.t.Context(), 1, register.AsOf{Known: state})
	if err != nil {
		h.t.Fatal(err)
	}
	h.shelf.take(register.Commit{State: state, At: info.At, Views: []*register.View{v}})
	if err := h.shelf.flush(); err != nil {
		h.t.Fatal(err)
	}
}

func TestAnEarlierIndexThatCannotBeReadDoesNotAnswer(t *testing.T) {
	for name, change := range map[string]func(h *house){
		"other lists": func(h *house) { h.rules("zhejiang", defs.FS) },
		"not whole": func(h *house) {
			h.rules("jiangsu", ruled(t))
			h.part(h.register.State() - 1)
			e := h.earlier.Load()
			h.kill()
			e.remove()
			h.rules("jiangsu", defs.FS)
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.load(four(t)[:1]...)
			h.load(four(t)[2:3]...)
			h.shut()
			change(h)
			_, err := h.Search(t.Context(), Public(), Request{})
			if ierr.KindOf(err) != ierr.Busy {
				t.Errorf("before the index is made: %v", err)
			}
			h.follow()
			h.sync()
			if _, n := h.titles(Request{}); n != 2 {
				t.Errorf("%d rights", n)
			}
		})
	}
}
