package cli

import (
	"os"
	"path/filepath"
	"testing"

	"onewindow/internal/ierr"
)

func TestEnvironmentIsStrongerThanFileAndFileThanDefault(t *testing.T) {
	file := filepath.Join(t.TempDir(), "office.yaml")
	if err := os.WriteFile(file, []byte("data: /srv/ip\nlisten: localhost:9000\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newSettings()
	env := map[string]string{"ONEWINDOW_LISTEN": "localhost:9001", "ONEWINDOW_LANG": "zh"}
	if err := s.read(file, func(k string) string { return env[k] }); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]string{
		"data":   {"/srv/ip", "file"},
		"listen": {"localhost:9001", "environment"},
		"lang":   {"zh", "environment"},
		"format": {"table", "default"},
	} {
		if x := s.named(name); x.value != want[0] || x.source != want[1] {
			t.Errorf("%s is %q from %s, want %v", name, x.value, x.source, want)
		}
	}
}

func TestBadSettingsFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := newSettings().read("", os.Getenv); err != nil {
		t.Errorf("no file at all: %v", err)
	}
	write := func(text string) string {
		file := filepath.Join(dir, settingsFile)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return ""
	}
	for name, c := range map[string]struct{ file, code string }{
		"unknown name":    {write("dta: /srv\n"), "cli.setting-unknown"},
		"named, not here": {filepath.Join(dir, "other.yaml"), "cli.settings-file"},
		"a folder":        {dir, "cli.settings-file"},
	} {
		if err := newSettings().read(c.file, os.Getenv); err == nil || ierr.As(err).Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	if err := newSettings().read(write("data: [1, 2\n"), os.Getenv); err == nil || ierr.As(err).Code != "cli.settings-file" {
		t.Errorf("not YAML: %v", err)
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	s := setting{name: "key", value: "hunter2", secret: true}
	if got := s.shown(); got != "********" {
		t.Errorf("shown as %q", got)
	}
}
