package search

import (
	"encoding/binary"
	"math/bits"
)

// mask marks the deleted slots of a segment. It is never changed: deleting makes
// another. Bit 0 is the segment's first slot rounded down to a multiple of 64, so
// that words of a mask are words of a window. The nil mask deletes nothing.
type mask []uint64

func maskWords(base, slots uint32) int {
	return int((uint64(base)+uint64(slots)+63)/64 - uint64(base)/64)
}

func (m mask) has(base, slot uint32) bool {
	if m == nil {
		return false
	}
	i := slot - base&^63
	return m[i/64]>>(i%64)&1 != 0
}

// with returns a mask that marks slots as well; the slots are the segment's.
func (m mask) with(base, slots uint32, deleted []uint32) mask {
	out := make(mask, maskWords(base, slots))
	copy(out, m)
	for _, s := range deleted {
		i := s - base&^63
		out[i/64] |= 1 << (i % 64)
	}
	return out
}

// merged returns the mask of a segment that covers those of the views.
func mergedMask(views []*segmentView) mask {
	base, slots := span(views)
	var out mask
	for _, v := range views {
		if v.mask == nil {
			continue
		}
		if out == nil {
			out = make(mask, maskWords(base, slots))
		}
		o := int(v.base/64 - base/64)
		for i, w := range v.mask {
			out[o+i] |= w
		}
	}
	return out
}

func (m mask) count() uint32 {
	n := 0
	for _, w := range m {
		n += bits.OnesCount64(w)
	}
	return uint32(n)
}

func writeMask(d disk, dir, name string, m mask) (fileInfo, error) {
	w, err := createBlockFile(d, dir, name)
	if err != nil {
		return fileInfo{}, err
	}
	b := make([]byte, 0, 8*len(m))
	for _, x := range m {
		b = binary.LittleEndian.AppendUint64(b, x)
	}
	_, _ = w.Write(b)
	return w.close(true)
}

// readMask reads a mask whole; questions need it in memory.
func readMask(dir string, info *segmentInfo) (mask, error) {
	if info.Mask == nil {
		return nil, nil
	}
	f, err := openBlockFile(dir, *info.Mask)
	if err != nil {
		return nil, err
	}
	defer f.close()
	var m mask
	err = guard(func() error {
		f.need(0, int64(len(f.data)))
		if len(f.data) != 8*maskWords(info.Base, info.Slots) {
			return damaged(f.name, "size")
		}
		m = make(mask, len(f.data)/8)
		for i := range m {
			m[i] = binary.LittleEndian.Uint64(f.data[8*i:])
		}
		if m.count() != info.Deleted {
			return damaged(f.name, "count")
		}
		return nil
	})
	return m, err
}
