package indicator

import "context"

// Counted evaluates the figures of a book and returns those that rest on records and
// on the region's own data alone, each once: what the register, as the source of
// record, says of them. What rests on a return is left out: it may be what the book
// was taken from.
func (e *Evaluator) Counted(ctx context.Context, b *Book) (*Book, error) {
	var out []Observation
	seen := map[Ref]bool{}
	for _, o := range b.all {
		if seen[o.Ref] {
			continue
		}
		seen[o.Ref] = true
		f, err := e.Figure(ctx, o.Ref)
		if err != nil {
			return nil, err
		}
		if f.Value != nil && f.ofRecords() {
			out = append(out, Observation{Ref: o.Ref, Value: *f.Value, Places: f.Places, Unit: f.Unit, Vintage: f.Vintage, Where: f.Query})
		}
	}
	return NewBook(out), nil
}

// ofRecords tells whether a figure rests on no return.
func (f *Figure) ofRecords() bool {
	switch f.Origin {
	case FromRegister, FromPack:
		return true
	case Derived:
		for _, x := range f.Inputs {
			if !x.ofRecords() {
				return false
			}
		}
		return len(f.Inputs) > 0
	}
	return false
}
