package proof

import (
	"archive/zip"
	"io"
	"time"

	"onewindow/internal/audit"
	"onewindow/internal/edition"
)

// logged is the place of an edition in the log.
type logged struct {
	Seq     int64    `json:"seq"`
	Kind    string   `json:"kind"`
	State   int64    `json:"state"`
	Salt    []byte   `json:"salt"`
	Payload []byte   `json:"payload"`
	Path    [][]byte `json:"path"`
	Signed  string   `json:"signed"`
	Public  string   `json:"public"`
}

// Pack writes the proof pack of an edition: its evidence as it was stored, the edition,
// and the proof that the log holds it. public is the key that the log's heads verify
// with.
func Pack(evidence *zip.Reader, e *edition.Edition, p *audit.Proof, public string, w io.Writer) error {
	out := zip.NewWriter(w)
	for _, f := range evidence.File {
		if err := out.Copy(f); err != nil {
			return err
		}
	}
	l := logged{Seq: p.Leaf.Seq, Kind: p.Leaf.Kind, State: p.Leaf.State, Salt: p.Leaf.Salt, Payload: p.Leaf.Payload, Signed: p.Head.Signed, Public: public}
	for _, h := range p.Path {
		l.Path = append(l.Path, h[:])
	}
	for name, v := range map[string]any{nameEdition: e, nameProof: l} {
		b, err := audit.Canonical(v)
		if err != nil {
			return err
		}
		f, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := f.Write(b); err != nil {
			return err
		}
	}
	return out.Close()
}
