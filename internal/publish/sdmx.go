package publish

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"onewindow/internal/paper"
)

// The structure that figures are data of.
const (
	sdmxAgency    = "ONEWINDOW"
	sdmxFlow      = "FIGURES"
	sdmxVersion   = "1.0"
	sdmxStructure = sdmxAgency + ":" + sdmxFlow + "(" + sdmxVersion + ")"
)

// sdmxDimensions are the dimensions of the structure, with their concepts.
var sdmxDimensions = []struct{ id, message string }{
	{"INDICATOR", "paper.sdmx.indicator"}, {"REF_AREA", "paper.sdmx.area"}, {"PART", "paper.sdmx.part"}, {"VIEW", "paper.sdmx.view"}, {"TIME_PERIOD", "paper.sdmx.period"},
}

// sdmxAttributes are the attributes of an observation.
var sdmxAttributes = []string{"OBS_STATUS", "UNIT_MEASURE", "DECIMALS", "QUALIFIER", "ORIGIN", "DEFINITION", "COMMENT_OBS"}

// key returns the codes of a row, one a dimension.
func (r *statRow) key() []string {
	ref := r.figure.Ref
	return []string{ref.Indicator, ref.Region, r.part, r.view, ref.Period.String()}
}

// attributes returns the values of a row's attributes, "" where it has none.
func (r *statRow) attributes() []string {
	comment := r.why
	if m := r.sampleMark(); m != "" {
		comment = strings.TrimSpace(m + " " + comment)
	}
	return []string{r.obsStatus(), r.figure.Unit, strconv.Itoa(r.figure.Places), string(r.figure.Qualifier), r.origin, r.figure.Definition, comment}
}

// writeSDMXCSV writes the figures as SDMX-CSV 2.0.
func writeSDMXCSV(e *Edition, d *paper.Document, w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"STRUCTURE", "STRUCTURE_ID", "ACTION"}
	for _, x := range sdmxDimensions {
		head = append(head, x.id)
	}
	head = append(append(head, "OBS_VALUE"), sdmxAttributes...)
	if err := out.Write(head); err != nil {
		return err
	}
	for _, r := range e.statRows(d) {
		row := append([]string{"dataflow", sdmxStructure, "I"}, r.key()...)
		if err := out.Write(append(append(row, r.value), r.attributes()...)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// sdmxComponent is a dimension, measure or attribute of an SDMX-JSON structure.
type sdmxComponent struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Names       map[string]string `json:"names"`
	KeyPosition *int              `json:"keyPosition,omitempty"`
	Roles       []string          `json:"roles,omitempty"`
	Values      []sdmxValue       `json:"values,omitempty"`

	index map[string]int
}

type sdmxValue struct {
	ID    string            `json:"id,omitempty"`
	Name  string            `json:"name,omitempty"`
	Names map[string]string `json:"names,omitempty"`
}

// place returns the place of a code among the values, adding it where it is new.
func (c *sdmxComponent) place(code string, names map[string]string, lang string) int {
	if i, ok := c.index[code]; ok {
		return i
	}
	i := len(c.Values)
	c.index[code] = i
	c.Values = append(c.Values, sdmxValue{ID: code, Name: names[lang], Names: names})
	return i
}

// writeSDMXJSON writes the figures as an SDMX-JSON 2.0 data message, with names in all
// languages.
func writeSDMXJSON(e *Edition, d *paper.Document, w io.Writer) error {
	var dims, attributes []*sdmxComponent
	for i, x := range sdmxDimensions {
		dims = append(dims, &sdmxComponent{ID: x.id, Name: e.say(d).T(x.message, nil), Names: e.inAll(x.message), KeyPosition: &i, index: map[string]int{}})
	}
	dims[len(dims)-1].Roles = []string{"TIME_PERIOD"}
	for _, id := range sdmxAttributes {
		attributes = append(attributes, &sdmxComponent{ID: id, Name: id, Names: map[string]string{d.Lang: id}, index: map[string]int{}})
	}
	others := map[string][]statRow{}
	for _, o := range e.Made.Docs {
		others[o.Lang] = e.statRows(o)
	}
	observations := map[string][]any{}
	for _, r := range e.statRows(d) {
		key := make([]string, len(dims))
		for k, code := range r.key() {
			key[k] = strconv.Itoa(dims[k].place(code, e.codeNames(sdmxDimensions[k].id, code), d.Lang))
		}
		value := any(nil)
		if r.value != "" {
			value = json.RawMessage(r.value)
		}
		row := []any{value}
		for k, v := range r.attributes() {
			if v == "" {
				row = append(row, nil)
				continue
			}
			row = append(row, attributes[k].place(v, map[string]string{d.Lang: v}, d.Lang))
		}
		observations[strings.Join(key, ":")] = row
	}
	structure := map[string]any{
		"name": d.Title, "dataSets": []int{0},
		"links":      []map[string]string{{"rel": "dataflow", "urn": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=" + sdmxStructure}},
		"dimensions": map[string]any{"dataSet": []any{}, "series": []any{}, "observation": dims},
		"measures":   map[string]any{"dataSet": []any{}, "series": []any{}, "observation": []sdmxComponent{{ID: "OBS_VALUE", Name: "Observation value", Names: map[string]string{"en": "Observation value"}}}},
		"attributes": map[string]any{"dataSet": []any{}, "series": []any{}, "observation": attributes},
	}
	return writeJSON(w, map[string]any{
		"meta": map[string]any{
			"schema": "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json",
			"id":     e.Name(), "prepared": e.Released.String() + "T00:00:00Z", "test": d.Sample, "contentLanguages": e.langs(),
			"sender": map[string]any{"id": sdmxAgency, "name": d.Publisher},
		},
		"data": map[string]any{
			"dataSets":   []map[string]any{{"structure": 0, "action": "Information", "observations": observations}},
			"structures": []any{structure},
		},
	})
}

// inAll returns a message in every language of the edition.
func (e *Edition) inAll(message string) map[string]string {
	out := map[string]string{}
	for _, d := range e.Made.Docs {
		out[d.Lang] = e.say(d).T(message, nil)
	}
	return out
}

func (e *Edition) langs() []string {
	var out []string
	for _, d := range e.Made.Docs {
		out = append(out, d.Lang)
	}
	return out
}

// codeNames names a code of a dimension in every language.
func (e *Edition) codeNames(dimension, code string) map[string]string {
	out := map[string]string{}
	for _, d := range e.Made.Docs {
		m := e.Makers[d.Lang]
		name := code
		switch dimension {
		case "INDICATOR":
			if x := m.Set.Definition(code); x != nil {
				name = nameIn(x.Names, d.Lang, code)
			}
		case "REF_AREA":
			name = m.Place(code, d.Lang)
		case "PART":
			name = e.partName(d, code)
		case "VIEW":
			name = m.ViewName(viewOf(code))
		}
		out[d.Lang] = name
	}
	return out
}
