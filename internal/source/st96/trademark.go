package st96

import (
	"slices"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// Trademark reads one Trademark component, wherever it stands: in an
// application or in a transaction. Its names must have lost their prefixes, see
// (*xmlrec.Node).Local. It fails where office or number is missing; elements
// that it does not read are left for (*xmlrec.Node).Unread to count.
func Trademark(n *xmlrec.Node) (*record.Document, *entry.Reject) {
	app := n.Child("ApplicationNumber")
	appOffice, raw := number(app)
	office, reject := officeOf(n.Child("RegistrationOfficeCode").Value(), appOffice, n.Child("ReceivingOfficeCode").Value())
	if reject != nil {
		return nil, reject
	}
	d := &record.Document{Office: office, Kind: record.Trademark}
	if office == "WO" {
		d.Kind = record.Madrid
	}
	r := &reader{doc: d, lang: strings.ToLower(n.Child("ApplicationLanguageCode").Value())}
	if r.lang == "" {
		r.lang = defaultLanguage(office)
	}
	d.Number = record.RegistrationNumber(d.Kind, n.Child("RegistrationNumber").Value())
	d.Application = record.Application{Raw: raw, Number: record.RegistrationNumber(d.Kind, raw), Filed: r.day(n.Child("ApplicationDate"))}
	if d.Number == "" && office == "CN" {
		d.Number = d.Application.Number // one number from filing on
	}
	if d.Number == "" && d.Application.Number == "" {
		return nil, entry.Refuse("number.missing", ierr.Args{"column": "RegistrationNumber"}, "")
	}
	n.Child("FilingPlace")
	r.add(record.DayRegistered, r.day(n.Child("RegistrationDate")))
	r.add(record.DayExpires, r.day(n.Child("ExpiryDate")))
	r.add(record.DayApproved, r.day(n.Child("OppositionPeriodStartDate")))
	r.add(record.DayOpposable, r.day(n.Child("OppositionPeriodEndDate")))
	r.markStatus(n)
	for _, c := range n.Child("DesignatedCountryBag").All("DesignatedCountry") {
		r.fact(record.FactDesignated, "", c.Child("DesignatedCountryCode").Value())
	}
	if bag := n.Child("DivisionalApplicationBag"); bag != nil {
		from, text := number(bag.Child("InitialApplicationNumber"))
		r.filing(record.Filing{Relation: record.RelDivisional, Office: from, Number: text, Date: r.day(bag.Child("InitialApplicationDate"))})
	}
	r.mark(n)
	for _, g := range n.Child("GoodsServicesBag").All("GoodsServices") {
		r.goods(g, record.Nice)
	}
	basis := n.Child("NationalFilingBasis")
	r.add(record.DayFirstUse, r.day(basis.Child("FirstUsedDate")))
	r.add(record.DayFirstCommerce, r.day(basis.Child("FirstUsedCommerceDate")))
	r.priorities(n.Child("PriorityBag"), "Priority")
	for _, p := range n.Child("PublicationBag").All("Publication") {
		r.publication(p)
	}
	r.markOwners(n.Child("ApplicantBag").All("Applicant"))
	r.agents(n.Child("RepresentativeBag").All("Representative"))
	r.agents(n.All("NationalRepresentative", "RecordAttorney"))
	r.markEvents(n.Child("MarkEventBag").All("MarkEvent"))
	r.assignments(n.Child("AssignmentBag").All("Assignment"))
	return r.finish(), nil
}

// markStatus reads the state of a mark: a code, and words that explain it.
func (r *reader) markStatus(n *xmlrec.Node) {
	info := n.Child("NationalTrademarkInformation")
	r.add(record.DayRenewed, r.day(info.Child("RenewalDate")))
	code, words := n.Child("MarkCurrentStatusCode").Value(), info.Child("MarkCurrentStatusExternalDescriptionText").Value()
	s := record.Status{Date: r.day(n.Child("MarkCurrentStatusDate")), Text: words}
	if s.Code = ours(markStates, code); s.Code == "" && state(code) {
		s.Code = code
	}
	switch {
	case words == "" && s.Code != code:
		s.Text = code
	case s.Code == "" && code != "":
		s.Text = code + ": " + words
	}
	if s != (record.Status{}) {
		r.doc.Status = &s
	}
}

// state tells whether a status code is the name of a state, which offices' own
// codes are not: lower case, in one word.
func state(code string) bool {
	return len(code) > 3 && strings.Trim(code, "abcdefghijklmnopqrstuvwxyz_") == ""
}

// mark reads the sign itself.
func (r *reader) mark(n *xmlrec.Node) {
	m := record.Mark{}
	for _, c := range n.All("MarkCategory") {
		if t := ours(markTypes, c.Value()); t != "" && !slices.Contains(m.Types, t) {
			m.Types = append(m.Types, t)
		}
	}
	shown := n.Child("MarkRepresentation")
	described := shown.Child("MarkDescriptionBag")
	national := described.Child("NationalMarkDescription")
	national.Child("NationalMarkApplicationNumber").Use()
	if m.Form = ours(markForms, shown.Child("MarkFeatureCategory").Value()); m.Form == "" && r.doc.Office == "US" {
		if code := national.Child("MarkFeatureCode").Value(); code != "" {
			m.Form = ours(drawingCodes, code[:1])
		}
	}
	sign := shown.Child("MarkReproduction")
	words := sign.Child("WordMarkSpecification")
	m.Words = r.texts(words.All("MarkVerbalElementText"), " ")
	for _, t := range r.texts(words.All("MarkSignificantVerbalElementText"), " ") {
		if !slices.ContainsFunc(m.Words, func(have record.Text) bool { return have.Lang == t.Lang }) {
			m.Words = append(m.Words, t)
		}
	}
	var colours []string
	for _, image := range sign.Child("MarkImageBag").All("MarkImage") {
		r.markImage(image)
		for _, c := range image.All("MarkImageColourClaimedText", "MarkImageColourPartClaimedText") {
			c.Attr("sequenceNumber")
			if v := c.Value(); v != "" && !slices.Contains(colours, v) {
				colours = append(colours, v)
			}
		}
	}
	m.Colours = strings.Join(colours, "; ")
	m.Description = r.texts(described.All("MarkDescriptionText", "MarkVoluntaryDescriptionText"), " ")
	m.Disclaimer = r.texts(n.Child("MarkDisclaimerBag").All("MarkDisclaimerText"), " ")
	if m.Form != "" || m.Colours != "" || len(m.Words)+len(m.Description)+len(m.Disclaimer)+len(m.Types) > 0 {
		r.doc.Mark = &m
	}
}

// noImage is what stands for the name of a picture that there is not.
const noImage = "No image available"

func (r *reader) markImage(n *xmlrec.Node) {
	if file := n.Child("FileName", "ImageFileName").Value(); file != "" && file != noImage {
		r.doc.Images = append(r.doc.Images, record.Image{Use: "mark", Name: file, Format: n.Child("ImageFormatCategory").Value()})
	}
	for _, bag := range n.At("MarkImageClassification", "FigurativeElementClassificationBag").All("ViennaClassificationBag") {
		for _, v := range bag.All("ViennaClassification") {
			var parts []string
			for _, name := range [...]string{"ViennaCategory", "ViennaDivision", "ViennaSection"} {
				if s := v.Child(name).Value(); s != "" {
					parts = append(parts, s)
				}
			}
			r.class(record.Class{Scheme: record.Vienna, Symbol: strings.Join(parts, ".")})
		}
	}
}

// markOwners reads the applicants and holders of a mark, who stand in one list
// of which a comment says what each was. Whoever held the mark before the last
// one is a former holder.
func (r *reader) markOwners(list []*xmlrec.Node) {
	var owners []record.Party
	for _, n := range list {
		p, _ := r.party(n, record.Applicant)
		comment := n.Child("CommentText")
		comment.Attr("sequenceNumber")
		words := strings.ToLower(comment.Value())
		if words == "" && n.At("Version", "CommentText") != nil {
			n.At("Version", "CommentText").Attr("sequenceNumber")
			words = strings.ToLower(n.At("Version", "CommentText").Value())
		}
		switch {
		case words == string(record.Former):
			p.Role = record.Former
			r.keep(p)
		case words == string(record.Holder):
			p.Role = record.Holder
			r.keep(p)
		case strings.Contains(words, "owner") || strings.Contains(words, "registrant"):
			owners = append(owners, p)
		case words == "" && dayOf(r.doc, record.DayRegistered) != 0:
			p.Role = record.Holder
			r.keep(p)
		default:
			r.keep(p)
		}
	}
	r.successive(owners)
}

// successive keeps owners who followed on each other, the last one as the
// holder. The newest stands first or last in a file, by the number of its place.
func (r *reader) successive(owners []record.Party) {
	for i := len(owners) - 1; i >= 0; i-- {
		p := owners[i]
		p.Role = record.Former
		if i == len(owners)-1 {
			p.Role = record.Holder
		} else if last := owners[len(owners)-1]; p.Name() == last.Name() {
			continue
		}
		r.keep(p)
	}
}

// markEvents reads the history of a mark.
func (r *reader) markEvents(list []*xmlrec.Node) {
	for _, n := range list {
		own := n.Child("NationalMarkEvent")
		code, category := own.Child("MarkEventCode").Value(), n.Child("MarkEventCategory").Value()
		if code == "" {
			code = category
		}
		e := record.Event{Date: r.day(n.Child("MarkEventDate")), Number: own.Child("MarkEventDocumentIdentifier").Value()}
		e.Code, e.Office = eventCode(r.doc.Office, code)
		var text []string
		for _, t := range own.All("MarkEventDescriptionText") {
			text = append(text, t.Value())
		}
		e.Text = strings.Join(text, "; ")
		own.Child("MarkEventEntryNumber") // the place in the list
		if code != "" || e.Date != 0 {
			r.doc.Events = append(r.doc.Events, e)
		}
	}
}

// assignments reads recorded transfers.
func (r *reader) assignments(list []*xmlrec.Node) {
	for _, n := range list {
		e := record.Event{Code: record.EventTransfer, Number: n.Child("AssignmentIdentifier").Value(), Text: n.Child("AssignmentConveyanceCategory").Value(),
			Date: r.day(n.Child("AssignmentRecordedDate"))}
		n.Child("PropertyTotalQuantity")
		for _, side := range [...]struct {
			bag, each string
			role      record.Role
		}{{"AssignorBag", "Assignor", record.Former}, {"AssigneeBag", "Assignee", record.Holder}} {
			for _, p := range append(n.All(side.each), n.Child(side.bag).All(side.each)...) {
				if who, _ := r.party(p, side.role); len(who.Names) > 0 {
					e.Parties = append(e.Parties, who)
				}
			}
		}
		r.doc.Events = append(r.doc.Events, e)
	}
}
