package server

import (
	"onewindow/internal/ierr"
	"onewindow/internal/source"
	"onewindow/internal/supply"
)

// openSources reads who delivers files, once it is known how files can be read.
func (s *Server) openSources() (err error) {
	var formats []string
	for _, f := range source.Formats() {
		formats = append(formats, f.ID)
	}
	for _, m := range s.tables.ready.Mappings {
		formats = append(formats, m.ID)
	}
	if s.sources, err = supply.Load(s.config.Defs, formats); err != nil {
		return ierr.Wrap(err, ierr.Invalid, "server.sources", ierr.Args{"reason": err.Error()})
	}
	return nil
}
