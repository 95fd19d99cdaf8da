package st96

import (
	"strings"

	"onewindow/internal/record"
)

// designApplication writes a DesignApplication with one Design.
func (w *xmlWriter) designApplication(d *record.Document) {
	lang := defaultLanguage(d.Office)
	if len(d.Titles) > 0 {
		lang = d.Titles[0].Lang
	}
	w.root("DesignApplication", "dgn", "Design")
	defer w.end()
	w.leaf("com:RegistrationOfficeCode", d.Office)
	w.applicationNumber("com:ApplicationNumber", d.Office, writtenApplication(d))
	w.leaf("dgn:DesignApplicationLanguageCode", lang)
	w.leaf("dgn:DesignTotalQuantity", "1")
	w.in("dgn:DesignBag", func() { w.in("dgn:Design", func() { w.design(d) }) })
	w.designOwners(d)
	w.in("dgn:DesignApplicationEventBag", func() {
		for _, e := range d.Events {
			w.in("dgn:DesignApplicationEvent", func() { w.designEvent(d, e) })
		}
	})
	w.day("com:ApplicationDate", d.Application.Filed)
}

func (w *xmlWriter) design(d *record.Document) {
	w.leaf("com:RegistrationNumber", d.Number)
	w.day("com:RegistrationDate", dayOf(d, record.DayRegistered))
	if len(d.Titles) > 0 {
		w.leaf("dgn:DesignTitleText", d.Titles[0].Text, "com:languageCode", d.Titles[0].Lang)
	}
	n := 0
	for _, t := range d.Abstracts {
		for _, line := range strings.Split(t.Text, "\n") {
			w.leaf("dgn:DesignDescriptionText", line, "com:sequenceNumber", place(n), "com:languageCode", t.Lang)
			n++
		}
	}
	w.leaf("dgn:PublicationKindDescription", d.Code)
	w.day("com:ExpiryDate", dayOf(d, record.DayExpires))
	if s := d.Status; s != nil {
		category := theirs(designStates, s.Code)
		if category == "" {
			category = "Undefined"
		}
		w.leaf("dgn:DesignCurrentStatusCategory", category)
		w.day("dgn:DesignCurrentStatusDate", s.Date)
	}
	w.in("dgn:DesignRepresentationBag", func() {
		w.in("dgn:DesignRepresentation", func() { w.in("dgn:ViewBag", func() { w.views(d) }) })
	})
	w.in("com:DesignClassificationBag", func() {
		w.locarno(d)
		w.in("com:NationalDesignClassificationBag", func() {
			for i, c := range byScheme(d, record.USPC) {
				if i == 0 {
					w.leaf("com:IPOfficeCode", "US")
				}
				w.leaf("com:NationalDesignClassification", c.Symbol)
			}
		})
	})
	w.priorities("dgn:PriorityBag", "dgn:Priority", d)
	w.publications("dgn:PublicationBag", "dgn:Publication", d)
	w.in("dgn:PatentIdentificationBag", func() {
		for _, line := range d.Cited {
			if c, ok := parseCitation(line); ok {
				w.citedDocument(c)
			}
		}
	})
	w.designOwners(d)
	w.representatives(d)
	w.in("dgn:DesignerBag", func() {
		for i, p := range byRole(d.Parties, record.Inventor) {
			w.in("dgn:Designer", func() {
				w.leaf("com:PartyIdentifier", p.Ident)
				w.contacts(p)
			}, "com:sequenceNumber", place(i))
		}
	})
}

// designOwners writes applicants and holders, who stand in one list both in the
// application and in the design.
func (w *xmlWriter) designOwners(d *record.Document) {
	w.in("dgn:ApplicantBag", func() {
		for i, p := range byRole(d.Parties, record.Applicant, record.Holder) {
			w.in("dgn:Applicant", func() {
				if p.Role == record.Holder {
					w.leaf("com:CommentText", string(record.Holder))
				}
				w.leaf("com:PartyIdentifier", p.Ident)
				w.contacts(p)
			}, "com:sequenceNumber", place(i))
		}
	})
}

func (w *xmlWriter) views(d *record.Document) {
	for i, image := range d.Images {
		form := map[string]string{"drawing": "Drawing", "photograph": "Photograph"}[image.Use]
		if form == "" {
			continue
		}
		w.in("dgn:View", func() {
			w.leaf("com:FileName", image.Name)
			w.leaf("dgn:ViewIdentifier", place(i))
			w.leaf("dgn:ViewFileFormatCategory", image.Format)
			w.leaf("dgn:RepresentationFormCategory", form)
			w.leaf("dgn:ViewTypeCategory", image.Text)
		})
	}
}

func (w *xmlWriter) designEvent(d *record.Document, e record.Event) {
	category, text := theirs(designEvents, e.Code), e.Text
	if category != "" && category != "Filed" && category != "Withdrawn" && category != "Rejected" {
		category = "" // not among those of an application
	}
	if category == "" {
		category = "Undefined"
		if e.Code != d.Office+":Undefined" {
			text = strings.TrimSpace(plainly(e.Code) + ": " + text)
		}
	}
	w.leaf("dgn:DesignApplicationEventCategory", category)
	w.leaf("com:CommentText", text)
	w.day("dgn:DesignApplicationEventDate", e.Date)
}

// plainly writes the code of an event so that it says itself whose it is.
func plainly(code string) string {
	if plainCode(code) {
		return code
	}
	return standard + code
}
