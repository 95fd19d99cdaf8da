package st96

import (
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/record"
)

// patent writes a PatentPublication. Claims, which ST.96 asks for beside an
// abstract, are not written: a register has none.
func (w *xmlWriter) patent(d *record.Document) {
	lang := defaultLanguage(d.Office)
	if len(d.Titles) > 0 {
		lang = d.Titles[0].Lang
	}
	w.root("PatentPublication", "pat", "Patent", "com:languageCode", lang, "com:creationDate", d.Issued.String(), "com:documentPublicationDate", d.Published.String())
	defer w.end()
	w.leaf("com:IPOfficeCode", d.Office)
	w.in("pat:BibliographicData", func() { w.bibliography(d) }, "com:st96Version", version)
	for _, t := range d.Abstracts {
		w.in("pat:Abstract", func() {
			for _, line := range strings.Split(t.Text, "\n") {
				w.leaf("com:P", line)
			}
		}, "com:languageCode", t.Lang)
	}
	w.in("pat:Drawings", func() {
		for _, i := range d.Images {
			if i.Use == "drawing" {
				w.in("pat:PageImage", func() {
					w.leaf("com:ImageFormatCategory", i.Format)
					w.leaf("com:FileName", i.Name)
				})
			}
		}
	})
}

func (w *xmlWriter) bibliography(d *record.Document) {
	if d.Number != "" {
		w.patentIdentification(record.Filing{Office: d.Office, Number: d.Number, Code: d.Code, Date: d.Published})
	}
	own := record.Filing{Office: d.Office, Number: writtenApplication(d), Date: d.Application.Filed}
	w.applicationIdentification(own, func() { w.leaf("pat:InventionSubjectMatterCategory", "Utility") })
	w.in("pat:PriorityClaimBag", func() {
		for i, f := range filings(d, record.RelPriority) {
			w.in("pat:PriorityClaim", func() {
				w.leaf("com:IPOfficeCode", f.Office)
				w.in("com:ApplicationNumber", func() { w.leaf("com:ApplicationNumberText", f.Number) })
				w.day("pat:FilingDate", f.Date)
			}, "com:sequenceNumber", place(i))
		}
	})
	w.patentClasses(d)
	w.in("pat:InventionTitleBag", func() {
		for _, t := range d.Titles {
			w.leaf("pat:InventionTitle", t.Text, "com:languageCode", t.Lang)
		}
	})
	w.in("pat:ReferenceCitationBag", func() {
		for i, line := range d.Cited {
			w.in("pat:ReferenceCitation", func() { w.citation(i, line) })
		}
	})
	if d.Claims > 0 {
		w.leaf("pat:ClaimTotalQuantity", strconv.Itoa(d.Claims))
	}
	w.in("pat:RelatedDocumentBag", func() { w.related(d, own) })
	w.patentParties(d)
	w.international(d)
	w.in("pat:StateDesignation", func() { w.designated(d) })
	if d.Gazette != "" {
		w.in("pat:PublicAvailabilityDataBag", func() {
			w.in("pat:GazetteReference", func() {
				w.leaf("pat:GazetteNumber", d.Gazette)
				w.day("com:PublicationDate", d.Published)
			})
		})
	}
	w.day("pat:PCTNationalPhaseEntryDate", dayOf(d, record.DayNational))
}

// writtenApplication is the application number as it is written: as the source
// has it, else normalised.
func writtenApplication(d *record.Document) string {
	if d.Application.Raw != "" {
		return d.Application.Raw
	}
	return d.Application.Number
}

// filings returns the filings of a relation in order.
func filings(d *record.Document, relation string) []record.Filing {
	return slices.DeleteFunc(slices.Clone(d.Filings), func(f record.Filing) bool { return f.Relation != relation })
}

func (w *xmlWriter) applicationIdentification(f record.Filing, more func()) {
	w.in("pat:ApplicationIdentification", func() {
		w.leaf("com:IPOfficeCode", f.Office)
		w.in("com:ApplicationNumber", func() { w.leaf("com:ApplicationNumberText", f.Number) })
		if more != nil {
			more()
		}
		w.day("pat:FilingDate", f.Date)
	})
}

func (w *xmlWriter) patentIdentification(f record.Filing) {
	w.in("pat:PatentPublicationIdentification", func() {
		w.leaf("com:IPOfficeCode", f.Office)
		w.leaf("pat:PublicationNumber", f.Number)
		w.leaf("com:PatentDocumentKindCode", f.Code)
		w.day("com:PublicationDate", f.Date)
	})
}

// citation writes one printed line: a patent document in its parts where it has
// them, else as text.
func (w *xmlWriter) citation(i int, line string) {
	c, ok := parseCitation(line)
	if !ok {
		w.in("com:NPLCitation", func() { w.leaf("com:NPLCitationText", line) }, "com:sequenceNumber", place(i))
		return
	}
	w.in("com:PatentCitation", func() { w.citedDocument(c) }, "com:sequenceNumber", place(i))
}

func (w *xmlWriter) citedDocument(c citation) {
	w.in("com:CitedPatentDocumentIdentification", func() {
		w.leaf("com:IPOfficeCode", c.office)
		w.leaf("com:DocumentNumber", c.number)
		w.leaf("com:EntityName", c.by)
		w.leaf("com:PatentDocumentKindCode", c.code)
		w.leaf("com:PatentDocumentDate", c.day)
	})
}

// related writes the documents that this one rests on, by relation, own being
// its own filing.
func (w *xmlWriter) related(d *record.Document, own record.Filing) {
	done := ""
	for _, rel := range relations {
		if rel.relation == done {
			continue // another element for the same relation, which is only read
		}
		done = rel.relation
		for _, f := range filings(d, rel.relation) {
			w.in("pat:"+rel.element, func() {
				w.in("pat:ParentDocument", func() { w.identification(func() { w.numbered(f) }) })
				w.in("pat:ChildDocument", func() { w.identification(func() { w.applicationIdentification(own, nil) }) })
			})
		}
	}
	for _, f := range filings(d, record.RelProvision) {
		w.in("pat:ProvisionalApplication", func() { w.identification(func() { w.numbered(f) }) })
	}
	for _, f := range filings(d, record.RelEarlier) {
		w.in("pat:RelatedPublication", func() { w.identification(func() { w.patentIdentification(f) }) })
	}
}

// numbered writes a filing that is an application, or a publication where it has
// a kind code.
func (w *xmlWriter) numbered(f record.Filing) {
	if f.Code != "" {
		w.patentIdentification(f)
		return
	}
	w.applicationIdentification(f, nil)
}

func (w *xmlWriter) identification(content func()) { w.in("pat:PatentDocumentIdentification", content) }

func (w *xmlWriter) patentParties(d *record.Document) {
	list := func(bag, each string, role record.Role) {
		w.in(bag, func() {
			for i, p := range byRole(d.Parties, role) {
				w.in(each, func() {
					w.leaf("com:PartyIdentifier", p.Ident)
					w.published(p)
				}, "com:sequenceNumber", place(i))
			}
		})
	}
	w.in("pat:PartyBag", func() {
		list("pat:ApplicantBag", "pat:Applicant", record.Applicant)
		list("pat:InventorBag", "pat:Inventor", record.Inventor)
		w.in("pat:RegisteredPractitionerBag", func() {
			for i, p := range byRole(d.Parties, record.Agency, record.Agent) {
				w.in("pat:RegisteredPractitioner", func() {
					w.leaf("pat:RegisteredPractitionerRegistrationNumber", p.Ident)
					w.leaf("pat:RegisteredPractitionerCategory", "Agent")
					w.published(p)
				}, "com:sequenceNumber", place(i))
			}
		})
		list("pat:AssigneeBag", "pat:Assignee", record.Holder)
	})
}

// international writes the first PCT filing and its publication.
func (w *xmlWriter) international(d *record.Document) {
	w.in("pat:InternationalFilingData", func() {
		if list := filings(d, record.RelPCT); len(list) > 0 {
			w.applicationIdentification(list[0], nil)
		}
		if list := filings(d, record.RelNational); len(list) > 0 {
			w.day("pat:NationalStageFilingDate", list[0].Date)
		}
	})
	w.in("pat:InternationalPublishingData", func() {
		if list := filings(d, record.RelPCTPub); len(list) > 0 {
			w.identification(func() { w.patentIdentification(list[0]) })
		}
	})
}

// designated writes the designated offices, of a European patent as a region.
func (w *xmlWriter) designated(d *record.Document) {
	element := "pat:NationalDesignation"
	if d.Office == "EP" {
		element = "pat:RegionalDesignation"
	}
	w.in(element, func() {
		for i, code := range factsOf(d, record.FactDesignated) {
			if i == 0 && d.Office == "EP" {
				w.leaf("pat:RegionalOfficeCode", d.Office)
			}
			w.leaf("com:DesignatedCountryCode", code.Text)
		}
	})
}

// factsOf returns the facts of a name in order.
func factsOf(d *record.Document, name string) []record.Fact {
	return slices.DeleteFunc(slices.Clone(d.Facts), func(f record.Fact) bool { return f.Name != name })
}
