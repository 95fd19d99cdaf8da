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

func TestTheWholeRegisterOfProtectedNamesIsRead(t *testing.T) {
	dir, err := os.Getwd()
	for err == nil && dir != "/" {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	folder := filepath.Join(dir, "..", "shared", "data", "gi-uk")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the files are not at hand:", err)
	}
	s := ready(t)
	for name, want := range gi {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		entries, unread, mapping := read(t, s, name, data)
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
