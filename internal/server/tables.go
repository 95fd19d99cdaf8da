package server

import (
	"onewindow/internal/ierr"
	"onewindow/internal/source"
	"onewindow/internal/source/tabular"
)

// tables are the mappings that tables are read with.
type tables struct{ ready *tabular.Set }

// openTables reads the ready mappings.
func (s *Server) openTables() error {
	ready, err := tabular.Load(s.config.Defs)
	if err != nil {
		return ierr.Wrap(err, ierr.Invalid, "server.mappings", ierr.Args{"reason": err.Error()})
	}
	s.tables = tables{ready}
	return nil
}

// reading says how files are read: by the formats and the ready mappings, or, where
// the text of a mapping is given, by it alone. Such a mapping's format carries a part
// of its hash, so that files read with another version of it are read anew.
func (t tables) reading(as, mapping string) (source.Options, error) {
	if mapping == "" {
		return source.Options{As: as, More: t.ready.Formats()}, nil
	}
	m, err := tabular.Parse("mapping", []byte(mapping), t.ready.Forms())
	if err != nil {
		return source.Options{}, ierr.Wrap(err, ierr.Invalid, "server.mapping", ierr.Args{"reason": err.Error()})
	}
	f := m.Given([]byte(mapping))
	if as != "" && as != m.ID && as != f.ID {
		return source.Options{}, ierr.New(ierr.Invalid, "server.mapping-as", ierr.Args{"as": as, "id": m.ID})
	}
	return source.Options{As: f.ID, More: []source.Format{f}}, nil
}
