// Package mapping is what staff do with the mappings that tables are read with:
// list them, write templates, try a table, and have a mapping proposed.
package mapping

import (
	"io/fs"

	"onewindow/internal/ierr"
	"onewindow/internal/source/tabular"
)

// Say writes the text that a key names, in the reader's language.
type Say interface {
	T(key string, args ierr.Args) string
	Lang() string
}

// Library is the ready mappings.
type Library struct{ set *tabular.Set }

// Open reads the ready mappings of the definitions. Its errors name file and line.
func Open(defs fs.FS) (*Library, error) {
	set, err := tabular.Load(defs)
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "server.mappings", ierr.Args{"reason": err.Error()})
	}
	return &Library{set}, nil
}

// Of returns the library of mappings that are read already.
func Of(set *tabular.Set) *Library { return &Library{set} }

// All lists the ready mappings by ID.
func (l *Library) All() []*tabular.Mapping { return l.set.Mappings }

// Named returns the ready mapping with an ID, or an error of kind NotFound that
// lists those there are.
func (l *Library) Named(id string) (*tabular.Mapping, error) {
	if m := l.set.Named(id); m != nil {
		return m, nil
	}
	var known []string
	for _, m := range l.set.Mappings {
		known = append(known, m.ID)
	}
	return nil, ierr.New(ierr.NotFound, "mapping.unknown", ierr.Args{"id": id, "known": known})
}

// Parse reads a mapping of the reader's own; file is its name in messages.
func (l *Library) Parse(file string, text []byte) (*tabular.Mapping, error) {
	m, err := tabular.Parse(file, text, l.set.Forms())
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "mapping.fault", ierr.Args{"reason": err.Error()})
	}
	return m, nil
}
