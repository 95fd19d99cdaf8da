package account

import (
	"net/netip"
	"sync"
	"time"

	"onewindow/internal/ierr"
)

// How often passwords may be tried. Beyond the free tries each further one has
// to wait, twice as long every time.
const (
	freePair    = 5  // with one name from one address
	freeName    = 20 // with one name from everywhere
	freeAddress = 30 // from one address, whatever the name
	firstWait   = time.Minute
	longestWait = 15 * time.Minute
	forgetAfter = time.Hour // without a try
	maxTallies  = 10_000
)

// attempts counts tries of passwords. It is kept in memory: whoever starts the
// server anew owns it.
type attempts struct {
	now func() time.Time
	mu  sync.Mutex
	by  map[string]*tally
}

// tally is what is known of one key.
type tally struct {
	n     int
	last  time.Time
	until time.Time // closed before
}

func newAttempts(now func() time.Time) *attempts {
	return &attempts{now: now, by: map[string]*tally{}}
}

// keysOf are the keys that a try counts under, with the free tries of each.
func keysOf(name, address string) []struct {
	key  string
	free int
} {
	place := placeOf(address)
	return []struct {
		key  string
		free int
	}{{"pair " + place + " " + name, freePair}, {"name " + name, freeName}, {"address " + place, freeAddress}}
}

// placeOf is the part of an address that one subscriber has: of IPv6 the first
// 64 bits.
func placeOf(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap(); ip.Is6() {
		if p, err := ip.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}

// begin counts a try before it is made, so that many at once count too. It is
// refused with Busy "account.wait", uncounted, while one of its keys is closed.
func (t *attempts) begin(name, address string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	wait := time.Duration(0)
	for _, k := range keysOf(name, address) {
		if x := t.by[k.key]; x != nil {
			wait = max(wait, x.until.Sub(now))
		}
	}
	if wait > 0 {
		return ierr.New(ierr.Busy, "account.wait", ierr.Args{"n": int64((wait + time.Minute - 1) / time.Minute)})
	}
	for _, k := range keysOf(name, address) {
		x := t.at(k.key, now)
		x.n++
		x.last = now
		if over := x.n - k.free; over >= 0 {
			x.until = now.Add(min(firstWait<<min(over, 10), longestWait))
		}
	}
	return nil
}

// at returns the tally of a key, a new one where there is none that counts.
func (t *attempts) at(key string, now time.Time) *tally {
	x := t.by[key]
	if x == nil {
		t.makeRoom(now)
		x = &tally{}
		t.by[key] = x
	} else if now.Sub(x.last) > forgetAfter {
		*x = tally{}
	}
	return x
}

// makeRoom forgets what is old and, where that is not enough, what is oldest.
func (t *attempts) makeRoom(now time.Time) {
	if len(t.by) < maxTallies {
		return
	}
	oldest := ""
	for key, x := range t.by {
		if now.Sub(x.last) > forgetAfter {
			delete(t.by, key)
		} else if oldest == "" || x.last.Before(t.by[oldest].last) {
			oldest = key
		}
	}
	if len(t.by) >= maxTallies {
		delete(t.by, oldest)
	}
}

// succeeded forgets the tries with a name. Those of the address stay but for
// this one: nobody wins tries with other names by signing in with their own.
func (t *attempts) succeeded(name, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	keys := keysOf(name, address)
	delete(t.by, keys[0].key)
	delete(t.by, keys[1].key)
	if x := t.by[keys[2].key]; x != nil {
		x.n--
		if x.n < freeAddress {
			x.until = time.Time{}
		}
	}
}
