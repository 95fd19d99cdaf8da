package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"onewindow/internal/ierr"
)

// Cost is what hashing a password takes, in the parameters of argon2id.
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

// DefaultCost is the second recommendation of RFC 9106, section 4.
var DefaultCost = Cost{Memory: 64 << 10, Passes: 3, Threads: 4}

const (
	saltSize   = 16 // bytes; RFC 9106, section 3.1
	keySize    = 32
	maxHashing = 2 // passwords hashed at one time: 128 MiB
)

// phc writes a hash in the PHC string format.
func phc(c Cost, salt, key []byte) string {
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Passes, c.Threads, enc.EncodeToString(salt), enc.EncodeToString(key))
}

// hashPassword hashes a password under a new salt.
func hashPassword(password string, c Cost) string {
	salt := make([]byte, saltSize)
	rand.Read(salt)
	return phc(c, salt, argon2.IDKey(plainPassword(password), salt, c.Passes, c.Memory, c.Threads, keySize))
}

// plainPassword returns the bytes that are hashed: however a keyboard composes
// characters, the same password is the same bytes (NIST SP 800-63B, 3.1.1.2).
func plainPassword(password string) []byte { return norm.NFKC.Bytes([]byte(password)) }

// parseHash reads a hash in PHC form. Costs beyond what any release has used are
// refused: they would take the machine's memory.
func parseHash(s string) (c Cost, salt, key []byte, err error) {
	fault := func() (Cost, []byte, []byte, error) {
		return Cost{}, nil, nil, ierr.New(ierr.Corrupt, "account.hash", nil)
	}
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return fault()
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Passes, &c.Threads); err != nil {
		return fault()
	}
	if c.Memory < 8 || c.Memory > 1<<20 || c.Passes < 1 || c.Passes > 16 || c.Threads < 1 || c.Threads > 16 {
		return fault()
	}
	enc := base64.RawStdEncoding.Strict()
	if salt, err = enc.DecodeString(parts[4]); err != nil || len(salt) < 8 || len(salt) > 64 {
		return fault()
	}
	if key, err = enc.DecodeString(parts[5]); err != nil || len(key) < 16 || len(key) > 64 {
		return fault()
	}
	if s != phc(c, salt, key) { // one hash has one spelling
		return fault()
	}
	return c, salt, key, nil
}

// verify tells whether a password has this hash, in a time that does not depend
// on how much of it is right, and whether the hash is of another cost than the
// present one. It waits for a place among those who hash.
func (a *Accounts) verify(ctx context.Context, password, hash string) (ok, stale bool, err error) {
	c, salt, key, err := parseHash(hash)
	if err != nil {
		return false, false, err
	}
	leave, err := a.enter(ctx)
	if err != nil {
		return false, false, err
	}
	defer leave()
	got := argon2.IDKey(plainPassword(password), salt, c.Passes, c.Memory, c.Threads, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1, c != a.config.Cost, nil
}

// hash hashes a password when there is a place.
func (a *Accounts) hash(ctx context.Context, password string) (string, error) {
	leave, err := a.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	return hashPassword(password, a.config.Cost), nil
}

// enter takes a place among those who hash: memory is bounded.
func (a *Accounts) enter(ctx context.Context) (leave func(), err error) {
	select {
	case a.hashing <- struct{}{}:
		return func() { <-a.hashing }, nil
	case <-ctx.Done():
		return nil, ierr.Wrap(ctx.Err(), ierr.Cancelled, "cancelled", nil)
	}
}
