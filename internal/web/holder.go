package web

import (
	"context"
	"net/http"
	"net/url"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
)

// Holders is what the pages ask about those who hold rights.
type Holders interface {
	// Parties returns the parties that a name, an identifier or an id may mean,
	// the likeliest first; without a name those with most rights.
	Parties(ctx context.Context, lang, name string) ([]PartyRef, error)
	// Party returns one party with what it holds and what falls due next. Errors:
	// NotFound, and Conflict where several bear the name.
	Party(ctx context.Context, lang, id string) (Holder, error)
}

// PartyRef names a party.
type PartyRef struct {
	ID, Name string
	Place    string // of a name that counts only with it
	Rights   int    // that name it, about
}

// Holder is a party and what it holds.
type Holder struct {
	PartyRef
	Type      string   // of holder
	Idents    []string // unified social credit codes
	Names     []PartyName
	Addresses []PartyAddress
	Parent    *PartyRef
	Branches  []PartyRef
	Query     string // finds what it holds or applied for
	Holds     int64  // exactly
	Facets    []Facet
	States    []Tally // of the rights that were looked at, as of On
	Due       []Due   // the soonest first
	On        date.Date
	Examined  int  // rights whose life was computed
	Near      bool // they are those whose filing has its anniversary soon; else all
	Latest    []Item
}

// PartyName is one name of a party and why it is one of its names.
type PartyName struct {
	Text, Lang, Place string
	Rights            int
	Since, Until      string // months, "2019-07"; "" where no day is known
	Why               string // the rule that joined it, "" for the only name
	Confidence        float64
	With              string
}

// PartyAddress is where a party was.
type PartyAddress struct {
	Text, Place  string
	Rights       int
	Since, Until string
}

// Due is something that falls due for one of a party's rights.
type Due struct {
	ID            int64
	Number, Title string
	Step
}

// MaxName is how many characters a name that is looked for may have.
const MaxName = 100

// shownDue is how many steps stand open; the others unfold.
const shownDue = 12

// partiesPage is the body of the page that looks for parties.
type partiesPage struct {
	Name    string
	Parties []PartyRef
}

// holderPage is the body of the page of one party.
type holderPage struct {
	Holder
	Bars   []facetView
	States []bar
	Open   []Due
	Folded []Due
}

func serveParties(v *visit) error {
	name, err := v.text("name", MaxName)
	if err != nil {
		return err
	}
	body := partiesPage{Name: name}
	if body.Parties, err = v.site.Register.Parties(v.ctx(), v.lang, name); err != nil {
		return err
	}
	return v.render(http.StatusOK, "parties", page{Section: "parties", Title: v.print.T("web.parties.title", nil), NoIndex: name != "", Body: body})
}

// serveParty shows a party. Under another of its ids or a name of its own the page
// leads to the one under its id, under a name of several to the list of them.
func serveParty(v *visit) error {
	id := v.r.PathValue("id")
	if len([]rune(id)) > MaxName {
		return ierr.New(ierr.Invalid, "web.long", ierr.Args{"name": "id", "limit": MaxName})
	}
	h, err := v.site.Register.Party(v.ctx(), v.lang, id)
	if ierr.KindOf(err) == ierr.Conflict {
		return v.redirect("/" + v.lang + "/parties?" + url.Values{"name": {id}}.Encode())
	}
	if err != nil {
		return err
	}
	if h.ID != id {
		return v.redirect(partyURL(v.lang, h.ID))
	}
	body := holderPage{Holder: h, Bars: facetViews(Results{Facets: h.Facets}), States: barsOf(h.States)}
	cut := min(len(h.Due), shownDue)
	body.Open, body.Folded = h.Due[:cut], h.Due[cut:]
	return v.render(http.StatusOK, "party", page{Section: "parties", Title: clip(h.Name, 80), Quick: true, Body: body})
}

func partyURL(lang, id string) string { return "/" + lang + "/parties/" + url.PathEscape(id) }
