package st96

import (
	"slices"
	"strings"

	"onewindow/internal/record"
)

func (w *xmlWriter) trademarkApplication(d *record.Document) {
	w.root("TrademarkApplication", "tmk", "Trademark")
	defer w.end()
	w.in("tmk:TrademarkBag", func() {
		w.in("tmk:Trademark", func() { w.trademark(d) })
	})
}

// applicationNumber writes an application number with its office.
func (w *xmlWriter) applicationNumber(name, office, number string) {
	w.in(name, func() {
		if number != "" {
			w.leaf("com:IPOfficeCode", office)
		}
		w.leaf("com:ApplicationNumberText", number)
	})
}

func (w *xmlWriter) trademark(d *record.Document) {
	w.leaf("com:RegistrationOfficeCode", d.Office)
	w.applicationNumber("com:ApplicationNumber", d.Office, writtenApplication(d))
	w.leaf("com:RegistrationNumber", d.Number)
	w.day("com:ApplicationDate", d.Application.Filed)
	w.day("com:RegistrationDate", dayOf(d, record.DayRegistered))
	w.leaf("com:ApplicationLanguageCode", defaultLanguage(d.Office))
	w.day("com:ExpiryDate", dayOf(d, record.DayExpires))
	if s := d.Status; s != nil {
		code := s.Code
		if code == "" && s.Text != "" {
			code, _, _ = strings.Cut(s.Text, ": ")
		}
		w.leaf("tmk:MarkCurrentStatusCode", code)
		w.day("tmk:MarkCurrentStatusDate", s.Date)
	}
	w.in("tmk:DesignatedCountryBag", func() {
		for _, f := range factsOf(d, record.FactDesignated) {
			w.in("tmk:DesignatedCountry", func() { w.leaf("com:DesignatedCountryCode", f.Text) })
		}
	})
	if list := filings(d, record.RelDivisional); len(list) > 0 {
		w.in("tmk:DivisionalApplicationBag", func() {
			w.applicationNumber("tmk:InitialApplicationNumber", list[0].Office, list[0].Number)
			w.day("tmk:InitialApplicationDate", list[0].Date)
		})
	}
	w.sign(d)
	w.day("tmk:OppositionPeriodStartDate", dayOf(d, record.DayApproved))
	w.day("tmk:OppositionPeriodEndDate", dayOf(d, record.DayOpposable))
	w.in("tmk:GoodsServicesBag", func() { w.goods(d) })
	w.priorities("tmk:PriorityBag", "tmk:Priority", d)
	w.publications("tmk:PublicationBag", "tmk:Publication", d)
	w.in("tmk:ApplicantBag", func() {
		for i, p := range byRole(d.Parties, record.Applicant, record.Holder, record.Former) {
			w.in("tmk:Applicant", func() {
				w.leaf("com:PartyIdentifier", p.Ident)
				w.contacts(p)
				w.leaf("com:CommentText", string(p.Role))
			}, "com:sequenceNumber", place(i))
		}
	})
	w.representatives(d)
	w.markEvents(d)
	w.in("tmk:NationalTrademarkInformation", func() {
		if d.Status != nil && d.Status.Text != "" && !explained(d.Status) {
			text := d.Status.Text
			if d.Status.Code == "" {
				_, text, _ = strings.Cut(text, ": ")
			}
			w.leaf("tmk:MarkCurrentStatusExternalDescriptionText", text)
		}
		w.day("tmk:RenewalDate", dayOf(d, record.DayRenewed))
	})
	w.in("tmk:NationalFilingBasis", func() {
		w.day("tmk:FirstUsedDate", dayOf(d, record.DayFirstUse))
		w.day("tmk:FirstUsedCommerceDate", dayOf(d, record.DayFirstCommerce))
	})
}

// explained tells whether a status has no words beside its code.
func explained(s *record.Status) bool { return s.Code == "" && !strings.Contains(s.Text, ": ") }

// sign writes what the mark looks like.
func (w *xmlWriter) sign(d *record.Document) {
	m := d.Mark
	if m == nil {
		m = &record.Mark{}
	}
	for _, t := range m.Types {
		w.leaf("tmk:MarkCategory", theirs(markTypes, t))
	}
	w.in("tmk:MarkRepresentation", func() {
		w.leaf("tmk:MarkFeatureCategory", theirs(markForms, m.Form))
		w.in("tmk:MarkReproduction", func() {
			w.in("tmk:WordMarkSpecification", func() {
				for _, t := range m.Words {
					w.leaf("tmk:MarkVerbalElementText", t.Text, "com:languageCode", t.Lang)
				}
			})
			w.in("tmk:MarkImageBag", func() { w.pictures(d, m.Colours) })
		})
		w.in("tmk:MarkDescriptionBag", func() {
			for _, t := range m.Description {
				w.leaf("tmk:MarkDescriptionText", t.Text, "com:languageCode", t.Lang)
			}
		})
	})
	w.in("tmk:MarkDisclaimerBag", func() {
		for _, t := range m.Disclaimer {
			w.leaf("tmk:MarkDisclaimerText", t.Text, "com:languageCode", t.Lang)
		}
	})
}

// pictures writes the pictures of the mark; colours and figurative elements
// stand in the first one.
func (w *xmlWriter) pictures(d *record.Document, colours string) {
	list := slices.DeleteFunc(slices.Clone(d.Images), func(i record.Image) bool { return i.Use != "mark" })
	vienna := byScheme(d, record.Vienna)
	if len(list) == 0 && (colours != "" || len(vienna) > 0) {
		list = []record.Image{{Name: noImage}}
	}
	for i, picture := range list {
		w.in("tmk:MarkImage", func() {
			w.leaf("com:FileName", picture.Name)
			w.leaf("com:ImageFormatCategory", picture.Format)
			if i > 0 {
				return
			}
			w.leaf("tmk:MarkImageColourClaimedText", colours, "com:sequenceNumber", "1")
			w.in("tmk:MarkImageClassification", func() {
				w.in("com:FigurativeElementClassificationBag", func() {
					w.in("com:ViennaClassificationBag", func() {
						for _, c := range vienna {
							w.vienna(c.Symbol)
						}
					})
				})
			})
		})
	}
}

func (w *xmlWriter) vienna(symbol string) {
	names := [...]string{"com:ViennaCategory", "com:ViennaDivision", "com:ViennaSection"}
	w.in("com:ViennaClassification", func() {
		for i, part := range strings.SplitN(symbol, ".", len(names)) {
			w.leaf(names[i], part)
		}
	})
}

// goods writes goods, and classes of which nothing more is said.
func (w *xmlWriter) goods(d *record.Document) {
	for _, c := range byScheme(d, record.Nice) {
		if !slices.ContainsFunc(d.Goods, func(g record.Goods) bool { return g.Class == c.Symbol }) {
			w.in("tmk:GoodsServices", func() { w.goodsClasses([]string{c.Symbol}, nil) })
		}
	}
	for _, g := range d.Goods {
		w.in("tmk:GoodsServices", func() {
			w.goodsClasses([]string{g.Class}, g.Groups)
			w.in("tmk:NationalFilingBasis", func() { w.day("tmk:FirstUsedDate", g.Since) })
			w.in("tmk:ClassDescriptionBag", func() {
				w.in("tmk:ClassDescription", func() {
					w.leaf("tmk:ClassNumber", g.Class)
					w.in("tmk:NationalStatusBag", func() {
						if g.Status != "" {
							w.in("tmk:NationalStatus", func() {
								w.leaf("tmk:NationalStatusCategory", "National class status")
								w.leaf("tmk:NationalStatusExternalDescriptionText", g.Status)
							})
						}
					})
					for i, t := range g.Texts {
						w.leaf("tmk:GoodsServicesDescriptionText", t.Text, "com:sequenceNumber", place(i), "com:languageCode", t.Lang)
					}
				})
			})
		})
	}
}

// goodsClasses writes Nice classes and national ones.
func (w *xmlWriter) goodsClasses(nice, national []string) {
	w.in("tmk:GoodsServicesClassificationBag", func() {
		for _, c := range nice {
			if c != "" {
				w.in("tmk:GoodsServicesClassification", func() {
					w.leaf("tmk:ClassificationKindCode", "Nice")
					w.leaf("tmk:ClassNumber", c)
				})
			}
		}
		for _, c := range national {
			w.in("tmk:GoodsServicesClassification", func() {
				w.leaf("tmk:ClassificationKindCode", "Domestic")
				w.leaf("tmk:NationalClassNumber", c)
			})
		}
	})
}

// priorities writes the claims of priority of rights that are no patents.
func (w *xmlWriter) priorities(bag, each string, d *record.Document) {
	w.in(bag, func() {
		for _, f := range filings(d, record.RelPriority) {
			w.in(each, func() {
				w.leaf("com:PriorityCountryCode", f.Office)
				w.in("com:ApplicationNumber", func() { w.leaf("com:ApplicationNumberText", f.Number) })
				w.day("com:PriorityApplicationFilingDate", f.Date)
			})
		}
	})
}

// publications writes the publication of rights that are no patents.
func (w *xmlWriter) publications(bag, each string, d *record.Document) {
	w.in(bag, func() {
		w.in(each, func() {
			w.leaf("com:PublicationIdentifier", d.Gazette)
			w.day("com:PublicationDate", d.Published)
		})
	})
}

// assigned tells whether an event is a transfer that says who took part in it.
func assigned(e *record.Event) bool { return e.Code == record.EventTransfer && len(e.Parties) > 0 }

// markEvents writes the history of a mark, and transfers apart from it.
func (w *xmlWriter) markEvents(d *record.Document) {
	w.in("tmk:MarkEventBag", func() {
		for i := range d.Events {
			e := &d.Events[i]
			if assigned(e) {
				continue
			}
			w.in("tmk:MarkEvent", func() {
				w.leaf("tmk:MarkEventCategory", "National prosecution history entry")
				w.in("tmk:NationalMarkEvent", func() {
					w.leaf("tmk:MarkEventCode", writtenCode(d.Office, e.Code))
					w.leaf("tmk:MarkEventDescriptionText", e.Text)
					w.leaf("tmk:MarkEventEntryNumber", place(i))
					w.leaf("tmk:MarkEventDocumentIdentifier", e.Number)
				})
				w.day("tmk:MarkEventDate", e.Date)
			})
		}
	})
	w.in("tmk:AssignmentBag", func() {
		for i := range d.Events {
			if e := &d.Events[i]; assigned(e) {
				w.in("tmk:Assignment", func() { w.assignment(e) })
			}
		}
	})
}

func (w *xmlWriter) assignment(e *record.Event) {
	w.leaf("tmk:AssignmentIdentifier", e.Number)
	w.leaf("tmk:AssignmentConveyanceCategory", e.Text)
	w.leaf("tmk:PropertyTotalQuantity", "1")
	w.day("tmk:AssignmentRecordedDate", e.Date)
	for _, side := range [...]struct {
		bag, each string
		role      record.Role
	}{{"tmk:AssignorBag", "tmk:Assignor", record.Former}, {"tmk:AssigneeBag", "tmk:Assignee", record.Holder}} {
		w.in(side.bag, func() {
			for i, p := range byRole(e.Parties, side.role) {
				w.in(side.each, func() {
					w.leaf("com:PartyIdentifier", p.Ident)
					w.contacts(p)
				}, "com:sequenceNumber", place(i))
			}
		})
	}
}
