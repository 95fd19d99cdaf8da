package server

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/coverage"
	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/record"
	"onewindow/internal/sample"
)

// editionSource is the source of the invented register of an edition.
const editionSource = "sample-edition"

// The indicators whose printed numbers the invented register agrees with.
const (
	validInventions = "patent.valid_invention"
	grants          = "patent.grants"
	marks           = "gi.trademark.stock"
	newMarks        = "gi.trademark.new"
	products        = "gi.product.stock"
	worksRegistered = "copyright.works_registered"
)

// invented is an edition for which a register is invented.
type invented struct {
	title string // such as "Jiangsu 2020 (sample)"
	sample.Edition
}

// varied is the label of the load of the varied part.
func (e *invented) varied() string { return e.label("varied") }

func (e *invented) label(part string) string { return e.title + ": " + part }

// edition reads how many of what the printed edition of the region has, nil where there
// is no edition.
func (s *Server) edition() (*invented, error) {
	printed, err := indicator.LoadEdition(s.config.Defs, s.editionID())
	if ierr.KindOf(err) == ierr.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	e := &invented{
		title: fmt.Sprintf("%s %d (sample)", s.pack.Title("en"), editionYear),
		Edition: sample.Edition{
			Year: editionYear, Inventions: map[sample.Cell]int{}, Marks: map[string]int{}, Products: map[string]int{},
			Works: map[int]map[string]int{}, Other: s.pack.Other(),
		},
	}
	for _, o := range printed.Book.Observations() {
		r := o.Ref
		n, err := strconv.Atoi(o.Value.String())
		d := s.indicators.Definition(r.Indicator)
		if err != nil || r.View != indicator.Level || d == nil {
			continue
		}
		if scheme := s.indicators.Schemes[d.Rows]; scheme != nil {
			e.count(r, n, scheme)
		}
		switch whole := r.Region == s.pack.Code(); {
		case whole && r.Indicator == grants && r.Parts.Get("type") == string(record.Invention):
			e.Granted = n
		case whole && r.Indicator == newMarks:
			e.NewMarks = n
		}
	}
	return e, nil
}

// count takes a number of a reporting unit.
func (e *invented) count(r indicator.Ref, n int, scheme *indicator.Scheme) {
	if !slices.Contains(scheme.Rows, r.Region) && r.Region != scheme.Other {
		return
	}
	switch r.Indicator {
	case validInventions:
		if holder := r.Parts.Get("holder"); holder != "" {
			e.Inventions[sample.Cell{Unit: r.Region, Holder: holder}] = n
		}
	case marks:
		e.Marks[r.Region] = n
	case products:
		e.Products[r.Region] = n
	case worksRegistered:
		year := int(r.Period.Year)
		if e.Works[year] == nil {
			e.Works[year] = map[string]int{}
		}
		e.Works[year][r.Region] = n
		e.Beside = scheme.Beside
	}
}

// filling knows how far the register of an edition has come.
type filling struct {
	mu      sync.Mutex
	edition *invented // nil where none is to be filled
	parts   []*filled
}

// filled is how far a part has come.
type filled struct {
	sample.Part
	beginning
}

func (f *filling) open(e *invented) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.edition = e
}

// Fill loads what the folder's sample has beside its varied part, and returns, when that
// is done, about how many entries were still to be loaded. What an earlier server began
// is gone on with.
func (s *Server) Fill(ctx context.Context) (loaded int, err error) {
	edition := s.filling.edition
	if edition == nil {
		return 0, nil
	}
	all, err := sample.Parts(s.pack, edition.Edition, sampleRights, sampleSeed)
	if err != nil {
		return loaded, err
	}
	parts := make([]*filled, len(all))
	for i, p := range all {
		parts[i] = &filled{Part: p}
		if parts[i].beginning, err = s.begun(ctx, edition.label(p.Name)); err != nil {
			return loaded, err
		}
	}
	s.filling.mu.Lock()
	s.filling.parts = parts
	s.filling.mu.Unlock()
	for _, p := range parts {
		if p.beginning != (beginning{}) {
			continue
		}
		job, err := s.startPart(ctx, p)
		if err != nil {
			return loaded, err
		}
		s.filling.set(p, beginning{job: job})
	}
	for _, p := range parts {
		if p.job == 0 {
			continue
		}
		loaded += p.Records
		if err := s.jobs.ended(ctx, p.job); err != nil {
			return loaded, err
		}
		s.filling.set(p, beginning{done: true})
	}
	return loaded, nil
}

func (f *filling) set(p *filled, b beginning) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p.beginning = b
}

// startPart writes a part's files and starts their load.
func (s *Server) startPart(ctx context.Context, p *filled) (job int64, err error) {
	paths, err := p.Write(s.folder.Samples())
	if err != nil {
		return 0, err
	}
	j, err := s.jobs.Start(ctx, api.Work{Load: &v1.StartLoad{
		Paths: paths, Label: s.filling.edition.label(p.Name), Source: editionSource, By: sampleSource, Coverage: s.covers(p.Name),
	}})
	return j.ID, err
}

// covers says of what the register holds everything once a part is loaded: of the works
// of a year, and of what ended rights up to the end of the edition's year, or to the last
// notice.
func (s *Server) covers(part string) []v1.Cover {
	end := date.Of(editionYear, 12, 31)
	cover := func(to date.Date, happenings []coverage.Happening, kinds ...record.Kind) v1.Cover {
		c := v1.Cover{Complete: true, Ground: sampleGround}
		if to != 0 {
			c.To = to.String()
		}
		for _, h := range happenings {
			c.Happenings = append(c.Happenings, string(h))
		}
		for _, k := range kinds {
			c.Kinds = append(c.Kinds, string(k))
		}
		return c
	}
	known := []coverage.Happening{coverage.Filings, coverage.Publications, coverage.Grants}
	ends := []coverage.Happening{coverage.LegalStatus}
	switch part {
	case "indications":
		return []v1.Cover{cover(0, known, record.Indication, record.Trademark), cover(end, ends, record.Indication, record.Trademark)}
	case "inventions":
		return []v1.Cover{cover(0, known, record.Invention), cover(sample.Known(editionYear), ends, record.Invention)}
	case "annuities":
		return []v1.Cover{cover(end, []coverage.Happening{coverage.Annuities}, record.Invention)}
	}
	year, _ := strconv.Atoi(strings.TrimPrefix(part, "works-"))
	c := cover(0, known[1:], record.Work)
	c.From, c.To = date.Of(year, 1, 1).String(), date.Of(year, 12, 31).String()
	return []v1.Cover{c}
}

// Filling tells how many entries of the sample are loaded, of how many; both are 0 when
// nothing more is to come.
func (s *Server) Filling(ctx context.Context) (done, total int64) {
	f := &s.filling
	f.mu.Lock()
	defer f.mu.Unlock()
	left := false
	for _, p := range f.parts {
		total += int64(p.Records)
		switch {
		case p.done:
			done += int64(p.Records)
			continue
		case p.job != 0:
			if state, err := s.jobs.Get(ctx, p.job); err == nil {
				done += min(state.Units, int64(p.Records))
			}
		}
		left = true
	}
	if !left {
		return 0, 0
	}
	return done, total
}
