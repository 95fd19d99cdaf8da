package api

import (
	"context"

	"onewindow/internal/api/v1"
	"onewindow/internal/indicator"
)

// countedEdition tells what the register says of the figures of a printed edition.
func (s *server) countedEdition(ctx context.Context, in *v1.PaperID) (*v1.CountedEdition, error) {
	printed, err := indicator.LoadEdition(s.Defs, in.ID)
	if err != nil {
		return nil, err
	}
	e, release, err := s.Evaluator(ctx, 0, 0)
	if err != nil {
		return nil, err
	}
	defer release()
	book, err := e.Counted(ctx, printed.Book)
	if err != nil {
		return nil, err
	}
	out := &v1.CountedEdition{Mark: s.mark(), State: e.Counter.State(), Figures: []v1.CountedFigure{}}
	for _, o := range book.Observations() {
		out.Figures = append(out.Figures, v1.CountedFigure{Figure: o.Ref.String(), Value: o.Value.Text(max(o.Places, 8)), Query: o.Where})
	}
	return out, nil
}
