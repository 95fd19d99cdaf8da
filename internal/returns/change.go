package returns

import "onewindow/internal/indicator"

// Change is a number that differs between two revisions of a return. One that a
// revision has not is nil.
type Change struct {
	Ref           indicator.Ref
	Before, After *Value
}

// Changes lists the numbers that differ between two revisions, or are meant otherwise,
// in the order of the later one; what it has no longer comes last.
func Changes(before, after *Return) []Change {
	old := map[indicator.Ref]*Value{}
	for i := range before.Values {
		old[before.Values[i].Ref] = &before.Values[i]
	}
	var out []Change
	for i := range after.Values {
		v := &after.Values[i]
		was := old[v.Ref]
		delete(old, v.Ref)
		if was == nil || !was.Value.Equal(v.Value) || was.Qualifier != v.Qualifier {
			out = append(out, Change{v.Ref, was, v})
		}
	}
	for i := range before.Values {
		if v := &before.Values[i]; old[v.Ref] != nil {
			out = append(out, Change{v.Ref, v, nil})
		}
	}
	return out
}
