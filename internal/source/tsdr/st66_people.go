package tsdr

import (
	"onewindow/internal/record"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// history reads the prosecution history and the recorded assignments.
func (r *reader) history() {
	d := r.doc
	for _, n := range r.mark.Child("MarkEventDetails").All("MarkEvent") {
		more := n.Child("MarkEventExt")
		e := record.Event{Date: r.day(n.Child("MarkEventDate")), Text: r.text(more, "MarkEventInternalDescriptionText"), Office: d.Office}
		if code := r.text(n, "MarkEventCode"); code != "" {
			e.Code = d.Office + ":" + code
		}
		n.Child("Comment").Use()                      // that it is an entry of the history
		more.Child("MarkEventEntryNumber").Use()      // the order in which they stand
		more.Child("MarkEventProceedingNumber").Use() // of the office's staff
		if e.Code != "" || e.Text != "" {
			d.Events = append(d.Events, e)
		}
	}
	for _, n := range r.mark.Child("AssignmentBagExt").All("Assignment") {
		e := record.Event{Code: record.EventTransfer, Office: d.Office, Number: r.text(n, "AssignmentIdentifier"),
			Text: r.text(n, "AssignmentConveyanceCategory"), Date: r.day(n.Child("AssignmentRecordedDate"))}
		for _, side := range [...]struct {
			element string
			role    record.Role
		}{{"Assignor", record.Former}, {"Assignee", record.Holder}} {
			for _, who := range n.All(side.element) {
				contact := who.Child("Contact")
				p := record.Party{Role: side.role, Names: usfield.English(r.text(contact, "Name", "EntityName")),
					Country: r.Country(r.text(who, "LegalEntity", "IncorporationCountryCode"), "IncorporationCountryCode")}
				var lines []string
				for _, address := range contact.Child("PostalAddressBag").All("PostalAddress") {
					for _, line := range address.All("PostalAddressText") {
						lines = append(lines, r.Value(line))
					}
				}
				p.Address = usfield.Join(", ", lines...)
				e.Parties = append(e.Parties, p)
			}
		}
		d.Events = append(d.Events, e)
	}
}

// owners reads the owners and the attorney. Whom the office writes to is left out.
func (r *reader) owners() {
	var list []usfield.Owner
	for _, n := range r.data.Child("ApplicantDetails").All("Applicant") {
		more := n.Child("ApplicantExt")
		more.Child("PartyTypeDescriptionText").Use()
		list = append(list, usfield.Owner{Party: r.party(n.Child("ApplicantAddressBook")), Type: r.text(more, "PartyTypeCode")})
	}
	usfield.AddOwners(r.doc, list)
	for _, details := range r.mark.All("RepresentativeDetails") {
		for _, n := range details.All("Representative") {
			switch r.text(n, "Comment") {
			case "Attorney of Record", "Domestic Representative":
				usfield.Add(r.doc, usfield.As(record.Agent, []record.Party{r.party(n.Child("RepresentativeAddressBook"))})...)
			}
		}
	}
}

func (r *reader) party(book *xmlrec.Node) record.Party {
	n := book.Child("FormattedNameAddress")
	var names []string
	for _, line := range n.At("Name", "FreeFormatName", "FreeFormatNameDetails").All("FreeFormatNameLine") {
		line.Attr("sequenceNumber")
		names = append(names, r.Value(line))
	}
	at := n.At("Address", "FormattedAddress")
	p := record.Party{Names: usfield.English(usfield.Join(", ", names...)), Region: r.text(at, "AddressState"), Postcode: r.text(at, "AddressPostcode"),
		Country: r.Country(r.text(at, "FormattedAddressCountryCode"), "FormattedAddressCountryCode")}
	p.Address = usfield.Join(", ", r.text(at, "AddressRoom"), r.text(at, "AddressBuilding"), r.text(at, "AddressStreet"), r.text(at, "AddressCity"), p.Region)
	at.At("FormattedAddressExt", "CountryName").Use()
	return p
}
