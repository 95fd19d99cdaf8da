package sample

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/source/cnipa"
	"onewindow/internal/source/gazettecsv"
)

// Places returns where invented holders of a pack's province live: its counties
// in force, by the residents of their cities.
func Places(pack *region.Pack) []Place {
	var out []Place
	for _, u := range pack.Units() {
		if u.Level() != region.CountyLevel || u.Kind == region.Zone || !u.Valid(0) {
			continue
		}
		city := pack.Unit(pack.City(u.Code))
		if city == nil {
			continue
		}
		p := Place{Code: u.Code, CityCode: city.Code, Province: pack.Title("zh"), City: city.Names["zh"], County: u.Names["zh"], Weight: 10}
		if persons, _, ok := pack.Population(city.Code, 0); ok {
			p.Weight = 1 + int(persons/100_000)/len(pack.Children(city.Code))
		}
		for _, from := range [][]string{u.Postcodes, city.Postcodes} {
			if p.Postcode == "" && len(from) > 0 {
				p.Postcode = (from[0] + "000000")[:6]
			}
		}
		out = append(out, p)
	}
	return out
}

// Write writes n invented rights into dir as official files would bring them: an
// archive of the office's XML for inventions and utility models, and tables of
// the gazette, with the damage that real ones show, for grants and designs. It
// returns the files' paths.
func Write(dir string, pack *region.Pack, n int, seed uint64) ([]string, error) {
	rights, err := Rights(Places(pack), n, seed)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	xml, tables := split(rights)
	paths := []string{filepath.Join(dir, "sample-"+pack.ID()+"-xml.zip")}
	if err := writeFile(paths[0], func(w io.Writer) error { return writeArchive(w, xml) }); err != nil {
		return nil, err
	}
	for _, t := range []struct {
		name    string
		docs    []*record.Document
		options gazettecsv.Options
	}{
		{"inventions-granted", tables["B"], gazettecsv.Options{SpreadsheetDigits: 6, LostSpaces: true}},
		{"designs-granted", tables["S"], gazettecsv.Options{SwapColumns: true}},
	} {
		path := filepath.Join(dir, "sample-"+pack.ID()+"-"+t.name+".csv")
		if err := writeFile(path, func(w io.Writer) error { return writeTable(w, t.docs, t.options) }); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// split deals documents out to the files that they stand in, by day.
func split(rights iter.Seq[Right]) (xml []*record.Document, tables map[string][]*record.Document) {
	tables = map[string][]*record.Document{}
	for r := range rights {
		for _, d := range r.Documents {
			if d.Code == "A" || d.Code == "U" {
				xml = append(xml, d)
			} else {
				tables[d.Code] = append(tables[d.Code], d)
			}
		}
	}
	byDay := func(a, b *record.Document) int { return int(a.Published) - int(b.Published) }
	slices.SortStableFunc(xml, byDay)
	for _, docs := range tables {
		slices.SortStableFunc(docs, byDay)
	}
	return xml, tables
}

func writeFile(path string, write func(io.Writer) error) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	return write(f)
}

func writeArchive(w io.Writer, docs []*record.Document) error {
	z := zip.NewWriter(w)
	// People wait for it: quick packing is good enough, and all members take turns at one
	// packer, whose tables are large.
	packer, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		return err
	}
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		packer.Reset(w)
		return packer, nil
	})
	for _, d := range docs {
		f, err := z.Create(fmt.Sprintf("%d/%s.xml", d.Published.Year(), d.DocID()))
		if err != nil {
			return err
		}
		if err := cnipa.Write(f, d); err != nil {
			return err
		}
	}
	return z.Close()
}

func writeTable(w io.Writer, docs []*record.Document, o gazettecsv.Options) error {
	t := gazettecsv.NewWriter(w, o)
	for i, d := range docs {
		if err := t.Write(d); err != nil {
			return err
		}
		if i%97 == 11 { // some rows stand twice, as in real gazettes
			if err := t.Write(d); err != nil {
				return err
			}
		}
	}
	return t.Flush()
}
