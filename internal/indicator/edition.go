package indicator

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/decimal"
	"onewindow/internal/ierr"
	"onewindow/internal/region"
)

// EditionsFolder is where printed editions stand in the definitions.
const EditionsFolder = "editions"

// Edition is what a printed edition states, and the notes that explain what does not
// add up in it.
type Edition struct {
	ID    string
	Book  *Book
	Notes []*Note
}

// bookHeads are the columns of a book's file.
var bookHeads = []string{"where", "figure", "value", "qualifier", "unit", "basis", "vintage"}

// MaxObservations is how many observations a book may have.
const MaxObservations = 100_000

// LoadEdition reads the printed edition id: printed.csv and notes.yaml in its folder.
// Faults are named with file and line.
func LoadEdition(fsys fs.FS, id string) (*Edition, error) {
	folder := EditionsFolder + "/" + id
	if !fs.ValidPath(folder) {
		return nil, ierr.New(ierr.NotFound, "edition.unknown", ierr.Args{"id": id})
	}
	all, err := readBook(fsys, folder+"/printed.csv")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ierr.New(ierr.NotFound, "edition.unknown", ierr.Args{"id": id})
	}
	if err != nil {
		return nil, err
	}
	notes, err := LoadNotes(fsys, folder+"/notes.yaml")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return &Edition{ID: id, Book: NewBook(all), Notes: notes}, nil
}

// LoadNotes reads notes that explain what does not add up. Faults name the file; one
// that is not there is fs.ErrNotExist.
func LoadNotes(fsys fs.FS, name string) ([]*Note, error) {
	var file struct {
		Notes []*Note `yaml:"notes"`
	}
	if err := read(fsys, name, &file); err != nil {
		return nil, err
	}
	for _, n := range file.Notes {
		if _, err := ParseRef(n.Figure); err != nil {
			return nil, fmt.Errorf("%s: note %s: %w", name, n.ID, err)
		}
		if n.ID == "" || len(n.Text) == 0 {
			return nil, fmt.Errorf("%s: each note needs an id and a text in each language", name)
		}
	}
	return file.Notes, nil
}

// readBook reads observations from a CSV file of the definitions.
func readBook(fsys fs.FS, name string) ([]Observation, error) {
	var all []Observation
	err := region.ReadTable(fsys, name, bookHeads, func(row []string) error {
		if len(all) == MaxObservations {
			return fmt.Errorf("more than %d observations", MaxObservations)
		}
		o, err := readObservation(row)
		if err == nil {
			all = append(all, o)
		}
		return err
	})
	return all, err
}

// readObservation reads a row with the columns bookHeads.
func readObservation(row []string) (o Observation, err error) {
	o.Where, o.Qualifier, o.Unit, o.Basis = row[0], Qualifier(row[3]), row[4], row[5]
	o.Table = strings.Contains(o.Where, "table")
	if o.Ref, err = ParseRef(row[1]); err != nil {
		return o, err
	}
	if o.Ref.Region == "" || o.Ref.Period == (Period{}) {
		return o, fmt.Errorf("%q names no region or no period; write indicator@region/period", row[1])
	}
	if o.Value, o.Places, err = decimal.Parse(row[2]); err != nil {
		return o, err
	}
	if !slices.Contains(Qualifiers, o.Qualifier) {
		return o, fmt.Errorf("%q is no qualifier; take one of %q", o.Qualifier, Qualifiers)
	}
	if row[6] != "" {
		o.Vintage, err = date.Parse(row[6])
	}
	return o, err
}

// Residents returns the residents that a region pack knows, in tens of thousands,
// for every period and region of a book's indicators that are counted in these: the
// source of record of denominators. It knows only days that a definition names.
func (s *Set) Residents(pack *region.Pack, b *Book) *Book {
	var all []Observation
	seen := map[Ref]bool{}
	for _, o := range b.all {
		d := s.byID[o.Ref.Indicator]
		if d == nil || d.Unit != unitResidents || o.Ref.View != Level || seen[o.Ref] {
			continue
		}
		seen[o.Ref] = true
		day := d.VintageOf(o.Ref.Period)
		if persons, vintage, ok := pack.Population(o.Ref.Region, day); ok && vintage == day {
			value, _ := decimal.Of(persons).Quo(decimal.Of(10_000))
			all = append(all, Observation{Ref: o.Ref, Value: value, Places: d.Places, Unit: d.Unit, Vintage: vintage, Where: pack.PopulationSource(vintage)})
		}
	}
	return NewBook(all)
}
