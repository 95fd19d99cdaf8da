package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// Papers are the editions that were published.
type Papers interface {
	// Editions lists the editions of a paper, of all papers for "", the newest first.
	Editions(ctx context.Context, lang, paper string) ([]v1.Edition, error)
	// Edition returns one edition. NotFound where there is none.
	Edition(ctx context.Context, lang, paper string, n int) (*v1.Edition, error)
	// EditionFile opens a file of an edition, as it was published, and names its media
	// type.
	EditionFile(ctx context.Context, paper string, n int, name string) (io.ReadCloser, string, error)
	// EditionPack writes the proof pack of an edition.
	EditionPack(ctx context.Context, paper string, n int, w io.Writer) error
	// EditionDiff tells what two editions differ in.
	EditionDiff(ctx context.Context, lang, paper string, from, to int) (*v1.EditionDiff, error)
}

// paperRoutes are the pages of papers.
func paperRoutes(page func(string, func(*visit) error) Route) []Route {
	return []Route{
		page("/{lang}/papers", withPapers(servePapers)),
		page("/{lang}/papers.atom", withPapers(serveFeed)),
		page("/{lang}/papers/{id}/{n}", withPapers(serveEdition)),
		page("/{lang}/papers/{id}/{n}/read", withPapers(serveReading)),
		page("/{lang}/papers/{id}/{n}/proof.zip", withPapers(servePack)),
		page("/{lang}/papers/{id}/{n}/files/{name}", withPapers(serveEditionFile)),
		page("/{lang}/papers/{id}/{n}/diff/{from}", withPapers(serveDiff)),
	}
}

// withPapers answers with NotFound where there are no papers.
func withPapers(serve func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		if v.site.Papers == nil {
			return ierr.New(ierr.NotFound, "web.page", nil)
		}
		return serve(v)
	}
}

func servePapers(v *visit) error {
	list, err := v.site.Papers.Editions(v.ctx(), v.lang, "")
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "papers", page{Section: "papers", Title: v.print.T("web.papers.title", nil), Quick: true, Body: list})
}

// edition finds the edition that the path names.
func (v *visit) edition() (*v1.Edition, error) {
	n, err := strconv.Atoi(v.r.PathValue("n"))
	if err != nil || n < 1 {
		return nil, ierr.New(ierr.NotFound, "web.page", nil)
	}
	return v.site.Papers.Edition(v.ctx(), v.lang, v.r.PathValue("id"), n)
}

// editionPage is the body of the page of an edition.
type editionPage struct {
	*v1.Edition
	Read  bool // it can be read in this language
	Files []editionLine
}

type editionLine struct {
	v1.EditionFile
	Label string
}

func serveEdition(v *visit) error {
	e, err := v.edition()
	if err != nil {
		return err
	}
	body := editionPage{Edition: e}
	for _, f := range e.Files {
		body.Read = body.Read || f.Format == formatHTML && f.Lang == v.lang
		body.Files = append(body.Files, editionLine{f, v.print.T("web.papers.format."+f.Format, nil)})
	}
	return v.render(http.StatusOK, "edition", page{Section: "papers", Title: e.Title, Quick: true, Body: body})
}

// formatHTML is the format that can be read in a browser.
const formatHTML = "html"

// scriptOf finds the script of a page that needs nothing else.
var scriptOf = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// serveReading shows an edition as it was published: its own page, with its own style
// and script and nothing from elsewhere.
func serveReading(v *visit) error {
	e, err := v.edition()
	if err != nil {
		return err
	}
	for _, f := range e.Files {
		if f.Format != formatHTML || f.Lang != v.lang {
			continue
		}
		r, _, err := v.site.Papers.EditionFile(v.ctx(), e.Paper, e.Edition, f.Name)
		if err != nil {
			return err
		}
		defer r.Close()
		b, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		h := v.w.Header()
		h.Set("Content-Security-Policy", readingPolicy(b))
		h.Set("Content-Type", "text/html; charset=utf-8")
		_, err = v.w.Write(b)
		return err
	}
	return ierr.New(ierr.NotFound, "web.page", nil)
}

// readingPolicy lets a page use its own style and its own script, known by its hash.
func readingPolicy(page []byte) string {
	policy := "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	if m := scriptOf.FindSubmatch(page); m != nil {
		sum := sha256.Sum256(m[1])
		policy += "; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return policy
}

func serveEditionFile(v *visit) error {
	e, err := v.edition()
	if err != nil {
		return err
	}
	name := v.r.PathValue("name")
	r, media, err := v.site.Papers.EditionFile(v.ctx(), e.Paper, e.Edition, name)
	if err != nil {
		return err
	}
	defer r.Close()
	v.w.Header().Set("Content-Type", media)
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err = io.Copy(v.w, r)
	return err
}

func servePack(v *visit) error {
	e, err := v.edition()
	if err != nil {
		return err
	}
	var b strings.Builder
	if err := v.site.Papers.EditionPack(v.ctx(), e.Paper, e.Edition, &b); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/zip")
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+e.Paper+"-"+strconv.Itoa(e.Edition)+`-proof.zip"`)
	_, err = io.WriteString(v.w, b.String())
	return err
}

func serveDiff(v *visit) error {
	e, err := v.edition()
	if err != nil {
		return err
	}
	from, err := strconv.Atoi(v.r.PathValue("from"))
	if err != nil || from < 1 {
		return ierr.New(ierr.NotFound, "web.page", nil)
	}
	d, err := v.site.Papers.EditionDiff(v.ctx(), v.lang, e.Paper, from, e.Edition)
	if err != nil {
		return err
	}
	title := v.print.T("web.papers.diff", ierr.Args{"from": from, "to": e.Edition})
	return v.render(http.StatusOK, "edition-diff", page{Section: "papers", Title: title, Quick: true, Body: diffPage{d, e.Title}})
}

type diffPage struct {
	*v1.EditionDiff
	Of string
}

// atomFeed is a feed of editions (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Link    atomLink    `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Summary string   `xml:"summary"`
	Link    atomLink `xml:"link"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr,omitempty"`
}

// serveFeed lists the editions as a feed.
func serveFeed(v *visit) error {
	list, err := v.site.Papers.Editions(v.ctx(), v.lang, "")
	if err != nil {
		return err
	}
	base := "/" + v.lang + "/papers"
	feed := atomFeed{Lang: v.lang, ID: "urn:onewindow:papers", Title: v.print.T("web.papers.title", nil), Updated: time.Unix(0, 0).UTC().Format(time.RFC3339), Link: atomLink{base + ".atom", "self"}}
	for i, e := range list {
		at := e.At.UTC().Format(time.RFC3339)
		if i == 0 {
			feed.Updated = at
		}
		summary := e.Status.Label
		if e.Sample {
			summary = v.print.T("web.sample.short", nil) + ". " + summary
		}
		feed.Entries = append(feed.Entries, atomEntry{
			ID: "urn:sha256:" + e.Hash, Title: e.Title + " (" + strconv.Itoa(e.Edition) + ")", Updated: at, Author: "OneWindow", Summary: summary + ". " + e.Reason,
			Link: atomLink{base + "/" + url.PathEscape(e.Paper) + "/" + strconv.Itoa(e.Edition), ""},
		})
	}
	v.w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	if _, err := io.WriteString(v.w, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(v.w).Encode(feed)
}
