package search

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSignaturesHoldEveryPlaceOfThePart(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var pos []uint32
		for k := range 1 + r.IntN(12) {
			p := uint32(r.IntN(1 + 1<<r.IntN(15)))
			if k%3 == r.IntN(3) {
				p += partBit
			}
			pos = append(pos, p)
		}
		slices.Sort(pos)
		pos = slices.Compact(pos)
		b, parts := encodePositions(nil, pos)
		v := postingValue(uint32(len(pos)), parts)
		padded := append(slices.Clone(b), make([]byte, packPad)...)
		for _, part := range []Part{AnyPart, Part0, Part1} {
			sig, n := signature(padded, v, part)
			if n != len(b) {
				t.Fatalf("%v takes %d bytes, not %d", pos, n, len(b))
			}
			var all, own uint64
			for _, p := range pos {
				all |= 1 << (p % 64)
				if part.has(p) {
					own |= 1 << (p % 64)
				}
			}
			if sig&own != own || sig&^all != 0 {
				t.Fatalf("part %d of %v has signature %x, not between %x and %x", part, pos, sig, own, all)
			}
		}
	}
}

func TestShortVarintsReadWhatWasWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 10_000 {
		v := r.Uint64() >> r.IntN(64)
		b := binary.AppendUvarint(nil, v)
		got, n := shortVarint(binary.LittleEndian.Uint64(append(b, 0xff, 1, 2, 3, 4, 5, 6, 7)))
		if len(b) > 4 {
			if n <= 32 {
				t.Fatalf("%d bytes are short", len(b))
			}
		} else if got != v || n != 8*len(b) {
			t.Fatalf("%d of %d bytes is read as %d of %d bits", v, len(b), got, n)
		}
	}
}

func TestUnlikeFindsThePlacesOfOtherParts(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for w := uint(1); w <= 8; w++ {
		for range 200 {
			var v [blockLen]uint32
			var want []uint8
			for i := range v {
				if v[i] = inPart1; r.IntN(8) == 0 {
					v[i] = uint32(r.IntN(1 << w))
				}
				if v[i]&partsMask != inPart1 {
					want = append(want, uint8(i))
				}
			}
			var at [blockLen]uint8
			b := append(pack(nil, &v, w), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
			if n := unlike(b, w, inPart1, &at); !slices.Equal(at[:n], want) {
				t.Fatalf("width %d: %v, not %v", w, at[:n], want)
			}
		}
	}
}

func TestBoundsReachTheFullWhereSharesDo(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		var sums [64]float64
		var bounds []bound
		for range 2 + r.IntN(maxBounded-1) {
			share := r.Float32() / float32(1+r.IntN(20))
			b := newBound(share)
			b.docs = []uint64{r.Uint64() & r.Uint64()}
			for i := range sums {
				if b.docs[0]>>i&1 != 0 {
					sums[i] += float64(share)
				}
			}
			bounds = append(bounds, b)
		}
		out := reached(bounds, 0)
		for i, s := range sums {
			if in := out>>i&1 != 0; s >= 1 && !in || s < 1-float64(len(bounds))/boundFull && in {
				t.Fatalf("shares of %v reached: %v", s, in)
			}
		}
	}
}
