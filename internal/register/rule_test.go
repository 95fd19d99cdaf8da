package register_test

import (
	"context"
	"testing"

	"onewindow/internal/register"
)

// TestARulingThatPanicsWasNeverMade, in the store or in memory.
func TestARulingThatPanicsWasNeverMade(t *testing.T) {
	r := open(t)
	ruling := register.Ruling{Doubt: register.DoubtReject, Act: register.Dismiss, Key: "file:x|1", Case: "reject:1:1", Cases: 1, Reason: "test", By: "test"}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is swallowed")
			}
		}()
		r.Rule(t.Context(), ruling, func(context.Context) ([]int64, error) { panic("invented") })
	}()
	if _, err := r.SetOverride(t.Context(), register.Override{Right: 1, Field: "region", Value: "x", Reason: "test", By: "test"}); err == nil {
		t.Error("a right that is not there was overridden")
	}
	made, err := r.Rule(t.Context(), ruling, func(context.Context) ([]int64, error) { return nil, nil })
	if err != nil || made.ID != 1 {
		t.Errorf("the next ruling is %+v, %v", made, err)
	}
	if all := r.Rulings(); len(all) != 1 {
		t.Errorf("%d rulings stand", len(all))
	}
}
