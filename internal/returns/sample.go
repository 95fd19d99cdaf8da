package returns

import (
	"bytes"
	"errors"
	"io/fs"

	"onewindow/internal/indicator"
)

// Transcribed reads the returns that stand for what a printed edition states and no
// register holds: a file a form, returns/<form>.csv in the edition's folder. The note
// of each number is the section that it is printed in. Forms without a file are left
// out.
func Transcribed(fsys fs.FS, edition string, p indicator.Period, forms []*Form) ([]Return, error) {
	var out []Return
	for _, f := range forms {
		b, err := fs.ReadFile(fsys, indicator.EditionsFolder+"/"+edition+"/returns/"+f.ID+".csv")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		values, err := ReadCSV(bytes.NewReader(b), p, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, Return{Form: f.ID, Period: p, CutOff: p.Last(), Source: edition, Values: values})
	}
	return out, nil
}
