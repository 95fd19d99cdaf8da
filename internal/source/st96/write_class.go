package st96

import (
	"slices"
	"strings"

	"onewindow/internal/record"
)

// byScheme returns the classes of a scheme in order.
func byScheme(d *record.Document, scheme record.Scheme) []record.Class {
	return slices.DeleteFunc(slices.Clone(d.Classes), func(c record.Class) bool { return c.Scheme != scheme })
}

// dated tells whether a version is a year and month, "2006.01", as versions of
// IPC since its reform and of CPC are.
func dated(version string) bool { return len(version) == 7 && version[4] == '.' }

// patentClasses writes classes by scheme; IPC in the form of its version.
func (w *xmlWriter) patentClasses(d *record.Document) {
	w.in("pat:PatentClassificationBag", func() {
		ipc := byScheme(d, record.IPC)
		w.in("pat:IPCRClassificationBag", func() {
			n := 0
			for _, c := range ipc {
				if c.Version == "" || dated(c.Version) {
					w.in("pat:IPCRClassification", func() { w.ipc(c, n) }, "com:sequenceNumber", place(n))
					n++
				}
			}
		})
		for rest := ipc; len(rest) > 0; rest = rest[1:] {
			c := rest[0]
			if c.Version == "" || dated(c.Version) {
				continue
			}
			w.in("pat:IPCClassification", func() {
				w.leaf("com:Edition", c.Version)
				w.leaf("pat:MainClassification", c.Symbol)
				for len(rest) > 1 && rest[1].Version == c.Version {
					rest = rest[1:]
					w.leaf("pat:FurtherClassification", rest[0].Symbol)
				}
			})
		}
		w.cpc(byScheme(d, record.CPC))
		w.in("pat:NationalClassification", func() {
			for i, c := range byScheme(d, record.USPC) {
				if i == 0 {
					w.leaf("com:IPOfficeCode", "US")
				}
				w.in([...]string{"pat:MainNationalClassification", "pat:FurtherNationalClassification"}[min(i, 1)], func() {
					class, sub, _ := strings.Cut(c.Symbol, "/")
					w.leaf("pat:NationalClass", class)
					w.leaf("pat:NationalSubclass", sub)
				})
			}
		})
		w.locarno(d)
	})
}

// ipc writes a symbol of IPC: in its parts with its version, else in one piece.
func (w *xmlWriter) ipc(c record.Class, i int) {
	if c.Version == "" {
		w.leaf("pat:PatentClassificationText", c.Symbol)
		return
	}
	w.day96("pat:ClassificationVersionDate", c.Version)
	w.leaf("com:SymbolPositionCode", position(i))
	w.leaf("pat:IPCClassificationValueCode", c.Value)
	w.parts("pat:Section", c.Symbol)
}

// cpc writes symbols of CPC, the first one as the main one.
func (w *xmlWriter) cpc(list []record.Class) {
	if len(list) == 0 {
		return
	}
	symbol := func(i int) {
		c := list[i]
		w.in("pat:CPCClassification", func() {
			w.day96("pat:ClassificationVersionDate", c.Version)
			w.parts("pat:CPCSection", c.Symbol)
			w.leaf("com:SymbolPositionCode", position(i))
			if c.Value == "N" {
				w.leaf("pat:CPCClassificationValueCode", "A")
			} else {
				w.leaf("pat:CPCClassificationValueCode", c.Value)
			}
		})
	}
	w.in("pat:CPCClassificationBag", func() {
		w.in("pat:MainCPC", func() { symbol(0) })
		w.in("pat:FurtherCPC", func() {
			for i := 1; i < len(list); i++ {
				symbol(i)
			}
		})
	})
}

func position(i int) string {
	if i == 0 {
		return "F"
	}
	return "L"
}

// day96 writes the first day of a version's month.
func (w *xmlWriter) day96(name, version string) {
	if dated(version) {
		w.leaf(name, version[:4]+"-"+version[5:]+"-01")
	}
}

// parts writes a symbol in its parts: "H01M10/0525", or "H01M".
func (w *xmlWriter) parts(section, symbol string) {
	if len(symbol) < 4 {
		w.leaf("pat:PatentClassificationSymbolText", symbol)
		return
	}
	group, sub, _ := strings.Cut(symbol[4:], "/")
	w.leaf(section, symbol[:1])
	w.leaf("pat:Class", symbol[1:3])
	w.leaf("pat:Subclass", symbol[3:4])
	w.leaf("pat:MainGroup", group)
	w.leaf("pat:Subgroup", sub)
}

// locarno writes Locarno classes, a bag for each run of one edition.
func (w *xmlWriter) locarno(d *record.Document) {
	for rest := byScheme(d, record.Locarno); len(rest) > 0; {
		edition := rest[0].Version
		w.in("com:LocarnoClassificationBag", func() {
			w.leaf("com:LocarnoClassificationEdition", edition)
			for len(rest) > 0 && rest[0].Version == edition {
				w.leaf("com:LocarnoClassificationText", rest[0].Symbol)
				rest = rest[1:]
			}
		})
	}
}
