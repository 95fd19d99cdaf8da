package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
)

// recordPage is the body of the page of one record.
type recordPage struct {
	Record
	Heading    TextValue   // the title in the reader's language, else in another
	SubTitles  []TextValue // the other titles
	Number     string      // of the newest publication
	Published  date.Date   // of the newest publication
	Principal  string      // first holder, else first applicant
	Region     string
	Rows       []row
	Abstracts  []cell
	Findings   []findingView
	Events     []eventView
	Versions   []versionView
	Doubts     []flagView
	Repairs    []flagView
	Disputes   []dispute
	IDText     string
	Here       string // the page's own address, as of now
	OnInput    string
	KnownInput string
}

// eventView is an event with its sources.
type eventView struct {
	Event
	Sources sources
}

// versionView is a version in words.
type versionView struct {
	Version
	URL    string // the record as it was known in that state
	Fields []Change
}

// flagView is a flag with its meaning and all the places that it stands at.
type flagView struct {
	Meaning string
	Places  []Flag
}

// findingView is a finding with the name of what was found.
type findingView struct {
	Finding
	Title string // a message
}

// dispute names a field on which sources of equal standing disagree.
type dispute struct {
	Label  string
	Anchor string
}

func serveRecord(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	at, err := v.then()
	if err != nil {
		return err
	}
	r, err := v.site.Register.Record(v.ctx(), v.lang, id, at)
	if err != nil {
		return err
	}
	body := v.recordPage(r)
	if at.On != 0 {
		body.OnInput = at.On.String()
	}
	body.KnownInput = at.Known
	title := body.Number
	if body.Heading.Text.Text != "" {
		title = clip(body.Heading.Text.Text, 80) + " · " + body.Number
	}
	return v.render(http.StatusOK, "record", page{Section: "search", Title: title, Quick: true, NoIndex: r.At != nil, Body: body})
}

// then reads the times as of which a record is to be shown.
func (v *visit) then() (Then, error) {
	on, err := v.day("on")
	if err != nil {
		return Then{}, err
	}
	known, err := v.text("known", MaxNumber)
	return Then{on, known}, err
}

// serveNumber leads from a number in any spelling to its record.
func serveNumber(v *visit) error {
	number := strings.TrimSpace(v.r.PathValue("number"))
	if number == "" || len([]rune(number)) > MaxNumber {
		return ierr.New(ierr.Invalid, "web.long", ierr.Args{"name": "number", "limit": MaxNumber})
	}
	id, err := v.site.Register.Number(v.ctx(), number)
	if err != nil {
		return err
	}
	to := recordURL(v.lang, id)
	if at := keep(v.r.URL.Query(), "on", "known"); at != "" {
		to += "?" + at
	}
	return v.redirect(to)
}

// keep encodes those of the named parameters that are set.
func keep(q url.Values, names ...string) string {
	kept := url.Values{}
	for _, name := range names {
		if s := q.Get(name); s != "" {
			kept.Set(name, s)
		}
	}
	return kept.Encode()
}

// recordPage prepares what the page shows of a record.
func (v *visit) recordPage(r Record) recordPage {
	b := &biblio{v: v}
	p := recordPage{Record: r, Here: recordURL(v.lang, r.ID), IDText: strconv.FormatInt(r.ID, 10)}
	if len(r.Titles) > 0 {
		p.Heading, p.SubTitles = r.Titles[0], r.Titles[1:]
	}
	if len(r.Documents) > 0 {
		p.Number, p.Published = r.Documents[0].Number, r.Documents[0].Published
	}
	for _, role := range []record.Role{record.Applicant, record.Holder} {
		for i := len(r.Parties) - 1; i >= 0; i-- {
			if r.Parties[i].Role == role && len(r.Parties[i].Names) > 0 {
				p.Principal = nearest(v.lang, r.Parties[i].Names).Text
			}
		}
	}
	for _, a := range r.Abstracts {
		p.Abstracts = append(p.Abstracts, b.text("57", a))
	}
	b.dispute(b.label("57"), "abstract", p.Abstracts)
	p.Rows = b.rows(r)
	p.Disputes = b.disputes
	for _, f := range r.Findings {
		if f.Subject == "region" {
			p.Region = f.Label
		}
		p.Findings = append(p.Findings, findingView{f, "web.facet." + f.Subject})
	}
	for _, e := range r.Events {
		p.Events = append(p.Events, eventView{e, b.sources(e.Label, e.Stated)})
	}
	for _, version := range r.Versions {
		p.Versions = append(p.Versions, v.versionView(p.Here, version))
	}
	for _, f := range r.Flags {
		list := &p.Doubts
		if f.Repaired {
			list = &p.Repairs
		}
		meaning := v.flagText(f.Code)
		i := slices.IndexFunc(*list, func(g flagView) bool { return g.Meaning == meaning })
		if i < 0 {
			i, *list = len(*list), append(*list, flagView{Meaning: meaning})
		}
		(*list)[i].Places = append((*list)[i].Places, f)
	}
	return p
}

// versionView puts a version in words; here is the address of its record.
func (v *visit) versionView(here string, version Version) versionView {
	state := strconv.FormatInt(version.State, 10)
	view := versionView{
		Version: version,
		URL:     here + "?" + url.Values{"known": {"state:" + state}}.Encode(),
	}
	for _, change := range version.Changes {
		change.Field = v.fieldName(change.Field)
		view.Fields = append(view.Fields, change)
	}
	return view
}

// nearest returns the text in the reader's language, else the first.
func nearest(lang string, texts []record.Text) record.Text {
	for _, t := range texts {
		if otherLang(lang, t.Lang) == "" {
			return t
		}
	}
	if len(texts) == 0 {
		return record.Text{}
	}
	return texts[0]
}

// fieldName names a field of a change: its message, or its own name when the
// catalogues have none.
func (v *visit) fieldName(field string) string {
	if key := "field." + field; v.print.Has(key) {
		return v.print.T(key, nil)
	}
	return field
}

// flagText says what a flag means.
func (v *visit) flagText(code string) string {
	if key := "flag." + code; v.print.Has(key) {
		return v.print.T(key, nil)
	}
	return v.print.T("web.flag.other", ierr.Args{"code": code})
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}
