package register

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/record"
)

// maxLinks is how many of the filings, and how many of the citations, of one right
// are looked up.
const maxLinks = 1000

// Links are the rights held here that a view names, by place in its lists; 0 where
// none is held.
type Links struct {
	Filings []int64
	Cited   []int64
}

// published are the relations whose numbers are those of publications.
var published = []string{record.RelFamily, record.RelEarlier, record.RelPCTPub}

// Links finds which of the filings and publications that a view names are held here
// now: members of its family, what it claims priority from, what it cites.
func (r *Register) Links(ctx context.Context, v *View) (Links, error) {
	out := Links{Filings: make([]int64, len(v.Filings)), Cited: make([]int64, len(v.Cited))}
	at := map[string][]*int64{}
	name := func(place *int64, keys []string) {
		for _, k := range keys {
			at[k] = append(at[k], place)
		}
	}
	for i := range v.Filings[:min(len(v.Filings), maxLinks)] {
		f := &v.Filings[i]
		switch {
		case f.Number == "":
		case slices.Contains(published, f.Relation):
			name(&out.Filings[i], publicationKeys(f.Office+f.Number))
		default:
			name(&out.Filings[i], applicationKeys(f.Office, f.Number))
		}
	}
	for i, c := range v.Cited[:min(len(v.Cited), maxLinks)] {
		if p, ok := record.CitedPublication(c); ok {
			name(&out.Cited[i], publicationKeys(p.String()))
		}
	}
	if len(at) == 0 {
		return out, nil
	}
	keys := make([]string, 0, len(at))
	for k := range at {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	known, err := r.store.Numbers(ctx, keys)
	for _, n := range known {
		for _, place := range at[n.Key] {
			if n.Right != v.ID {
				*place = n.Right
			}
		}
	}
	return out, err
}

// publicationKeys are the keys of a publication number, which may lack its kind code.
func publicationKeys(number string) []string {
	return slices.DeleteFunc(patentKeys(number), func(k string) bool { return k[:4] == "app:" })
}

// applicationKeys are the keys of an application; that of an international one is
// kept under WIPO, whichever office it was filed with.
func applicationKeys(office, number string) []string {
	if strings.HasPrefix(number, "PCT/") {
		office = "WO"
	}
	return []string{"app:" + office + number}
}
