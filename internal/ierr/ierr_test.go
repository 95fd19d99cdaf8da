package ierr

import (
	"errors"
	"fmt"
	"testing"
)

func TestEveryKindHasItsOwnNameAndExitCode(t *testing.T) {
	names, exits := map[string]Kind{}, map[int]Kind{}
	for k := range kinds {
		kind := Kind(k)
		if other, ok := names[kind.String()]; ok || kind.String() == "" {
			t.Errorf("kinds %d and %d are both called %q", k, other, kind.String())
		}
		if other, ok := exits[kind.Exit()]; ok || kind.Exit() == 0 {
			t.Errorf("kinds %v and %v both exit with %d", kind, other, kind.Exit())
		}
		names[kind.String()], exits[kind.Exit()] = kind, kind
		if back, ok := KindNamed(kind.String()); !ok || back != kind {
			t.Errorf("KindNamed(%q) = %v, %v", kind.String(), back, ok)
		}
		if kind.HTTP() < 400 {
			t.Errorf("%v maps to HTTP %d", kind, kind.HTTP())
		}
	}
	if _, ok := KindNamed("no such kind"); ok {
		t.Error("KindNamed found a kind that there is not")
	}
}

func TestKindSurvivesWrapping(t *testing.T) {
	cause := errors.New("disk full")
	err := fmt.Errorf("loading: %w", Wrap(cause, Busy, "folder.locked", Args{"by": "pid 7", "at": 1}))
	if KindOf(err) != Busy || !errors.Is(err, cause) {
		t.Errorf("kind %v, cause kept: %v", KindOf(err), errors.Is(err, cause))
	}
	if got, want := As(err).Error(), "folder.locked (at=1, by=pid 7): disk full"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := As(cause); got.Kind != Internal || got.Code != "internal" {
		t.Errorf("an unclassified error became %v", got)
	}
}
