package paper

import (
	"errors"
	"io/fs"
)

// Shelf holds all papers of a region.
type Shelf struct {
	Papers []*Paper // by id
}

// Open reads the papers of a region pack in the languages given. Faults come all at
// once, with file and line.
func Open(fsys fs.FS, region string, langs []string) (*Shelf, error) {
	ids, err := IDs(fsys)
	if err != nil {
		return nil, err
	}
	s := &Shelf{}
	var faults []error
	for _, id := range ids {
		p, err := Load(fsys, id, langs)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if p.Region == region {
			s.Papers = append(s.Papers, p)
		}
	}
	return s, errors.Join(faults...)
}

// Get returns a paper, nil where there is none of that id.
func (s *Shelf) Get(id string) *Paper {
	for _, p := range s.Papers {
		if p.ID == id {
			return p
		}
	}
	return nil
}
