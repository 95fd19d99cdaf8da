// Package classify tells of a document which region it belongs to, what sort of
// holder it has and which field of technology it is in, each with the evidence
// that decided.
//
// It is a pure function of the document, the region pack and the rules among
// the definitions; Hash names all of these together. Statistics go by the
// first-named holder, or applicant where no holder is named.
package classify

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/region"
)

// Evidence is what was decided and why.
type Evidence struct {
	Code       string  `json:"code"`            // what was decided; empty for a field that does not apply
	Rule       string  `json:"rule"`            // the rule that decided
	Confidence float64 `json:"confidence"`      // from 0 to 1
	Match      string  `json:"match,omitempty"` // the text that decided
	Note       string  `json:"note,omitempty"`  // one of the Notes, or the code of the place or country outside
}

// Result is what is told of one document.
type Result struct {
	Region     Evidence `json:"region"`
	HolderType Evidence `json:"holder_type"`
	Field      Evidence `json:"field"`
}

// Classifier classifies for one region pack. It does not change and may be used
// by any number of goroutines.
type Classifier struct {
	places  *gazetteer
	holders *holders
	fields  *fields
	hash    string
}

// code is the classifier's own text: a change of it changes the hash.
//
//go:embed *.go
var code embed.FS

// New makes the classifier of a pack from the definitions. Faults in these are
// named with file and line.
func New(pack *region.Pack, fsys fs.FS) (*Classifier, error) {
	c := &Classifier{}
	var err error
	if c.places, err = newGazetteer(pack, fsys); err != nil {
		return nil, fmt.Errorf("classify: %w", err)
	}
	if c.holders, err = loadHolders(fsys); err != nil {
		return nil, fmt.Errorf("classify: %w", err)
	}
	if c.fields, err = newFields(fsys); err != nil {
		return nil, fmt.Errorf("classify: %w", err)
	}
	if c.hash, err = hash(pack, fsys); err != nil {
		return nil, fmt.Errorf("classify: %w", err)
	}
	return c, nil
}

// Hash names the rules, data and code that decide. What was told under one hash
// holds as long as the hash does.
func (c *Classifier) Hash() string { return c.hash }

func hash(pack *region.Pack, fsys fs.FS) (string, error) {
	h := sha256.New()
	add := func(fsys fs.FS, pattern string) error {
		files, err := fs.Glob(fsys, pattern)
		if err != nil {
			return err
		}
		slices.Sort(files)
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") {
				continue
			}
			b, err := fs.ReadFile(fsys, f)
			if err != nil {
				return err
			}
			fmt.Fprintf(h, "%s %d\n", f, len(b))
			h.Write(b)
		}
		return nil
	}
	for _, pattern := range []string{"regions/" + pack.ID() + "*", "regions/*.csv", "regions/special.yaml", "classes/*"} {
		if err := add(fsys, pattern); err != nil {
			return "", err
		}
	}
	if err := add(code, "*.go"); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Document classifies by the first-named holder, or applicant where no holder is
// named, and by the first IPC symbol.
func (c *Classifier) Document(d *record.Document) Result {
	res := Result{Field: c.Field(d.Classes)}
	p := d.Principal()
	if p == nil {
		res.Region = nowhere()
		res.HolderType = Evidence{Code: Unclassified, Rule: ruleNoName}
		return res
	}
	res.Region = c.Region(p.Address, p.Postcode, p.Country, p.Region, d.Published)
	if res.Region.Code == region.Unknown {
		if e := c.places.registered(p.Ident, d.Published); e.Code != region.Unknown {
			res.Region = e
		}
	}
	res.HolderType = c.holderOf(d, p, res.Region)
	return res
}

// holderOf tells a holder's type with what else the document says: a holder who
// is an inventor is a person, and a transcribed name from abroad that has no dots
// and is no inventor's is a body.
func (c *Classifier) holderOf(d *record.Document, p *record.Party, where Evidence) Evidence {
	e := c.HolderType(p.Names, p.Ident)
	if e.Confidence >= 0.95 {
		return e
	}
	name := strings.TrimSpace(p.Name())
	if name == "" {
		return e
	}
	inventor := false
	for i := range d.Parties {
		if d.Parties[i].Role == record.Inventor && strings.TrimSpace(d.Parties[i].Name()) == name {
			inventor = true
			break
		}
	}
	form := formOf(name)
	switch {
	case inventor && (form.dots > 0 || form.length <= 4 || e.Code == Unclassified):
		return Evidence{Code: Individual, Rule: ruleInventor, Confidence: 0.98, Match: name}
	case !inventor && form.dots == 0 && c.abroad(where) && (e.Code == Unclassified && form.length >= 5 || e.Rule == ruleAnyName):
		return Evidence{Code: Enterprise, Rule: ruleAbroad, Confidence: 0.5, Match: name}
	}
	return e
}

// abroad reports whether a place lies in a foreign country that transcribes the
// names of its people with dots: a name without any is a body's, there.
func (c *Classifier) abroad(where Evidence) bool {
	return where.Code == region.Elsewhere && (where.Rule == ruleForeign || where.Rule == ruleCountry) &&
		!slices.Contains(c.holders.hanNames, where.Note)
}
