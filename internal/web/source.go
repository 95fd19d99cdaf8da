package web

import (
	"net/http"
	"strconv"
	"time"

	"onewindow/internal/account"
	"onewindow/internal/ierr"
)

// Source is who delivers files, in short.
type Source struct {
	ID         string
	Name       string
	Offices    []string // codes of ST.3, * for any
	Deliveries int64    // that stand
	LastIssue  string   // a day, "" where none is known
	Missing    int64    // issues that should be there
	Complete   int64    // complete declarations that hold
}

// SourceDetail is a source with its deliveries and declarations.
type SourceDetail struct {
	Source
	About       string
	Licence     string
	Kinds       []string // names
	Formats     []string
	MissingDays []string // the oldest missing issues
	Expected    []Bound
	Loads       []Delivery // the newest first
	Declared    []Declaration
}

// Bound is what is expected of a file or a delivery, in words.
type Bound struct {
	Delivery    bool // of all files of a load together
	What, Range string
}

// Delivery is the part of a load that belongs to a source, as counted before it was
// read.
type Delivery struct {
	Load                                         int64
	Status                                       Status
	Begun                                        time.Time
	Files, Entries, Documents, Rejected, Flagged int64
	Issues                                       []string // days
}

// Expectation holds what is expected of a source against what was counted.
type Expectation struct {
	Source, SourceID string
	File             string // "" for all files of the source
	What, Met, Range string
	Breach           bool
}

// Declaration is what somebody answers for.
type Declaration struct {
	ID         int64
	Source     string
	SourceID   string
	Load       int64 // 0: about all of the source
	Complete   bool
	Kinds      []string
	Happenings []string
	Regions    []string // names; none: everywhere
	From, To   string   // days, "" where open
	Ground     string
	State      int64 // from which it counts, 0 while its load is not read to the end
	Ended      int64 // the state that ended it
	EndedFor   string
}

func serveSources(v *visit) error {
	list, err := v.site.Register.Sources(v.ctx(), v.lang)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "sources", page{Section: "loads", Title: v.print.T("web.sources.title", nil), Quick: true, Body: list})
}

func serveSource(v *visit) error {
	s, err := v.site.Register.Source(v.ctx(), v.lang, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "source", page{Section: "loads", Title: s.Name, Quick: true, Body: s})
}

// decisionForm asks whoever decides about a held load for the reason.
func (v *visit) decisionForm(id int64, accept bool) *form {
	name := "refuse"
	if accept {
		name = "accept"
	}
	return v.newForm(name, "/"+v.lang+"/loads/"+strconv.FormatInt(id, 10)+"/"+name, "web.load."+name,
		&field{Name: "reason", Label: "web.load.reason", Hint: "web.load.reason-hint", Kind: kindLines, Limit: 500})
}

// decides tells whether the reader may decide about held loads.
func (v *visit) decides() bool {
	p, ok := account.PersonOf(v.ctx())
	return ok && p.May(account.Accept)
}

// decide takes the form that accepts or refuses a held load.
func decide(accept bool) func(*visit) error {
	return func(v *visit) error {
		id, err := v.id()
		if err != nil {
			return err
		}
		f := v.decisionForm(id, accept)
		if err := v.read(f); err != nil {
			return err
		}
		if f.ok() {
			err := v.site.Register.Decide(v.ctx(), id, accept, f.value("reason"))
			if err == nil {
				key := "load-refused"
				if accept {
					key = "load-accepted"
				}
				v.flash(key, map[string]string{"load": strconv.FormatInt(id, 10)})
				return v.seeOther("/" + v.lang + "/loads/" + strconv.FormatInt(id, 10))
			}
			if !f.rejected("", err) {
				return err
			}
			if ierr.KindOf(err) == ierr.NotFound {
				return err
			}
		}
		p, err := v.loadPage(id, 1)
		if err != nil {
			return err
		}
		body := p.Body.(loadPage)
		if body.Failed = f; accept {
			body.Accept = f
		} else {
			body.Refuse = f
		}
		p.Body = body
		return v.again(http.StatusUnprocessableEntity, "load", f, p)
	}
}
