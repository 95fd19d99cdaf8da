package tabular

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/record"
	"onewindow/internal/source/entry"
)

// gi is what the real files of the UK's register of protected names hold.
var gi = map[string]struct {
	mapping        string
	read, rejected int
	flags, unread  map[string]int64
	digest         string // of the documents as JSON, a line each
}{
	"register.json": {"gi-uk", 3715, 0, map[string]int64{}, map[string]int64{
		"gi-uk: DEF_SearchCategory": 3714, "gi-uk: DEF_SearchName": 3698, "gi-uk: DEF_SearchNameAndCategory": 3715, "gi-uk: DEF_SearchTextAll": 3715}, "af23b9ee95c0677c"},
	"food-and-agri-pdo-pgi.csv":                         {"gi-uk-food", 74, 0, map[string]int64{"cell.damaged": 1}, map[string]int64{}, "37eb001f25f0b1fa"},
	"protected-names-spirits-uk-regisiter-20210123.csv": {"gi-uk-spirits", 242, 1, map[string]int64{}, map[string]int64{}, "c216460512810ed5"},
}

// shared returns a real file of the UK's register, and skips the test where there is
// none.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil && dir != "/" {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	data, err := os.ReadFile(filepath.Join(dir, "..", "shared", "data", "gi-uk", name))
	if err != nil {
		t.Skip("the files are not at hand:", err)
	}
	return data
}

func readShared(t *testing.T, s *Set, name string) []entry.Entry {
	t.Helper()
	entries, _, _ := read(t, s, name, shared(t, name))
	return entries
}

func TestTheWholeRegisterOfProtectedNamesIsRead(t *testing.T) {
	s := ready(t)
	for name, want := range gi {
		entries, unread, mapping := read(t, s, name, shared(t, name))
		sum, docs, rejected := sha256.New(), 0, 0
		flags, names := map[string]int64{}, map[string]bool{}
		for _, e := range entries {
			if e.Reject != nil {
				rejected++
				continue
			}
			docs++
			names[e.Doc.Number] = true
			for _, f := range e.Doc.Flags {
				flags[f.Code]++
			}
			if len(e.Doc.Titles) != 1 || e.Doc.Titles[0].Text == "" {
				t.Errorf("%s row %d has no name", name, e.Row)
			}
			if err := json.NewEncoder(sum).Encode(e.Doc); err != nil {
				t.Fatal(err)
			}
		}
		if mapping != want.mapping || docs != want.read || rejected != want.rejected || len(names) != docs || !maps.Equal(flags, want.flags) {
			t.Errorf("%s: %s, %d read, %d numbers, %d rejected, %v", name, mapping, docs, len(names), rejected, flags)
		}
		if diff := cmp.Diff(want.unread, unread); diff != "" {
			t.Errorf("%s: unread (-want +got)\n%s", name, diff)
		}
		if got := hex.EncodeToString(sum.Sum(nil)[:8]); got != want.digest {
			t.Errorf("%s: documents differ: digest %s, want %s", name, got, want.digest)
		}
	}
}

// TestTheListsOfProtectedNamesOverlapWithTheRegister holds what doc/mappings.md says of
// the three files: the lists name no file number, so what they share with the register
// is known by name alone, and by name it is not always one entry.
func TestTheListsOfProtectedNamesOverlapWithTheRegister(t *testing.T) {
	s := ready(t)
	fold := func(d *record.Document) string { return record.FoldName(d.Titles[0].Text) }
	numbers, named := map[string]bool{}, map[string]int{}
	for _, e := range readShared(t, s, "register.json") {
		numbers[e.Doc.Keys()[0]] = true
		named[fold(e.Doc)]++
	}
	several := 0
	for _, n := range named {
		if n > 1 {
			several++
		}
	}
	if several != 183 {
		t.Errorf("%d names stand in the register more than once", several)
	}
	for name, want := range map[string]struct{ byNumber, byName, ofSeveral int }{
		"food-and-agri-pdo-pgi.csv":                         {0, 62, 1},
		"protected-names-spirits-uk-regisiter-20210123.csv": {0, 242, 8},
	} {
		byNumber, byName, ofSeveral := 0, 0, 0
		for _, e := range readShared(t, s, name) {
			if e.Doc == nil {
				continue
			}
			if numbers[e.Doc.Keys()[0]] {
				byNumber++
			}
			if n := named[fold(e.Doc)]; n > 0 {
				byName++
				if n > 1 {
					ofSeveral++
				}
			}
		}
		if byNumber != want.byNumber || byName != want.byName || ofSeveral != want.ofSeveral {
			t.Errorf("%s: %d by number, %d by name, %d of them of several entries; want %+v", name, byNumber, byName, ofSeveral, want)
		}
	}
}
