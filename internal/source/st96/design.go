package st96

import (
	"regexp"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

var kindCode = regexp.MustCompile(`^[A-Z][0-9]?$`)

// readDesign reads one Design of a DesignApplication, with what the application
// says of all of its designs.
func readDesign(app, n *xmlrec.Node) (*record.Document, *entry.Reject) {
	appOffice, raw := number(app.Child("ApplicationNumber"))
	office, reject := officeOf(app.Child("RegistrationOfficeCode").Value(), appOffice)
	if reject != nil {
		return nil, reject
	}
	app.Child("ReceivingOfficeCode")
	app.Child("DesignTotalQuantity")
	d := &record.Document{Office: office, Kind: record.Design}
	r := &reader{doc: d, lang: strings.ToLower(app.Child("DesignApplicationLanguageCode").Value())}
	if r.lang == "" {
		r.lang = defaultLanguage(office)
	}
	ident := n.Child("DesignIdentifier").Value()
	if kind := n.Child("PublicationKindDescription").Value(); kindCode.MatchString(kind) {
		d.Code = kind
	}
	numberText := n.Child("RegistrationNumber").Value()
	if numberText == "" {
		numberText = ident
	}
	if reject := r.designNumber(numberText, d.Code, raw); reject != nil {
		return nil, reject
	}
	d.Application = record.Application{Raw: raw, Filed: r.day(app.Child("ApplicationDate"))}
	if raw != "" || office != "CN" {
		d.Application.Number = r.applicationNumber(office, raw)
	}
	r.add(record.DayRegistered, r.day(n.Child("RegistrationDate")))
	r.add(record.DayExpires, r.day(n.Child("ExpiryDate")))
	d.Titles = r.texts(n.All("DesignTitleText"), " ")
	d.Abstracts = r.texts(n.All("DesignDescriptionText"), "\n")
	claims := n.All("DesignClaim")
	for _, c := range claims {
		c.Use()
	}
	d.Claims = len(claims)
	r.designStatus(n)
	r.views(n.Child("DesignRepresentationBag"))
	r.designClasses(n.Child("DesignClassificationBag"))
	r.priorities(n.Child("PriorityBag"), "Priority")
	for _, p := range n.Child("PublicationBag").All("Publication") {
		r.publication(p)
	}
	if d.Gazette == ident {
		d.Gazette = ""
	}
	for _, c := range n.Child("PatentIdentificationBag").All("CitedPatentDocumentIdentification") {
		r.cited(c)
	}
	r.designOwners(own(n, app, "ApplicantBag").All("Applicant"))
	for _, p := range n.Child("DesignerBag").All("Designer") {
		who, _ := r.party(p, record.Inventor)
		r.keep(who)
	}
	r.agents(own(n, app, "RepresentativeBag").All("Representative"))
	r.designEvents("DesignEvent", n.Child("DesignEventBag"))
	r.designEvents("DesignApplicationEvent", app.Child("DesignApplicationEventBag"))
	return r.finish(), nil
}

// own returns what a design has of its own, else what its application says of
// all of its designs.
func own(design, app *xmlrec.Node, name string) *xmlrec.Node {
	if n := design.Child(name); n != nil {
		app.Child(name).Use()
		return n
	}
	return app.Child(name)
}

func (r *reader) designNumber(text, code, application string) *entry.Reject {
	d := r.doc
	if text == "" && application == "" {
		return entry.Refuse("number.missing", ierr.Args{"column": "RegistrationNumber"}, "")
	}
	if text == "" {
		return nil
	}
	p, reject := publicationOf(d.Office, text, code)
	d.Number, d.Code = p.Digits, p.Code
	return reject
}

func (r *reader) designStatus(n *xmlrec.Node) {
	word := n.Child("DesignCurrentStatusCategory").Value()
	s := record.Status{Code: ours(designStates, word), Text: word, Date: r.day(n.Child("DesignCurrentStatusDate"))}
	if s != (record.Status{}) {
		r.doc.Status = &s
	}
}

func (r *reader) designClasses(bag *xmlrec.Node) {
	r.locarno(bag)
	for _, n := range bag.All("NationalDesignClassificationBag") {
		if n.Child("IPOfficeCode").Value() != "US" {
			continue
		}
		for _, c := range n.All("NationalDesignClassification") {
			r.class(record.Class{Scheme: record.USPC, Symbol: c.Value()})
		}
	}
}

// views reads the pictures of a design.
func (r *reader) views(bag *xmlrec.Node) {
	for _, shown := range bag.All("DesignRepresentation") {
		for _, v := range shown.Child("ViewBag").All("View") {
			v.Child("ViewIdentifier") // the place in the list
			image := record.Image{Use: "drawing", Name: v.Child("FileName").Value(), Format: v.Child("ViewFileFormatCategory").Value(), Text: v.Child("ViewTypeCategory").Value()}
			if strings.HasPrefix(v.Child("RepresentationFormCategory").Value(), "Photo") {
				image.Use = "photograph"
			}
			if image.Name != "" {
				r.doc.Images = append(r.doc.Images, image)
			}
		}
	}
}

// designOwners reads the applicants or holders of a design, who stand in one
// list; a comment says which of them are holders.
func (r *reader) designOwners(list []*xmlrec.Node) {
	for _, n := range list {
		p, _ := r.party(n, record.Applicant)
		if strings.EqualFold(n.Child("CommentText").Value(), string(record.Holder)) {
			p.Role = record.Holder
		}
		r.keep(p)
	}
}

// designEvents reads the history of a design. What is no category of ST.96
// stands in the comment: "licence: ordinary".
func (r *reader) designEvents(element string, bag *xmlrec.Node) {
	for _, n := range bag.All(element) {
		category := n.Child(element + "Category").Value()
		e := record.Event{Code: ours(designEvents, category), Text: n.Child("CommentText").Value(), Date: r.day(n.Child(element + "Date"))}
		if e.Code == "" {
			e.Code, e.Office = r.doc.Office+":"+category, r.doc.Office
			if code, text, ok := strings.Cut(e.Text+" ", ": "); ok && plainCode(code) {
				e.Code, e.Office = eventCode(r.doc.Office, code)
				e.Text = strings.TrimSpace(text)
			}
		}
		r.doc.Events = append(r.doc.Events, e)
	}
}
