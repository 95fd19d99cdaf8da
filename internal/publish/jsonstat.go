package publish

import (
	"encoding/json"
	"io"
	"strconv"

	"onewindow/internal/paper"
)

// jsonStat is a dataset or a collection of JSON-stat 2.0.
type jsonStat struct {
	Version   string                `json:"version,omitempty"`
	Class     string                `json:"class"`
	Label     string                `json:"label,omitempty"`
	Source    string                `json:"source,omitempty"`
	Updated   string                `json:"updated,omitempty"`
	Note      []string              `json:"note,omitempty"`
	ID        []string              `json:"id,omitempty"`
	Size      []int                 `json:"size,omitempty"`
	Role      map[string][]string   `json:"role,omitempty"`
	Dimension map[string]jsonAxis   `json:"dimension,omitempty"`
	Value     []json.RawMessage     `json:"value,omitempty"`
	Status    map[string]string     `json:"status,omitempty"`
	Extension map[string]any        `json:"extension,omitempty"`
	Link      map[string][]jsonStat `json:"link,omitempty"`
}

type jsonAxis struct {
	Label    string       `json:"label"`
	Category jsonCategory `json:"category"`
}

type jsonCategory struct {
	Index []string            `json:"index"`
	Label map[string]string   `json:"label"`
	Unit  map[string]jsonUnit `json:"unit,omitempty"`
}

type jsonUnit struct {
	Label    string `json:"label"`
	Decimals int    `json:"decimals"`
}

// writeJSONStat writes the tables and pictures of an edition as a collection of
// datasets (JSON-stat 2.0).
func writeJSONStat(e *Edition, d *paper.Document, w io.Writer) error {
	out := jsonStat{Version: "2.0", Class: "collection", Label: d.Title, Source: d.Publisher, Updated: e.Released.String(), Link: map[string][]jsonStat{}}
	if d.Sample {
		out.Note = []string{e.about(d)}
	}
	for _, t := range d.Tables {
		out.Link["item"] = append(out.Link["item"], e.dataset(d, t))
	}
	for _, c := range d.Charts {
		out.Link["item"] = append(out.Link["item"], e.dataset(d, c.Grid(e.say(d))))
	}
	return writeJSON(w, out)
}

// dataset makes a dataset of a table: a dimension of its rows and one of its columns.
func (e *Edition) dataset(d *paper.Document, t *paper.Table) jsonStat {
	rows := jsonAxis{Label: t.Stub, Category: jsonCategory{Label: map[string]string{}}}
	columns := jsonAxis{Label: e.say(d).T("paper.figure", nil), Category: jsonCategory{Label: map[string]string{}, Unit: map[string]jsonUnit{}}}
	out := jsonStat{
		Version: "2.0", Class: "dataset", Label: paper.Plain(t.Title), Source: d.Publisher, Updated: e.Released.String(),
		ID: []string{"row", "measure"}, Size: []int{len(t.Rows), len(t.Columns)}, Role: map[string][]string{"metric": {"measure"}},
		Note: t.Notes, Status: map[string]string{}, Extension: map[string]any{"table": t.ID, "sample": d.Sample},
	}
	for i, r := range t.Rows {
		id := "r" + strconv.Itoa(i+1)
		rows.Category.Index = append(rows.Category.Index, id)
		rows.Category.Label[id] = r.Name
		for _, c := range r.Cells {
			n, ok := c.Figure.Published()
			if !ok {
				out.Status[strconv.Itoa(len(out.Value))] = "M"
				out.Value = append(out.Value, json.RawMessage("null"))
				continue
			}
			if c.Figure.Qualifier != "" {
				out.Status[strconv.Itoa(len(out.Value))] = string(c.Figure.Qualifier)
			}
			out.Value = append(out.Value, json.RawMessage(n.Text(c.Figure.Places)))
		}
	}
	for i, c := range t.Columns {
		id := "m" + strconv.Itoa(i+1)
		columns.Category.Index = append(columns.Category.Index, id)
		columns.Category.Label[id] = c.Head
		unit := c.Unit
		if unit == "" {
			unit = t.Unit
		}
		if len(t.Rows) > 0 && unit != "" {
			columns.Category.Unit[id] = jsonUnit{unit, t.Rows[0].Cells[i].Figure.Places}
		}
	}
	out.Dimension = map[string]jsonAxis{"row": rows, "measure": columns}
	return out
}
