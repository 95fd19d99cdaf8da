package audit

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"onewindow/internal/ierr"
)

// emptyRoot is the root of a log without leaves.
var emptyRoot = tlog.Hash(sha256.Sum256(nil))

// maxHead limits the bytes of a signed head.
const maxHead = 4096

// Head is what the log was at a moment: how many leaves, and the root of the Merkle
// tree over them. Signed it is a checkpoint (C2SP tlog-checkpoint): a note whose text
// has the log's name, the size, the root, and here the moment.
type Head struct {
	Origin string // the log's name
	Size   int64  // leaves
	Root   tlog.Hash
	At     time.Time
	Signed string // the note as it is given out
}

// text returns what is signed.
func (h *Head) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n%s\n", h.Origin, h.Size, base64.StdEncoding.EncodeToString(h.Root[:]), h.At.UTC().Format(time.RFC3339))
}

// Key is the pair of keys that signs the heads of one log.
type Key struct {
	signer note.Signer
	Public string // the verifier's key, as it is given out (C2SP signed-note)
}

// NewKey makes a pair for a log of this name. secret is to be kept, and to be given to
// ReadKey.
func NewKey(origin string) (secret string, err error) {
	private, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return "", fmt.Errorf("audit: %w", err)
	}
	return private + "\n" + public + "\n", nil
}

// ReadKey reads what NewKey made.
func ReadKey(secret string) (*Key, error) {
	private, public, ok := strings.Cut(strings.TrimSpace(secret), "\n")
	if !ok {
		return nil, ierr.New(ierr.Corrupt, "audit.key", nil)
	}
	s, err := note.NewSigner(private)
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Corrupt, "audit.key", nil)
	}
	v, err := note.NewVerifier(public)
	if err != nil || v.Name() != s.Name() || v.KeyHash() != s.KeyHash() {
		return nil, ierr.Wrap(err, ierr.Corrupt, "audit.key", nil)
	}
	return &Key{s, public}, nil
}

// Origin returns the name of the log that the key signs for.
func (k *Key) Origin() string { return k.signer.Name() }

// sign makes a head's note.
func (k *Key) sign(h *Head) error {
	h.Origin = k.Origin()
	signed, err := note.Sign(&note.Note{Text: h.text()}, k.signer)
	h.Signed = string(signed)
	return err
}

// ReadHead reads a signed head and checks its signature against a verifier's key.
func ReadHead(signed, public string) (Head, error) {
	h := Head{Signed: signed}
	if len(signed) > maxHead {
		return h, ierr.New(ierr.TooLarge, "audit.head-long", ierr.Args{"limit": maxHead})
	}
	v, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return h, ierr.Wrap(err, ierr.Invalid, "audit.public-key", nil)
	}
	n, err := note.Open([]byte(signed), note.VerifierList(v))
	if err != nil {
		return h, ierr.Wrap(err, ierr.Invalid, "audit.head-signature", ierr.Args{"key": v.Name()})
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 5 || lines[4] != "" || lines[0] != v.Name() {
		return h, ierr.New(ierr.Invalid, "audit.head-form", nil)
	}
	var errs [3]error
	h.Origin = lines[0]
	h.Size, errs[0] = strconv.ParseInt(lines[1], 10, 64)
	h.Root, errs[1] = tlog.ParseHash(lines[2])
	h.At, errs[2] = time.Parse(time.RFC3339, lines[3])
	for _, err := range errs {
		if err != nil || h.Size < 0 {
			return h, ierr.Wrap(err, ierr.Invalid, "audit.head-form", nil)
		}
	}
	return h, nil
}
