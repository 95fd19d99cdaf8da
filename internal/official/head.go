package official

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"onewindow/internal/classify"
	"onewindow/internal/definition"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
)

// maxHead bounds the text that describes a table, in bytes.
const maxHead = 64 << 10

// ParseHead reads what is said of a table: YAML, or JSON, with the keys of Head.
func ParseHead(text []byte) (Head, error) {
	var h Head
	if len(text) > maxHead {
		return h, ierr.New(ierr.TooLarge, "official.head_size", ierr.Args{"limit": maxHead >> 10})
	}
	if err := definition.Decode(text, &h); err != nil {
		return h, ierr.Wrap(err, ierr.Invalid, "official.head", ierr.Args{"reason": yaml.FormatError(err, false, false)})
	}
	return h, h.check()
}

// check refuses a head that lacks what an official table must say of itself.
func (h *Head) check() error {
	bad := func(field string) error {
		return ierr.New(ierr.Invalid, "official.head_field", ierr.Args{"field": field})
	}
	plain := strings.Trim(h.ID, "abcdefghijklmnopqrstuvwxyz0123456789-_") == ""
	switch {
	case h.ID == "" || len(h.ID) > maxID || !plain:
		return bad("id")
	case h.Name("") == h.ID && h.Names["en"] == "" && h.Names["zh"] == "":
		return bad("names")
	case h.Publisher == "":
		return bad("publisher")
	case !slices.Contains(Measures, h.Measure):
		return bad("measure")
	case h.To == 0:
		return bad("to")
	case h.Measure == InForce && h.From != 0, h.Measure != InForce && (h.From == 0 || h.From > h.To):
		return bad("from")
	case h.AsOf != 0 && h.AsOf < h.To:
		return bad("as_of")
	case h.Kind != "" && !slices.Contains(record.Kinds, h.Kind):
		return bad("kind")
	case h.Holder != "" && !slices.Contains(classify.HolderTypes, h.Holder):
		return bad("holder")
	}
	for _, text := range []string{h.Names["en"], h.Names["zh"], h.Publisher, h.Source, h.Unit, h.Notes} {
		if len(text) > maxText {
			return ierr.New(ierr.TooLarge, "official.head_text", ierr.Args{"limit": maxText})
		}
	}
	return nil
}
