package register

import (
	"reflect"
	"slices"
)

// changedRegistration lists the fields of registers of rights other than patents
// in which two views differ.
func changedRegistration(a, b *View) []Field {
	var out []Field
	differs := func(f Field, same bool) {
		if !same {
			out = append(out, f)
		}
	}
	differs(FieldStatus, (a.Status == nil) == (b.Status == nil) && (a.Status == nil || a.Status.Status == b.Status.Status))
	differs(FieldDay, slices.EqualFunc(a.Days, b.Days, func(x, y Day) bool { return x.Day == y.Day }))
	differs(FieldMark, (a.Mark == nil) == (b.Mark == nil) && (a.Mark == nil || reflect.DeepEqual(a.Mark.Mark, b.Mark.Mark)))
	differs(FieldGoods, slices.EqualFunc(a.Goods, b.Goods, func(x, y Goods) bool { return reflect.DeepEqual(x.Goods, y.Goods) }))
	differs(FieldImage, slices.EqualFunc(a.Images, b.Images, func(x, y Image) bool { return x.Image == y.Image }))
	differs(FieldFact, slices.EqualFunc(a.Facts, b.Facts, func(x, y Fact) bool { return x.Fact == y.Fact }))
	return out
}

func sameEvent(a, b *Event) bool {
	return a.Document == b.Document && reflect.DeepEqual(a.Event, b.Event)
}
