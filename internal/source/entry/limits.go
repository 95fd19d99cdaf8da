package entry

// Limits bound what one top-level file may cost. What exceeds one of them is
// rejected, naming the limit.
type Limits struct {
	Unpacked   int64 // bytes that may come out of one top-level file
	Ratio      int64 // bytes that may come out for each packed byte, beyond Grace
	Grace      int64 // bytes that may come out whatever the ratio
	Entries    int   // files in all archives of one top-level file
	Depth      int   // archives within archives
	Spool      int64 // bytes of one archive within an archive, kept on disk while it is read
	Record     int   // bytes of one XML document
	Line       int   // bytes of one row of a table
	XMLDepth   int   // elements within elements
	Attributes int   // attributes of one element
	InFlight   int   // bytes of undecoded batches that wait at one time, beyond a single one
}

// DefaultLimits are generous for everything that offices have been seen to
// deliver: an issue of the Chinese gazette is some 5 GB in nested archives.
func DefaultLimits() Limits {
	return Limits{
		Unpacked:   256 << 30,
		Ratio:      200,
		Grace:      64 << 20,
		Entries:    2_000_000,
		Depth:      4,
		Spool:      16 << 30,
		Record:     64 << 20,
		Line:       1 << 20,
		XMLDepth:   256,
		Attributes: 256,
		InFlight:   16 << 20,
	}
}

// Or returns l with each limit that is zero taken from d.
func (l Limits) Or(d Limits) Limits {
	wide := func(v *int64, def int64) {
		if *v == 0 {
			*v = def
		}
	}
	narrow := func(v *int, def int) {
		if *v == 0 {
			*v = def
		}
	}
	wide(&l.Unpacked, d.Unpacked)
	wide(&l.Ratio, d.Ratio)
	wide(&l.Grace, d.Grace)
	narrow(&l.Entries, d.Entries)
	narrow(&l.Depth, d.Depth)
	wide(&l.Spool, d.Spool)
	narrow(&l.Record, d.Record)
	narrow(&l.Line, d.Line)
	narrow(&l.XMLDepth, d.XMLDepth)
	narrow(&l.Attributes, d.Attributes)
	narrow(&l.InFlight, d.InFlight)
	return l
}
