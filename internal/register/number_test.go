package register

import (
	"slices"
	"testing"
)

func TestNumbersOfAmericanDocuments(t *testing.T) {
	for number, want := range map[string]string{
		"USD586076S1": "pub:USD586076S", "US D586,076 S1": "pub:USD586076S", "USD586076": "pub:USD586076S", "USPP18398P2": "pub:USPP18398P",
		"USRE38765E1": "pub:USRE38765E", "USRE38765": "pub:USRE38765E", "US7,521,043": "pub:US7521043B", "US 29/297,569": "app:US29297569",
		"US 2005/0004437 A1": "pub:US20050004437A", "US2005/0004437": "pub:US20050004437A", "US11147202B2": "pub:US11147202",
	} {
		if keys := KeysOf(number); !slices.Contains(keys, want) {
			t.Errorf("%s may stand for %v, want %s", number, keys, want)
		}
	}
	for _, none := range []string{"US", "USD", "USPPP1", "U1", "FRX1"} {
		if keys := patentKeys(none); len(keys) > 0 {
			t.Errorf("%s stands for %v", none, keys)
		}
	}
}
