package folder

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"onewindow/internal/ierr"
)

var day = time.Date(2019, 7, 9, 12, 0, 0, 0, time.UTC)

// holdEnv makes the test binary own the folder it names, and wait.
const holdEnv = "ONEWINDOW_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdEnv); dir != "" {
		hold(dir)
		return
	}
	os.Exit(m.Run())
}

func hold(dir string) {
	f, err := Create(dir, Real, "jiangsu", day)
	if err == nil {
		_, err = f.Listen()
	}
	fmt.Println("holding", err)
	time.Sleep(time.Minute)
}

// startHolder runs another process that owns dir and returns it once it does.
func startHolder(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), holdEnv+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "holding <nil>\n" {
		t.Fatalf("the other process says %q", line)
	}
	return cmd
}

func wantError(t *testing.T, err error, kind ierr.Kind, code string) {
	t.Helper()
	var e *ierr.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Code != code {
		t.Errorf("error %v, want %v %s", err, kind, code)
	}
}

func TestNatureAndRegionAreFixedWhenMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	_, err := Open(dir, day)
	wantError(t, err, ierr.NotFound, "folder.absent")
	f, err := Create(dir, Real, "jiangsu", day)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Marker{Format, Real, "jiangsu", day}); f.Marker != want {
		t.Errorf("marker %v, want %v", f.Marker, want)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	_, err = Create(dir, Sample, "jiangsu", day)
	wantError(t, err, ierr.Conflict, "folder.real")
	_, err = Create(dir, Real, "zhejiang", day)
	wantError(t, err, ierr.Conflict, "folder.region")
	again, err := Create(dir, Real, "jiangsu", day.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if !again.Created.Equal(day) {
		t.Errorf("opened again, the folder says it was made %v", again.Created)
	}
	wantError(t, Marker{1, Sample, "jiangsu", day}.Must(dir, Real, "jiangsu"), ierr.Conflict, "folder.sample")
	if err := (Marker{1, Real, "jiangsu", day}).Must(dir, Real, ""); err != nil {
		t.Errorf("no wanted region: %v", err)
	}
}

func TestForeignFilesAndDamageAreRefused(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "thesis.docx")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Create(dir, Sample, "jiangsu", day)
	wantError(t, err, ierr.Conflict, "folder.occupied")
	_, err = Create(file, Sample, "jiangsu", day)
	wantError(t, err, ierr.Invalid, "folder.unreadable")
	for text, code := range map[string]string{
		"":  "folder.marker",
		"{": "folder.marker",
		`{"format":1,"nature":"odd","region":"jiangsu"}`:  "folder.marker",
		`{"format":9,"nature":"real","region":"jiangsu"}`: "folder.format",
	} {
		if err := os.WriteFile(filepath.Join(dir, markerName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, open := range []func() (*Folder, error){
			func() (*Folder, error) { return Open(dir, day) },
			func() (*Folder, error) { return Create(dir, Real, "jiangsu", day) },
		} {
			if _, err := open(); ierr.As(err).Code != code {
				t.Errorf("marker %q: %v, want %s", text, err, code)
			}
		}
	}
}

func TestSecondOwnerIsRefusedByName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	other := startHolder(t, dir)
	for name, open := range map[string]func() (*Folder, error){
		"Open":   func() (*Folder, error) { return Open(dir, day) },
		"Create": func() (*Folder, error) { return Create(dir, Real, "jiangsu", day) },
	} {
		_, err := open()
		wantError(t, err, ierr.Busy, "folder.owned")
		if got := ierr.As(err).Args["pid"]; got != strconv.Itoa(other.Process.Pid) {
			t.Errorf("%s names process %v, want %d", name, got, other.Process.Pid)
		}
	}
	o, err := Holder(dir)
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("unix", o.Socket)
	if err != nil {
		t.Errorf("the owner's socket: %v", err)
	} else {
		c.Close()
	}
}

func TestServingOwnerIsRefusedWithItsAddress(t *testing.T) {
	dir := t.TempDir()
	f, err := Create(dir, Real, "jiangsu", day)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Serving("http://localhost:8080"); err != nil {
		t.Fatal(err)
	}
	_, err = Open(dir, day) // a second file description of the same process is refused alike
	wantError(t, err, ierr.Busy, "folder.owned-serving")
	if got := ierr.As(err).Args["address"]; got != "http://localhost:8080" {
		t.Errorf("address %v", got)
	}
}

func TestKilledOwnerLeavesNothingInTheWay(t *testing.T) {
	for name, dir := range map[string]string{
		"short path": filepath.Join(t.TempDir(), "d"),
		"long path":  filepath.Join(t.TempDir(), strings.Repeat("long", 30)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			other := startHolder(t, dir)
			old, err := Holder(dir)
			if err != nil {
				t.Fatal(err)
			}
			other.Process.Kill()
			other.Wait()
			if _, err := os.Lstat(old.Socket); err != nil {
				t.Fatalf("the killed owner left no socket: %v", err)
			}
			passing := filepath.Join(dir, "tmp", "archive")
			if err := errors.Join(os.MkdirAll(filepath.Dir(passing), 0o700), os.WriteFile(passing, nil, 0o600)); err != nil {
				t.Fatal(err)
			}
			f, err := Open(dir, day)
			if err != nil {
				t.Fatal(err)
			}
			l, err := f.Listen()
			if err != nil {
				t.Fatal(err)
			}
			now, err := Holder(dir)
			if err != nil || now.PID != os.Getpid() {
				t.Fatalf("signed by %v, %v", now, err)
			}
			if len(now.Socket) > socketMax {
				t.Errorf("socket path of %d bytes: %s", len(now.Socket), now.Socket)
			}
			c, err := net.Dial("unix", now.Socket)
			if err != nil {
				t.Fatal(err)
			}
			c.Close()
			if err := errors.Join(l.Close(), f.Close()); err != nil {
				t.Error(err)
			}
			for _, path := range []string{old.Socket, now.Socket, filepath.Join(dir, recordName), passing} {
				if _, err := os.Lstat(path); err == nil {
					t.Errorf("%s is still there", path)
				}
			}
		})
	}
}

func TestPathsLieInside(t *testing.T) {
	f, err := Create(filepath.Join(t.TempDir(), "data"), Sample, "jiangsu", day)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tmp, err := f.Tmp()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{f.Register(), f.Index(), f.Samples(), tmp} {
		if filepath.Dir(p) != f.Dir() {
			t.Errorf("%s lies outside %s", p, f.Dir())
		}
	}
}
