package web

// pager leads through the pages of a list.
type pager struct {
	Page, Pages    int
	Previous, Next string // addresses, "" at the ends
	First          string // address, "" when near
	Cut            bool   // there is more than can be paged through
}

// pager returns the way through a list of total items, nil when one page holds
// them all.
func (v *visit) pager(at int, total int64, address func(page int) string) *pager {
	pages := int(min((total+PageSize-1)/PageSize, MaxPage+1))
	p := &pager{Page: at, Pages: min(pages, MaxPage), Cut: pages > MaxPage}
	if p.Pages <= 1 && at == 1 {
		return nil
	}
	if at > 1 {
		p.Previous = address(min(at-1, max(p.Pages, 1)))
	}
	if at > 2 {
		p.First = address(1)
	}
	if at < p.Pages {
		p.Next = address(at + 1)
	}
	return p
}
