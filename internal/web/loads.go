package web

import (
	"fmt"
	"net/http"
	"strconv"

	"onewindow/internal/ierr"
)

// loadsPage is the body of the list of loads.
type loadsPage struct {
	Loads []Load
	Pager *pager
}

func serveLoads(v *visit) error {
	n, err := v.pageNumber()
	if err != nil {
		return err
	}
	loads, total, err := v.site.Register.Loads(v.ctx(), v.lang, n, PageSize)
	if err != nil {
		return err
	}
	path := "/" + v.lang + "/loads"
	body := loadsPage{loads, v.pager(n, total, func(page int) string { return path + "?page=" + strconv.Itoa(page) })}
	return v.render(http.StatusOK, "loads", page{Section: "loads", Title: v.print.T("web.loads.title", nil), Quick: true, Body: body})
}

// loadPage is the body of the page of one load.
type loadPage struct {
	LoadDetail
	Files []fileView
	First int // number of the first rejected entry on the page
	Pager *pager

	Accept, Refuse *form // for those who may decide, while it is held
	Failed         *form // the one of them that was not taken
}

// fileView is a file with its size in words.
type fileView struct {
	LoadFile
	SizeText string
}

func serveLoad(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	n, err := v.pageNumber()
	if err != nil {
		return err
	}
	p, err := v.loadPage(id, n)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "load", p)
}

// loadPage makes the page of a load, with its rejected entries from page n on.
func (v *visit) loadPage(id int64, n int) (page, error) {
	load, err := v.site.Register.Load(v.ctx(), v.lang, id, n, PageSize)
	if err != nil {
		return page{}, err
	}
	path := fmt.Sprintf("/%s/loads/%d", v.lang, id)
	body := loadPage{LoadDetail: load, First: 1 + (n-1)*PageSize}
	for _, f := range load.FileList {
		body.Files = append(body.Files, fileView{f, size(f.Size)})
	}
	body.Pager = v.pager(n, load.Rejected-load.RejectsCut, func(page int) string { return path + "?page=" + strconv.Itoa(page) + "#rejects" })
	title := v.print.T("web.load.title", ierr.Args{"id": strconv.FormatInt(id, 10)})
	if load.Status == Held && v.decides() {
		body.Accept, body.Refuse = v.decisionForm(id, true), v.decisionForm(id, false)
	}
	return page{Section: "loads", Title: title, Quick: true, Body: body}, nil
}

// size writes a number of bytes in the unit that suits it, powers of 1024.
func size(n int64) string {
	if n < 1024 {
		return strconv.FormatInt(n, 10) + " B"
	}
	value, unit := float64(n)/1024, 0
	for ; value >= 1024 && unit < 3; unit++ {
		value /= 1024
	}
	return strconv.FormatFloat(value, 'f', 1, 64) + " " + [...]string{"KiB", "MiB", "GiB", "TiB"}[unit]
}
