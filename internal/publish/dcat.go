package publish

import (
	"io"

	"onewindow/internal/paper"
)

// writeDCAT describes the edition and its files as a catalogue (DCAT 3, as JSON-LD).
func writeDCAT(e *Edition, _ *paper.Document, w io.Writer) error {
	files, err := e.Files()
	if err != nil {
		return err
	}
	type text struct {
		Value string `json:"@value"`
		Lang  string `json:"@language"`
	}
	var titles, abouts, publishers []text
	for _, d := range e.Made.Docs {
		titles = append(titles, text{d.Title, d.Lang})
		abouts = append(abouts, text{e.about(d), d.Lang})
		publishers = append(publishers, text{d.Publisher, d.Lang})
	}
	var distributions []map[string]any
	for _, f := range files {
		x := map[string]any{
			"@type": "dcat:Distribution", "dct:title": f.Name, "dcat:mediaType": f.Format.Media, "dct:format": f.Format.ID,
			"dcat:downloadURL": map[string]string{"@id": f.Name},
		}
		if f.Format.PerLang {
			x["dct:language"] = f.doc.Lang
		}
		distributions = append(distributions, x)
	}
	publisher := map[string]any{"@type": "foaf:Agent", "foaf:name": publishers}
	return writeJSON(w, map[string]any{
		"@context": map[string]string{
			"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
			"adms": "http://www.w3.org/ns/adms#", "xsd": "http://www.w3.org/2001/XMLSchema#",
		},
		"@type": "dcat:Catalog", "@id": fileBase(e), "dct:title": titles, "dct:description": abouts, "dct:publisher": publisher, "dct:language": e.langs(),
		"dcat:dataset": []map[string]any{{
			"@type": "dcat:Dataset", "@id": e.Name(), "dct:identifier": e.Name(), "dct:title": titles, "dct:description": abouts, "dct:publisher": publisher,
			"dct:issued":        map[string]string{"@value": e.Released.String(), "@type": "xsd:date"},
			"dct:temporal":      map[string]any{"@type": "dct:PeriodOfTime", "dcat:startDate": e.Made.Paper.Period.First().String(), "dcat:endDate": e.Made.Paper.Period.Last().String()},
			"dcat:version":      e.N,
			"adms:status":       string(e.Status),
			"dcat:keyword":      []string{"intellectual property", "知识产权"},
			"dcat:distribution": distributions,
		}},
	})
}
