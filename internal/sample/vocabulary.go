package sample

import (
	_ "embed"
	"fmt"

	"onewindow/internal/definition"
)

//go:embed vocabulary.yaml
var vocabularyYAML []byte

// vocabulary is the stock of invented words that sample patents are made of.
// Pairs hold the Chinese word first, then the English one.
type vocabulary struct {
	Lines []struct {
		Weight int
		IPC    []string
		Zh, En string
	}
	Features, Forms, Effects, Parts [][2]string
	Designs                         []struct{ Locarno, Zh, En string }
	Trades, Brands, Schools         []string
	Institutes, Bodies              []string
	Surnames, Given, Streets        []string

	// Of the register of an edition.
	Makers, Ventures, Universities []string
	Academies, Offices, Elsewhere  []string
	Genres                         []genre
	Produce                        []product
}

// genre is a sort of works; the letter is the one of their registration numbers.
type genre struct {
	Letter, Type string
	Weight       int
	Titles       []string
}

// product is a product of geographical indication.
type product struct {
	Name, Nice, Goods, Class string
	Weight                   int
}

func loadVocabulary() (*vocabulary, error) {
	var v vocabulary
	if err := definition.Decode(vocabularyYAML, &v); err != nil {
		return nil, fmt.Errorf("sample/vocabulary.yaml: %w", err)
	}
	for name, n := range map[string]int{
		"lines": len(v.Lines), "features": len(v.Features), "forms": len(v.Forms), "effects": len(v.Effects),
		"parts": len(v.Parts), "designs": len(v.Designs), "trades": len(v.Trades), "brands": len(v.Brands),
		"schools": len(v.Schools), "institutes": len(v.Institutes), "bodies": len(v.Bodies),
		"surnames": len(v.Surnames), "given": len(v.Given), "streets": len(v.Streets),
		"makers": len(v.Makers), "ventures": len(v.Ventures), "universities": len(v.Universities), "academies": len(v.Academies),
		"offices": len(v.Offices), "elsewhere": len(v.Elsewhere), "genres": len(v.Genres), "produce": len(v.Produce),
	} {
		if n == 0 {
			return nil, fmt.Errorf("sample/vocabulary.yaml: no %s", name)
		}
	}
	return &v, nil
}
