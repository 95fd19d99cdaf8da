package account

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"onewindow/defs"
	"onewindow/internal/ierr"
)

const testPassword = "brass kettle rain"

var cheap = Cost{Memory: 64, Passes: 1, Threads: 1}

// clock is a time that tests move on.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return ierr.As(err).Code
}

func TestRolesAreChecked(t *testing.T) {
	good := "roles:\n  - id: boss\n    names: {en: Boss, zh: 主任}\n    may: [users]\n"
	for text, want := range map[string]string{
		good: "",
		strings.Replace(good, "users", "users, fly", 1):      `roles.yaml:2: role boss: there is no permission "fly"`,
		strings.Replace(good, "users", "users, users", 1):    "roles.yaml:2: role boss: permission users stands twice",
		strings.Replace(good, "users", "save", 1):            `roles.yaml:1: no role may do "users"`,
		strings.Replace(good, ", zh: 主任", "", 1):             "roles.yaml:2: role boss has no name in zh",
		strings.Replace(good, "id: boss", "id: Big Boss", 1): `roles.yaml:2: "Big Boss" is no id of a role`,
		strings.Replace(good, "may:", "mai:", 1):             "roles.yaml:4",
		good + "  - id: boss\n    names: {en: B, zh: 主}\n":   "roles.yaml:5: role boss stands twice",
	} {
		_, err := LoadRoles(fstest.MapFS{rolesFile: {Data: []byte(text)}})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n%v, want %q", text, err, want)
		}
	}
	roles, err := LoadRoles(defs.FS)
	if err != nil || len(roles) == 0 {
		t.Errorf("the definitions: %v", err)
	}
}

func TestWeakWordsAreChecked(t *testing.T) {
	_, err := loadWeak(fstest.MapFS{weakFile: {Data: []byte("# x\nsecret\nSecret1\n")}})
	if err == nil || !strings.Contains(err.Error(), "weak_passwords.txt:3") {
		t.Errorf("%v", err)
	}
	if _, err := loadWeak(fstest.MapFS{}); err == nil {
		t.Error("a list that is not there is read")
	}
}

func TestPasswordsThatAreRefused(t *testing.T) {
	weak, err := loadWeak(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	a := &Accounts{weak: weak}
	p := Person{Login: "li.sample", Display: "李样例"}
	for password, want := range map[string]string{
		testPassword:               "",
		"光电镜片与旧石桥和晚风吹":             "",
		"short":                    "account.password-short",
		"":                         "account.password-short",
		"光电镜片":                     "account.password-short",
		strings.Repeat("x y", 100): "account.password-long",
		"brass\x00kettle rain":     "account.password-text",
		"brass\xffkettle rain":     "account.password-text",
		"a LI.Sample password":     "account.password-name",
		"我是李样例本人的很好记密码": "account.password-name",
		"Password2026!":   "account.password-weak",
		"ｐａｓｓｗｏｒｄ２０２６":    "account.password-weak", // wide letters
		"qwertyuiop12":    "account.password-weak",
		"123456789012":    "account.password-weak",
		"aaaaaaaaaaaaaa":  "account.password-weak",
		"abababababab":    "account.password-weak",
		"adminadminadmin": "account.password-weak",
		"!!知识产权局2026!!!":  "account.password-weak",
	} {
		if got := codeOf(a.checkPassword(p, password)); got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}

func TestHashesAreReadBackAndNothingElse(t *testing.T) {
	a := &Accounts{config: Config{Cost: cheap}, hashing: make(chan struct{}, 1)}
	h := hashPassword("Ａbc", cheap)
	if h == hashPassword("Ａbc", cheap) {
		t.Error("two hashes have one salt")
	}
	for password, want := range map[string]bool{"Ａbc": true, "Abc": true, "abc": false, "": false} { // composed alike
		if ok, stale, err := a.verify(t.Context(), password, h); ok != want || stale || err != nil {
			t.Errorf("%q: %v, %v, %v", password, ok, stale, err)
		}
	}
	a.config.Cost.Passes++
	if _, stale, _ := a.verify(t.Context(), "Abc", h); !stale {
		t.Error("a hash of another cost is not stale")
	}
	for _, bad := range []string{
		"", "x", strings.Replace(h, "argon2id", "argon2i", 1), strings.Replace(h, "m=64", "m=4294967295", 1), strings.Replace(h, "m=64", "m=064", 1),
		strings.Replace(h, "t=1", "t=1000000", 1), strings.Replace(h, "p=1", "p=0", 1), h + "$", h[:len(h)-30], strings.Replace(h, "v=19", "v=16", 1), h + "=",
	} {
		if _, _, err := a.verify(t.Context(), "Abc", bad); ierr.KindOf(err) != ierr.Corrupt {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func FuzzParseHash(f *testing.F) {
	f.Add(hashPassword("x", cheap))
	f.Add("$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, s string) {
		c, salt, key, err := parseHash(s)
		if err == nil && phc(c, salt, key) != s {
			t.Errorf("%q is read as %q", s, phc(c, salt, key))
		}
	})
}

func TestTriesAreCountedByNameAndAddress(t *testing.T) {
	c := &clock{now: time.Unix(1_000_000, 0)}
	a := newAttempts(c.Now)
	tries := func(name, address string) (n int) {
		for a.begin(name, address) == nil {
			n++
		}
		return n
	}
	if n := tries("li", "192.0.2.1"); n != freePair {
		t.Errorf("%d tries with one name from one address", n)
	}
	if a.begin("li", "192.0.2.2") != nil || a.begin("wang", "192.0.2.1") != nil {
		t.Error("another name or address is closed too")
	}
	for i, want := range []time.Duration{1, 2, 4, 8, 15, 15} {
		c.add(want*time.Minute - time.Second)
		if a.begin("li", "192.0.2.1") == nil {
			t.Errorf("wait %d is shorter than %d minutes", i, want)
		}
		c.add(time.Second)
		if err := a.begin("li", "192.0.2.1"); err != nil {
			t.Errorf("wait %d is longer than %d minutes: %v", i, want, err)
		}
	}
	a.succeeded("li", "192.0.2.1")
	if n := tries("li", "192.0.2.1"); n != freePair {
		t.Errorf("%d tries after signing in", n)
	}

	a = newAttempts(c.Now)
	n := 0
	for ; a.begin("li", "198.51.100."+string(rune('0'+n%10))+string(rune('0'+n/10))) == nil; n++ {
	}
	if n != freeName {
		t.Errorf("%d tries with one name from everywhere", n)
	}
	a = newAttempts(c.Now)
	for n = 0; a.begin(strings.Repeat("x", n+1), "2001:db8::1") == nil; n++ {
	}
	if n != freeAddress {
		t.Errorf("%d tries from one address", n)
	}
	if a.begin("fresh", "2001:db8::ffff") == nil {
		t.Error("the neighbour in one /64 is open")
	}
	c.add(forgetAfter + longestWait)
	if err := a.begin("fresh", "2001:db8::1"); err != nil {
		t.Errorf("after an hour: %v", err)
	}

	a = newAttempts(c.Now)
	for i := range 3 * maxTallies / 2 {
		a.begin("n", "a"+string(rune(i)))
		c.add(time.Millisecond)
	}
	if len(a.by) > maxTallies {
		t.Errorf("%d tallies are kept", len(a.by))
	}
}

func TestAddresses(t *testing.T) {
	for in, want := range map[string]string{"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1", "2001:db8:1:2:3::4": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "@": "@"} {
		if got := placeOf(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestPermissionsAdmit(t *testing.T) {
	ctx := t.Context()
	as := func(p Person) context.Context { return context.WithValue(ctx, visitorKey, visitor{person: p}) }
	clerk := Person{Display: "Li", Login: "li", may: []Permission{Decide}}
	gone := clerk
	gone.Disabled = true
	for _, row := range []struct {
		who  string
		ctx  context.Context
		want map[Access]string
	}{
		{"a stranger", ctx, map[Access]string{Anyone: "", SignedIn: "account.sign-in", May(Decide): "account.sign-in", Owner: "api.forbidden", "": "account.sign-in"}},
		{"a clerk", as(clerk), map[Access]string{Anyone: "", SignedIn: "", May(Decide): "", May(Users): "account.permission", Owner: "api.forbidden", "": "account.permission", "decide": "account.permission"}},
		{"somebody disabled", as(gone), map[Access]string{May(Decide): "account.permission"}},
		{"the owner", AsOwner(ctx), map[Access]string{Anyone: "", SignedIn: "", May(Users): "", Owner: ""}},
	} {
		for access, want := range row.want {
			if got := codeOf(access.Admit(row.ctx)); got != want {
				t.Errorf("%s, %s: %q, want %q", row.who, access, got, want)
			}
		}
	}
	if got := Signature(as(clerk), "the director"); got != "Li (li)" {
		t.Errorf("a clerk signs as %q", got)
	}
	if got := Signature(AsOwner(ctx), "root"); got != "root" {
		t.Errorf("the owner signs as %q", got)
	}
}
