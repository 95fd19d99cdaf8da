package sample

import (
	"io"
	"strconv"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// writeAnnuities writes the last annuity that was paid by the end of the year for each
// invention in force, but for those whose fees up to then were paid with the grant.
func (g *grants) writeAnnuities(out io.Writer) error {
	t := newTable(out, "专利号", "年度", "缴费日期", "有效至")
	g.varied(func(d *record.Document) { g.annuity(t, d) })
	years := g.begin()
	for y := g.Year - grantYears - older; y <= g.Year; y++ {
		err := g.each(y, years[y], func(d *record.Document, f fate) error {
			if f <= ended || f == away {
				g.annuity(t, d)
			}
			return t.err
		})
		if err != nil {
			return err
		}
	}
	return t.flush()
}

// annuity writes the last annuity of an invention: that of the year from its filing
// which runs at the end of the edition's year.
func (g *grants) annuity(t *table, d *record.Document) {
	filed := d.Application.Filed
	year := yearFrom(filed, date.Of(g.Year, 12, 31))
	if year <= yearFrom(filed, d.Published) {
		return
	}
	due := filed.AddMonths(12 * (year - 1))
	paid := due.AddDays(-3 - int(filed)%40)
	t.row(d.Application.Number, strconv.Itoa(year), paid.String(), due.AddMonths(12).AddDays(-1).String())
}

// yearFrom returns in which year from filing a day falls, the first is 1.
func yearFrom(filed, on date.Date) int {
	n := 1
	for filed.AddMonths(12*n) <= on {
		n++
	}
	return n
}
