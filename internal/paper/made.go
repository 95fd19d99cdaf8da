package paper

import "context"

// Made is a paper with the figures of one state, in all its languages.
type Made struct {
	Paper  *Paper
	Docs   []*Document // by the order of the makers
	Report *Report
}

// Make makes a paper in the language of each maker that it is written in, and checks
// it. The makers share their figures.
func Make(ctx context.Context, p *Paper, makers []*Maker) (*Made, error) {
	out := &Made{Paper: p}
	for _, m := range makers {
		if p.Texts[m.Say.Lang()] == nil {
			continue
		}
		d, err := m.Make(ctx, p)
		if err != nil {
			return nil, err
		}
		out.Docs = append(out.Docs, d)
	}
	var err error
	out.Report, err = makers[0].Check(ctx, p, out.Docs)
	return out, err
}
