package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"onewindow/internal/client"
	"onewindow/internal/date"
	"onewindow/internal/folder"
	"onewindow/internal/record"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/gazettecsv"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"onewindow": program})
}

// program is the command as main runs it, on a pipe.
func program() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := Run(ctx, Env{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Now: time.Now, Version: "test",
		Width: func() int { return 80 },
	})
	stop()
	os.Exit(code)
}

// TestScripts runs the scripts in testdata. Beside the usual commands they have
//
//	gazette [-bad] FILE FIRST COUNT   write invented rows, numbered from FIRST on
//	exits CODE COMMAND...             run a command that ends with this exit code
//	await DIR                         wait until a server serves the data folder
//	fetch DIR PATH                    get a path of that server over the network
//	full COMMAND...                   run a command whose output goes to a full disk
//	busy DIR                          wait until a load has read something
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "en_US.UTF-8")
			e.Setenv("TMPDIR", "/tmp")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"gazette": scriptGazette, "exits": scriptExits, "await": scriptAwait, "fetch": scriptFetch, "busy": scriptBusy, "full": scriptFull,
		},
	})
}

func scriptGazette(ts *testscript.TestScript, _ bool, args []string) {
	bad := len(args) > 0 && args[0] == "-bad"
	if bad {
		args = args[1:]
	}
	if len(args) != 3 {
		ts.Fatalf("usage: gazette [-bad] FILE FIRST COUNT")
	}
	first, err1 := strconv.Atoi(args[1])
	count, err2 := strconv.Atoi(args[2])
	ts.Check(errors.Join(err1, err2))
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	w := gazettecsv.NewWriter(f, gazettecsv.Options{Encoding: charset.UTF8})
	for i := first; i < first+count; i++ {
		ts.Check(w.Write(invented(i)))
	}
	ts.Check(w.Flush())
	if bad {
		_, err := f.WriteString("1,an entry,without a number\n")
		ts.Check(err)
	}
	ts.Check(f.Close())
}

// homes, holders and titles are what invented rows take turns in.
var (
	homes   = []string{"江苏省苏州市昆山市样例路1号", "江苏省南京市玄武区样例街2号", "江苏省无锡市滨湖区样例道3号", "浙江省杭州市样例巷4号"}
	holders = []string{"样例电池有限公司", "样例大学", "样例研究院", "张样例"}
	titles  = []string{"样例电池及其制造方法", "样例隔膜", "样例夹具", "=样例公式"}
)

// invented is the document with this number: an invention, with 电池 in the title
// and an address in Kunshan for every fourth.
func invented(i int) *record.Document {
	body := fmt.Sprintf("20181%07d", i)
	return &record.Document{
		Office: "CN", Number: fmt.Sprintf("1%08d", 9_000_000+i), Code: "A", Kind: record.Invention, Published: date.Of(2019, 7, 1+i%28),
		Application: record.Application{Raw: body + "." + string(record.CheckDigit(body)), Filed: date.Of(2018, 1+i%12, 1)},
		Titles:      []record.Text{{Lang: "zh", Text: titles[i%4] + strings.Repeat("其", i%2)}},
		Parties: []record.Party{
			{Role: record.Applicant, Names: []record.Text{{Lang: "zh", Text: holders[i%4]}}, Address: homes[i%4], Postcode: "215300"},
			{Role: record.Inventor, Names: []record.Text{{Lang: "zh", Text: "李样例"}}},
		},
		Classes: []record.Class{{Scheme: record.IPC, Symbol: "H01M10/0525", Version: "2010.01"}},
	}
}

func scriptExits(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	code := 0
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("%s exits with %d, want %s", strings.Join(args[1:], " "), code, args[0])
	}
}

func scriptFull(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec("sh", append([]string{"-c", `"$@" >/dev/full`, "sh"}, args...)...)
	if err == nil {
		ts.Fatalf("%s does not fail on a full disk", strings.Join(args, " "))
	}
}

// patience is how long scripts wait for what must happen soon.
const patience = 60 * time.Second

func until(ts *testscript.TestScript, what string, done func() bool) {
	for end := time.Now().Add(patience); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			ts.Fatalf("%s has not happened", what)
		}
	}
}

func scriptAwait(ts *testscript.TestScript, _ bool, args []string) {
	until(ts, "serving", func() bool {
		o, err := folder.Holder(ts.MkAbs(args[0]))
		return err == nil && o.Address != ""
	})
}

func scriptFetch(ts *testscript.TestScript, _ bool, args []string) {
	o, err := folder.Holder(ts.MkAbs(args[0]))
	ts.Check(err)
	resp, err := http.Get(o.Address + args[1])
	ts.Check(err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	ts.Check(err)
	fmt.Fprintf(ts.Stdout(), "%d %s\n%s\n", resp.StatusCode, resp.Header.Get("Content-Type"), body)
}

func scriptBusy(ts *testscript.TestScript, _ bool, args []string) {
	until(ts, "a load under way", func() bool {
		o, err := folder.Holder(ts.MkAbs(args[0]))
		if err != nil || o.Socket == "" {
			return false
		}
		c := client.Socket(o.Socket, "en")
		defer c.Close()
		jobs, err := c.Jobs(context.Background())
		return err == nil && len(jobs.Jobs) > 0 && !jobs.Jobs[0].Finished && jobs.Jobs[0].Units > 0
	})
}
