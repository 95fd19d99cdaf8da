package register_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/source/entry"
)

// killFiles are three files of many batches, with rights that join, merge,
// repeat and are disputed across batches and files, and with rejects.
func killFiles() made {
	const rows = 14_000
	rng := rand.New(rand.NewPCG(5, 5))
	var out made
	for n := range 3 {
		f := madeFile{path: fmt.Sprintf("/in/%d.csv", n), sha: fmt.Sprintf("sha-%d", n), rank: n, unread: map[string]int64{"made: colour": 3}}
		for i := range rows {
			if i%997 == 0 {
				f.entries = append(f.entries, entry.Entry{Reject: entry.Refuse("row_short", map[string]any{"columns": 3}, "a;b;c")})
				continue
			}
			number := rng.IntN(rows * 2)
			application := ""
			switch rng.IntN(30) {
			case 0: // one that others have too
				application = fmt.Sprintf("20171%07d", rng.IntN(rows))
			case 1, 2, 3, 4, 5, 6, 7, 8:
			default:
				application = fmt.Sprintf("20171%07d", number)
			}
			d := doc(fmt.Sprintf("1%08d%c", number, "AB"[rng.IntN(2)]), application, fmt.Sprintf("样本%d", rng.IntN(50)))
			if rng.IntN(20) == 0 {
				d.Flags = []record.Flag{{Code: "application_number.damaged", Field: "applicationNo"}}
			}
			f.entries = append(f.entries, entry.Entry{Doc: d})
		}
		out = append(out, f)
	}
	return out
}

const killJob = 7

// TestKillChild is the process that the kill test kills: it loads, or goes on
// loading, and says so after every commit.
func TestKillChild(t *testing.T) {
	path := os.Getenv("ONEWINDOW_KILL_DB")
	if path == "" {
		t.Skip("runs only as the child of TestKilledAndResumed")
	}
	r := openKill(t, openStore(t, path))
	begun := r.State()
	fmt.Println("open")
	err := killLoad(r, func(p register.Progress) {
		if p.State > begun {
			fmt.Println("state", p.State)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("finished")
}

// openKill opens a register that holds the load of the kill test back.
func openKill(t *testing.T, store register.Store) *register.Register {
	t.Helper()
	r, err := register.Open(context.Background(), store, register.Options{Zone: shanghai, Steward: steward{1, 100}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// killLoad loads, accepts what is held back and goes on, from wherever it was.
func killLoad(r *register.Register, progress func(register.Progress)) error {
	ctx := context.Background()
	l, err := r.Load(ctx, register.LoadSpec{
		Feed: killFiles(), By: "clerk", Job: killJob,
		Declared: []register.Declaration{{Source: "made", Cover: "all", Ground: "made up", By: "clerk"}},
	}, progress)
	if err != nil || l.Status != register.Held {
		return err
	}
	if l, err = r.Accept(ctx, l.ID, "it is for a test", "chief"); err != nil {
		return err
	}
	_, err = r.Resume(ctx, l.ID, killFiles(), progress)
	return err
}

// runAndKill starts the child, lets it make some commits and kills it a little
// later. It tells whether the child had finished.
func runAndKill(t *testing.T, path string, commits int, later time.Duration) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKillChild$", "-test.v")
	cmd.Env = append(os.Environ(), "ONEWINDOW_KILL_DB="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	seen := 0
	for lines.Scan() {
		switch line := lines.Text(); {
		case line == "finished":
			cmd.Wait()
			return true
		case strings.HasPrefix(line, "state"), line == "open":
			seen++
		case strings.HasPrefix(line, "--- FAIL"):
			t.Errorf("the child failed: %s", line)
		}
		if seen > commits {
			break
		}
	}
	time.Sleep(later)
	cmd.Process.Kill()
	cmd.Wait()
	return false
}

// contents lists everything in a database that must not depend on when it was
// interrupted: all but the clock and the salts.
func contents(t *testing.T, path string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	out := map[string][]string{}
	for table, columns := range map[string]string{
		"load":        "id, label, as_format, actor, job, status, met, undone, surveyed, decided_actor, decided_reason",
		"file":        "*",
		"statement":   "id, file, state_from, state_to, same, ordinal, row_number, member, issued, rank, hex(hash), hex(body)",
		"number":      "*",
		"number_past": "*",
		"succession":  "*",
		"state":       "id, act, load, last_right, hex(rights)",
		"reject":      "*",
		"tally":       "*",
		"override":    "*",
		"survey":      "*",
		"issue":       "*",
		"finding":     "*",
		"declaration": "*",
		"leaf":        "seq, kind, state, payload",
	} {
		rows, err := db.Query("SELECT " + columns + " FROM " + table + " ORDER BY 1, 2")
		if err != nil {
			t.Fatal(err)
		}
		names, _ := rows.Columns()
		for rows.Next() {
			values, to := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				to[i] = &values[i]
			}
			if err := rows.Scan(to...); err != nil {
				t.Fatal(err)
			}
			out[table] = append(out[table], fmt.Sprint(values...))
		}
		rows.Close()
	}
	return out
}

// TestKilledAndResumed kills a load at random points and compares what it comes
// to in the end with a load that nobody disturbed.
func TestKilledAndResumed(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "killed.db")
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	kills := 0
	for ; !runAndKill(t, path, rng.IntN(3), time.Duration(rng.IntN(60_000))*time.Microsecond); kills++ {
		if kills > 500 {
			t.Fatal("the load does not come to an end")
		}
	}
	if kills < 20 {
		t.Errorf("the load was over after %d kills: it is too short for this test", kills)
	}
	t.Logf("killed %d times", kills)

	calm := filepath.Join(dir, "calm.db")
	db := openStore(t, calm)
	r := openKill(t, db)
	if err := killLoad(r, nil); err != nil {
		t.Fatal(err)
	}
	r.Close()
	db.Close()
	got, want := contents(t, path), contents(t, calm)
	for table := range want {
		if len(got[table]) != len(want[table]) {
			t.Errorf("%s has %d rows, want %d", table, len(got[table]), len(want[table]))
		} else if d := cmp.Diff(want[table], got[table]); d != "" {
			t.Errorf("%s differs (-undisturbed +killed):\n%.2000s", table, d)
		}
	}
	if n := len(want["succession"]); n == 0 {
		t.Error("no right was merged: the files are too tame for this test")
	}
	if len(want["finding"]) != 3 || len(want["declaration"]) != 1 {
		t.Errorf("findings %q and declarations %q: the load was not held back", want["finding"], want["declaration"])
	}
}
