package cli

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"onewindow/defs"
	"onewindow/internal/i18n"
)

var update = flag.Bool("update", false, "write the reference of commands anew")

// quiet is a run in a language, with what it prints.
func quiet(t *testing.T, lang string, args ...string) (*app, *bytes.Buffer) {
	t.Helper()
	catalogs, err := i18n.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	env := Env{Args: args, Out: &out, Err: &out, Getenv: func(string) string { return "" }, Now: time.Now, Width: func() int { return 80 }}
	s := newSettings()
	s.named("lang").value = lang
	return &app{Env: env, settings: s, catalogs: catalogs, say: catalogs.Printer(lang), defs: defs.FS}, &out
}

func TestEveryCommandAndFlagIsToldInEveryLanguage(t *testing.T) {
	a, _ := quiet(t, "en")
	for _, lang := range a.catalogs.Langs() {
		a, _ := quiet(t, lang)
		for _, cmd := range everyCommand(a.root()) {
			for what, text := range map[string]string{"short": cmd.Short, "long": cmd.Long, "example": cmd.Example} {
				if text == "" || strings.HasPrefix(text, "cli.") {
					t.Errorf("%s: %s lacks its %s text", lang, cmd.CommandPath(), what)
				}
			}
			if !strings.Contains(cmd.Example, "onewindow") {
				t.Errorf("%s: the example of %s runs nothing", lang, cmd.CommandPath())
			}
			cmd.Flags().VisitAll(func(f *pflag.Flag) {
				if f.Usage == "" || strings.HasPrefix(f.Usage, "cli.") {
					t.Errorf("%s: --%s of %s is not told", lang, f.Name, cmd.CommandPath())
				}
			})
		}
	}
}

func TestReferenceIsUpToDate(t *testing.T) {
	a, out := quiet(t, "en")
	if err := a.writeReference(a.root()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("..", "..", "doc", "cli.md")
	if *update {
		if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, out.Bytes()) {
		t.Error("doc/cli.md differs from what the commands say; renew it with: go test ./internal/cli -update")
	}
}

func TestLanguageComesFromFlagEnvironmentSystem(t *testing.T) {
	for _, c := range []struct {
		args []string
		env  map[string]string
		want string
	}{
		{nil, nil, "Usage:"},
		{nil, map[string]string{"LANG": "zh_CN.UTF-8"}, "用法："},
		{nil, map[string]string{"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "Usage:"},
		{nil, map[string]string{"LANG": "en_US.UTF-8", "ONEWINDOW_LANG": "zh"}, "用法："},
		{[]string{"--lang=en"}, map[string]string{"ONEWINDOW_LANG": "zh"}, "Usage:"},
		{[]string{"--lang", "zh"}, map[string]string{"LANG": "C"}, "用法："},
		{nil, map[string]string{"LANG": "xx_YY"}, "Usage:"},
	} {
		t.Chdir(t.TempDir())
		var out bytes.Buffer
		env := Env{Args: append([]string{"help", "search"}, c.args...), Out: &out, Err: &out, Getenv: func(k string) string { return c.env[k] }, Now: time.Now}
		if code := Run(context.Background(), env); code != 0 || !strings.Contains(out.String(), c.want) {
			t.Errorf("%v %v: exit %d, want %q in\n%s", c.args, c.env, code, c.want, out.String())
		}
	}
}
