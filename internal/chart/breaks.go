package chart

import (
	"math"
	"slices"

	"onewindow/internal/decimal"
)

// enoughFit is the goodness of variance fit with which more classes are not sought:
// the share of the variance that lies between classes and not within them.
const enoughFit = 0.95

// Breaks groups numbers into natural classes, from the lowest: of all ways to part
// the sorted numbers into so many classes the one with the least sum of squared
// distances to the class means (Fisher 1958, Jenks 1977). Equal numbers are in the
// same class. There are as few classes as fit well, and most at most, which is at
// least 1.
func Breaks(numbers []decimal.Number, most int) [][]decimal.Number {
	if len(numbers) == 0 {
		return nil
	}
	sorted := slices.SortedFunc(slices.Values(numbers), decimal.Number.Cmp)
	var distinct []decimal.Number
	var at, weight []float64
	low := sorted[0]
	width := sorted[len(sorted)-1].Sub(low)
	for _, n := range sorted {
		if len(distinct) > 0 && n.Equal(distinct[len(distinct)-1]) {
			weight[len(weight)-1]++
			continue
		}
		distinct = append(distinct, n)
		at = append(at, ratio(n.Sub(low), width))
		weight = append(weight, 1)
	}
	most = min(most, len(distinct))
	cost, begins := partition(at, weight, most)
	classes := most
	for k := 1; k < most; k++ {
		if cost[0] > 0 && 1-cost[k-1]/cost[0] >= enoughFit {
			classes = k
			break
		}
	}
	out := make([][]decimal.Number, classes)
	starts := begins[classes-1]
	for _, n := range sorted {
		i, _ := slices.BinarySearchFunc(distinct, n, decimal.Number.Cmp)
		class := 0
		for class+1 < classes && i >= starts[class+1] {
			class++
		}
		out[class] = append(out[class], n)
	}
	return out
}

// partition returns for 1 to most classes the least cost of parting sorted places
// into them, and at which place each class begins.
func partition(at, weight []float64, most int) (costs []float64, begins [][]int) {
	n := len(at)
	w, s, q := make([]float64, n+1), make([]float64, n+1), make([]float64, n+1)
	for i := range n {
		w[i+1] = w[i] + weight[i]
		s[i+1] = s[i] + weight[i]*at[i]
		q[i+1] = q[i] + weight[i]*at[i]*at[i]
	}
	within := func(i, j int) float64 { // the cost of one class of the places i to j-1
		sum := s[j] - s[i]
		return math.Max(q[j]-q[i]-sum*sum/(w[j]-w[i]), 0)
	}
	best := make([][]float64, most+1) // by classes and by how many places they hold
	from := make([][]int, most+1)
	for k := 1; k <= most; k++ {
		best[k], from[k] = make([]float64, n+1), make([]int, n+1)
		for j := k; j <= n; j++ {
			best[k][j] = math.Inf(1)
			if k == 1 {
				best[k][j] = within(0, j)
				continue
			}
			for i := k - 1; i < j; i++ {
				if c := best[k-1][i] + within(i, j); c < best[k][j] {
					best[k][j], from[k][j] = c, i
				}
			}
		}
	}
	for k := 1; k <= most; k++ {
		starts := make([]int, k)
		for class, j := k, n; class >= 1; class-- {
			j = from[class][j]
			starts[class-1] = j
		}
		costs, begins = append(costs, best[k][n]), append(begins, starts)
	}
	return costs, begins
}
