package party_test

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"onewindow/internal/party"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/source"
)

// gazette loads a whole issue of the gazette, which stands beside the project; the
// test is skipped where it does not.
func gazette(t testing.TB) *house {
	t.Helper()
	path, err := filepath.Abs("../../../shared/data/cnipa-gazette-csv")
	check(t, err)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the real files are not here: %s", path)
	}
	found, err := source.Find(ctx, []string{path}, nil)
	check(t, err)
	h := open(t)
	_, err = h.register.Load(ctx, register.LoadSpec{Feed: register.Files{Found: found}}, nil)
	check(t, err)
	h.sync()
	return h
}

// digest stands for a name in the labels, which hold no names.
func digest(name, place string) string {
	if name = record.FoldName(name); place != "" {
		name = party.LocatedKey(name, place)
	}
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:8])
}

// label is what a person who read the gazette says of one name.
type label struct{ digest, holder string }

func labels(t testing.TB) []label {
	t.Helper()
	f, err := os.Open("testdata/gazette_holders.csv")
	check(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	check(t, err)
	var out []label
	for _, row := range rows[1:] {
		out = append(out, label{row[0], row[1]})
	}
	return out
}

// whole counts the labelled holders all of whose names are one party that has no
// other names.
func whole(t testing.TB, h *house) (whole int, broken []string) {
	t.Helper()
	names := map[string]string{} // party by the digest of each name
	size := map[string]int{}     // names of each party
	for _, r := range h.Largest(1 << 20) {
		p, err := h.Show(r.ID)
		check(t, err)
		for _, n := range p.Names {
			names[digest(n.Text, n.Place)] = p.ID
		}
		size[p.ID] = len(p.Names)
	}
	of := map[string]map[string]int{}
	for _, l := range labels(t) {
		if of[l.holder] == nil {
			of[l.holder] = map[string]int{}
		}
		of[l.holder][names[l.digest]]++
	}
	for holder, parties := range of {
		sound := len(parties) == 1
		for id, n := range parties {
			sound = sound && id != "" && size[id] == n
		}
		if sound {
			whole++
		} else {
			broken = append(broken, holder)
		}
	}
	return whole, broken
}

// TestTheLargestHoldersOfTheGazette holds the rules to what a person says of the
// 100 largest holders of an issue, first alone, then with those of the first 40
// pairs of the queue accepted that are one holder by the labels.
func TestTheLargestHoldersOfTheGazette(t *testing.T) {
	h := gazette(t)
	if n, broken := whole(t, h); n != 94 || len(broken) != 4 {
		t.Errorf("%d of %d holders are whole; not so: %v", n, n+len(broken), broken)
	}
	holder := map[string]string{}
	for _, l := range labels(t) {
		holder[l.digest] = l.holder
	}
	pairs, total, err := h.Queue("", "", "", 40, 0)
	check(t, err)
	if total > 150 {
		t.Errorf("%d pairs wait for a decision", total)
	}
	for _, p := range pairs {
		if a := holder[digest(p.NameA, "")]; a != "" && a == holder[digest(p.NameB, "")] {
			_, err := h.Merge(ctx, p.A.ID, p.B.ID, party.Signed{Reason: "one holder by the labels", By: "tester"})
			check(t, err)
		}
	}
	if n, broken := whole(t, h); n != 97 || len(broken) != 1 {
		t.Errorf("%d of %d holders are whole; not so: %v", n, n+len(broken), broken)
	}
}
