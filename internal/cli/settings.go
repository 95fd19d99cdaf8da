package cli

import (
	"errors"
	"io/fs"
	"os"
	"sort"
	"strings"

	"onewindow/internal/definition"
	"onewindow/internal/ierr"
)

// setting is one value that a flag, the environment or the settings file may
// give, in this order of strength.
type setting struct {
	name   string // of the flag and of the key in the file
	value  string // the default until something stronger says otherwise
	source string // "default", "file", "environment" or "flag"
	secret bool   // never printed
}

// environment returns the name of the environment variable of the setting.
func (s *setting) environment() string {
	return "ONEWINDOW_" + strings.ToUpper(strings.ReplaceAll(s.name, "-", "_"))
}

// shown returns the value as it may be printed.
func (s *setting) shown() string {
	if s.secret && s.value != "" {
		return "********"
	}
	return s.value
}

// settings are all settings, in the order in which they are printed.
type settings []*setting

func newSettings() settings {
	return settings{
		{name: "data", value: "./onewindow-data"},
		{name: "format", value: "table"},
		{name: "lang"},
		{name: "listen", value: "localhost:8080"},
		{name: "hosts"},
		{name: "defs"},
		{name: "demo-region"},
		{name: "log", value: "info"},
	}
}

func (s settings) named(name string) *setting {
	for _, x := range s {
		if x.name == name {
			return x
		}
	}
	return nil
}

// value returns the value of the setting with this name.
func (s settings) value(name string) string { return s.named(name).value }

// settingsFile is the file that is read where --config names no other.
const settingsFile = "onewindow.yaml"

// settingsMax is the largest settings file that is read, in bytes.
const settingsMax = 1 << 20

// read takes values from the file at path and from the environment. A file that
// was named must be there; the default one need not. Names that are no setting
// are refused, since a misspelt setting that is silently ignored misleads.
func (s settings) read(path string, getenv func(string) string) error {
	for _, x := range s {
		x.source = "default"
	}
	values, err := readSettings(path)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		x := s.named(name)
		if x == nil {
			return ierr.New(ierr.Invalid, "cli.setting-unknown", ierr.Args{"name": name, "known": s.names()})
		}
		x.value, x.source = values[name], "file"
	}
	for _, x := range s {
		if v := getenv(x.environment()); v != "" {
			x.value, x.source = v, "environment"
		}
	}
	return nil
}

func readSettings(path string) (map[string]string, error) {
	named := path != ""
	if !named {
		path = settingsFile
	}
	refuse := func(err error) (map[string]string, error) {
		return nil, ierr.Wrap(err, ierr.Invalid, "cli.settings-file", ierr.Args{"file": path, "reason": firstLine(err)})
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil, nil
	}
	if err != nil {
		return refuse(err)
	}
	if info.Size() > settingsMax || !info.Mode().IsRegular() {
		return refuse(errors.New("too large, or not a file"))
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return refuse(err)
	}
	values := map[string]string{}
	if err := definition.Decode(b, &values); err != nil {
		return refuse(err)
	}
	return values, nil
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

func (s settings) names() string {
	var names []string
	for _, x := range s {
		names = append(names, x.name)
	}
	return strings.Join(names, ", ")
}
