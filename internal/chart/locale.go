package chart

import (
	"onewindow/internal/decimal"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// In returns the locale of a printer: its language, its numbers, and the words of
// charts from its catalogue.
func In(p *i18n.Printer) Locale {
	number := func(n decimal.Number, places int) string { return p.Decimal(n.Text(places)) }
	return Locale{
		Lang:   p.Lang(),
		Number: number,
		Percent: func(share decimal.Number, places int) string {
			return p.T("chart.percent", ierr.Args{"n": number(share.Mul(decimal.Of(100)), places)})
		},
		Sample:  p.T("chart.sample", nil),
		Absent:  p.T("chart.absent", nil),
		Areas:   func(n int) string { return p.T("chart.areas", ierr.Args{"n": n}) },
		Borders: p.T("chart.borders", nil),
		NoMap:   p.T("chart.no-map", nil),
		Apart:   p.T("chart.apart", nil),
		List:    p.List,
		Joined: func(label, value string) string {
			return p.T("chart.joined", ierr.Args{"label": label, "value": value})
		},
	}
}
