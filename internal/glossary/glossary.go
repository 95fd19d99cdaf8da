// Package glossary tells what the codes of standards stand for: classes of the
// International Patent Classification, countries of WIPO ST.3 and places of
// GB/T 2260.
package glossary

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"onewindow/internal/region"
)

// Glossary holds the texts by code and language. It does not change and may be
// used by any number of goroutines.
type Glossary struct {
	classes map[string]texts // sections, classes and subclasses of the IPC
	places  map[string]texts // countries and organisations by two letters, places of China by six digits
}

// texts are texts by language.
type texts map[string]string

// symbol is a section, class or subclass.
var symbol = regexp.MustCompile(`^[A-H](\d\d[A-Z]?)?$`)

// Load reads classes/ipc_titles.csv, classes/countries.csv, classes/organisations.csv,
// regions/china.csv and classes/china_st3.csv. Faults are named with file and line.
func Load(fsys fs.FS) (*Glossary, error) {
	g := &Glossary{classes: map[string]texts{}, places: map[string]texts{}}
	err := region.ReadTable(fsys, "classes/ipc_titles.csv", []string{"symbol", "en", "zh"}, func(row []string) error {
		if !symbol.MatchString(row[0]) || row[1] == "" {
			return errors.New("a title needs a section, class or subclass and an English text")
		}
		if g.classes[row[0]] != nil {
			return fmt.Errorf("%s stands twice", row[0])
		}
		g.classes[row[0]] = texts{"en": row[1], "zh": row[2]}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("glossary: %w", err)
	}
	for _, file := range []string{"classes/countries.csv", "classes/organisations.csv"} {
		err = region.ReadTable(fsys, file, []string{"code", "zh", "en"}, func(row []string) error {
			zh, _, _ := strings.Cut(row[1], "|")
			en, _, _ := strings.Cut(row[2], "|")
			g.places[row[0]] = texts{"en": en, "zh": zh}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("glossary: %w", err)
		}
	}
	china, err := region.LoadChina(fsys)
	if err != nil {
		return nil, fmt.Errorf("glossary: %w", err)
	}
	for _, p := range china {
		g.places[p.Code] = texts{"en": p.En, "zh": p.Name}
	}
	err = region.ReadTable(fsys, "classes/china_st3.csv", []string{"code", "place", "zh", "en"}, func(row []string) error {
		names := texts{"en": row[3], "zh": row[2]}
		if row[1] != "" {
			names = g.places[row[1]]
		}
		if names["en"] == "" || names["zh"] == "" {
			return fmt.Errorf("%s has neither names nor a place in regions/china.csv", row[0])
		}
		g.places[row[0]] = names
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("glossary: %w", err)
	}
	return g, nil
}

// Class returns the title of the subclass that an IPC symbol belongs to and that
// subclass, else of its class, else of its section: the deepest that has a title
// in the language. Both are empty where none has.
func (g *Glossary) Class(of, lang string) (symbol, title string) {
	for _, n := range []int{4, 3, 1} {
		if len(of) < n {
			continue
		}
		if t := g.classes[of[:n]][lang]; t != "" {
			return of[:n], t
		}
	}
	return "", ""
}

// Place returns the name of a country or organisation (ST.3) or of a place of China (GB/T 2260)
// in a language, "" where there is none. A county or prefecture without a name
// in the language is told by the next wider place that has one.
func (g *Glossary) Place(code, lang string) string {
	for _, c := range wider(code) {
		if name := g.places[c][lang]; name != "" {
			return name
		}
	}
	return ""
}

// wider lists a code and those of the places around it.
func wider(code string) []string {
	if len(code) != 6 {
		return []string{code}
	}
	return []string{code, code[:4] + "00", code[:2] + "0000"}
}

// Classes lists the sections, classes and subclasses that have titles, in order.
func (g *Glossary) Classes() []string { return slices.Sorted(maps.Keys(g.classes)) }
