package web

// shownValues is how many values of a facet stand open; the others unfold.
const shownValues = 8

// facetView is a facet with its bars.
type facetView struct {
	ID      string
	Title   string // a message
	Several bool
	Open    []bar
	Folded  []bar
}

// bar is a value with the length of its bar in hundredths of the longest.
type bar struct {
	Tally
	Length int
}

// facetViews prepares the facets that have values.
func facetViews(r Results) []facetView {
	var views []facetView
	for _, f := range r.Facets {
		if len(f.Values) == 0 {
			continue
		}
		bars := barsOf(f.Values)
		open := min(len(bars), shownValues)
		if len(bars) == shownValues+1 {
			open++ // unfolding a single value is not worth a line
		}
		views = append(views, facetView{f.ID, "web.facet." + f.ID, f.Several, bars[:open], bars[open:]})
	}
	return views
}

// barsOf measures values against the greatest. What is not zero shows.
func barsOf(values []Tally) []bar {
	var most int64 = 1
	for _, t := range values {
		most = max(most, t.N)
	}
	bars := make([]bar, len(values))
	for i, t := range values {
		length := int((t.N*100 + most - 1) / most)
		bars[i] = bar{t, length}
	}
	return bars
}
