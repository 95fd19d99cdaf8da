package classify

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"onewindow/internal/region"
)

// form is how an address names a place.
type form uint8

const (
	full    form = iota // 昆山市
	short               // 昆山
	alias               // 昆山开发区, a name for the unit wherever it stands
	local               // 高新区, directly after its city
	town                // 玉山镇, which only one unit of the city has
	country             // 日本
)

// townLevel stands below counties: a town gives its county.
const townLevel region.Level = 4

// place is one meaning of a name.
type place struct {
	code  string       // GB/T 2260, or ST.3 of a country
	unit  *region.Unit // of the pack, nil outside of it
	form  form
	level region.Level // 0 for a country
	zone  bool
}

// province returns the first two digits of the code.
func (p *place) province() string {
	if p.level == 0 {
		return ""
	}
	return p.code[:2]
}

// city returns the first four digits of the code, empty for a province.
func (p *place) city() string {
	if p.level < region.CityLevel {
		return ""
	}
	return p.code[:4]
}

// gazetteer knows the places of the pack and those that are told from them.
type gazetteer struct {
	pack      *region.Pack
	places    []place
	han       *trie
	latin     *trie                   // keys folded by foldLatin
	postcodes map[string]*region.Unit // prefix of the pack
	blocks    map[string]string       // two digits to province code
	cities    map[string]*region.Unit // by the first four digits
}

func newGazetteer(pack *region.Pack, fsys fs.FS) (*gazetteer, error) {
	g := &gazetteer{pack: pack, postcodes: map[string]*region.Unit{}, blocks: map[string]string{}, cities: map[string]*region.Unit{}}
	b := &gazetteerBuilder{g: g}
	b.units()
	if err := b.china(fsys); err != nil {
		return nil, err
	}
	if err := b.countries(fsys); err != nil {
		return nil, err
	}
	err := region.ReadTable(fsys, "regions/postcodes.csv", []string{"prefix", "province"}, func(row []string) error {
		if len(row[0]) != 2 || len(row[1]) != 6 {
			return fmt.Errorf("a block needs two digits and a province's code")
		}
		g.blocks[row[0]] = row[1]
		return nil
	})
	if err != nil {
		return nil, err
	}
	g.han, g.latin = newTrie(b.han), newTrie(b.latin)
	return g, nil
}

// gazetteerBuilder collects the names of places.
type gazetteerBuilder struct {
	g          *gazetteer
	han, latin []entry
}

// add gives a place a name, in Chinese or in Latin letters. A single character
// names no place: it stands in too many words.
func (b *gazetteerBuilder) add(name string, p place) {
	if utf8.RuneCountInString(name) < 2 {
		return
	}
	b.g.places = append(b.g.places, p)
	e := entry{name, int32(len(b.g.places) - 1)}
	if name[0] < utf8.RuneSelf {
		e.key = foldLatin(name)
		b.latin = append(b.latin, e)
		return
	}
	b.han = append(b.han, e)
}

// units adds the pack's own units and towns.
func (b *gazetteerBuilder) units() {
	pack := b.g.pack
	for _, u := range pack.Units() {
		p := place{code: u.Code, unit: u, level: u.Level(), zone: u.Kind == region.Zone}
		as := func(f form) place { p := p; p.form = f; return p }
		for lang, name := range u.Names {
			if u.Kind == region.Zone {
				b.add(name, as(alias))
				continue
			}
			b.add(name, as(full))
			if s := region.Short(name); lang == "zh" && s != name && !b.cityBears(u, s) {
				b.add(s, as(short))
			}
		}
		for _, name := range u.Former {
			b.add(name, as(full))
		}
		for _, name := range u.Aliases {
			b.add(name, as(alias))
		}
		for _, name := range u.Local {
			b.add(name, as(local))
		}
		for _, prefix := range u.Postcodes {
			b.g.postcodes[prefix] = u
		}
		if u.Kind == region.City {
			b.g.cities[u.Code[:4]] = u
		}
	}
	for _, t := range pack.Towns() {
		u := pack.Unit(t.Unit)
		b.add(t.Name, place{code: u.Code, unit: u, form: town, level: townLevel})
	}
}

// cityBears reports whether the city of a unit has the same short name, as
// 淮安市 has that of 淮安区: then it means the city.
func (b *gazetteerBuilder) cityBears(u *region.Unit, name string) bool {
	parent := b.g.pack.Unit(u.Parent)
	return parent != nil && parent.Kind == region.City && region.Short(parent.Names["zh"]) == name
}

// china adds the places outside the pack's province.
func (b *gazetteerBuilder) china(fsys fs.FS) error {
	all, err := region.LoadChina(fsys)
	if err != nil {
		return err
	}
	own := b.g.pack.Code()[:2]
	for _, c := range all {
		if c.Code[:2] == own {
			continue
		}
		p := place{code: c.Code, level: c.Level()}
		b.add(c.Name, p)
		if c.Short != "" && c.Short != c.Name {
			p.form = short
			b.add(c.Short, p)
		}
		if c.En != "" {
			p.form = full
			b.add(c.En, p)
		}
	}
	return nil
}

// countries adds the names of countries.
func (b *gazetteerBuilder) countries(fsys fs.FS) error {
	return region.ReadTable(fsys, "classes/countries.csv", []string{"code", "zh", "en"}, func(row []string) error {
		if len(row[0]) != 2 || row[1] == "" {
			return fmt.Errorf("a country needs a code of two letters and a Chinese name")
		}
		for _, column := range row[1:] {
			for name := range strings.SplitSeq(column, "|") {
				b.add(name, place{code: row[0], form: country})
			}
		}
		return nil
	})
}

// postcode returns the unit of the pack that a postcode belongs to, and the
// province that it lies in; nil and "" where nothing is known.
func (g *gazetteer) postcode(code string) (*region.Unit, string) {
	if len(code) != 6 {
		return nil, ""
	}
	for i := range len(code) {
		if code[i] < '0' || code[i] > '9' {
			return nil, ""
		}
	}
	province := g.blocks[code[:2]]
	for n := len(code); n >= 2; n-- {
		if u := g.postcodes[code[:n]]; u != nil {
			return u, province
		}
	}
	return nil, province
}
