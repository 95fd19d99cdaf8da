package region

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Place is a province, prefecture or county of the country.
type Place struct {
	Code  string // GB/T 2260
	Name  string // Chinese
	Short string // as addresses shorten it, may be empty
	En    string // may be empty
}

// Level returns how deep the place stands, by its code.
func (p Place) Level() Level {
	switch {
	case strings.HasSuffix(p.Code, "0000"):
		return ProvinceLevel
	case strings.HasSuffix(p.Code, "00"):
		return CityLevel
	}
	return CountyLevel
}

// LoadChina reads regions/china.csv: the places of the whole country, which tell
// a place outside the province from one within.
func LoadChina(fsys fs.FS) ([]Place, error) {
	var all []Place
	err := ReadTable(fsys, dir+"/china.csv", []string{"code", "name", "short", "en"}, func(row []string) error {
		if !unitForm.MatchString(row[0]) || row[1] == "" {
			return errors.New("a place needs six digits and a name")
		}
		all = append(all, Place{row[0], row[1], row[2], row[3]})
		return nil
	})
	return all, err
}

func loadTowns(fsys fs.FS, name string, p *Pack) ([]Town, error) {
	if path.Base(name) != name {
		return nil, fmt.Errorf("%s/%s.yaml: towns: %q is not a file of the same folder", dir, p.id, name)
	}
	var all []Town
	err := ReadTable(fsys, dir+"/"+name, []string{"code", "name", "unit"}, func(row []string) error {
		if row[1] == "" || p.byCode[row[2]] == nil {
			return fmt.Errorf("town %s has no name, or %q is no unit of the pack", row[0], row[2])
		}
		all = append(all, Town{row[0], row[1], row[2]})
		return nil
	})
	return all, err
}

// maxTable bounds a table of the definitions, in bytes.
const maxTable = 16 << 20

// ReadTable reads a CSV file of the definitions, in UTF-8, with the given heads;
// lines that begin with # are comments. It calls row for every row and names
// file and line in every error.
func ReadTable(fsys fs.FS, file string, heads []string, row func([]string) error) error {
	f, err := fsys.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxTable+1))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if len(b) > maxTable {
		return fmt.Errorf("%s: longer than %d bytes", file, maxTable)
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comment = '#'
	r.FieldsPerRecord = len(heads)
	first := true
	for {
		fields, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		line, _ := r.FieldPos(0)
		if first {
			if !slices.Equal(fields, heads) {
				return fmt.Errorf("%s:%d: the heads are not %s", file, line, strings.Join(heads, ","))
			}
			first = false
			continue
		}
		if err := row(fields); err != nil {
			return fmt.Errorf("%s:%d: %w", file, line, err)
		}
	}
	if first {
		return fmt.Errorf("%s: no heads", file)
	}
	return nil
}
