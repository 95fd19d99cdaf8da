package tsdr

import (
	"os"
	"testing"

	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
)

func TestInventedTransactionsOfST66(t *testing.T) {
	sourcetest.ReadsAs(t, Format(1), "testdata/st66.xml", "testdata/st66.json")
}

func TestInventedTransactionsOfST96(t *testing.T) {
	sourcetest.ReadsAs(t, Format(1), "testdata/st96.xml", "testdata/st96.json")
}

func TestOtherFilesAreNotTransactions(t *testing.T) {
	for _, data := range []string{
		"", "<TrademarkTransactionBody/>", "<a:TradeMarkTransactionBody><a:TransactionData/></a:TradeMarkTransactionBody>",
	} {
		got, _, err := sourcetest.Entries(Format(1), []byte(data), entry.Limits{})
		reject, ok := err.(*entry.Reject)
		if len(got) != 0 || !ok || reject.Code != "xml.no_record" {
			t.Errorf("%q: %+v, %v", data, got, err)
		}
	}
	if Format(1).Detect("x", []byte("<tmk:TrademarkApplication><tmk:Trademark/></tmk:TrademarkApplication>")) {
		t.Error("an application is taken for a transaction")
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range []string{"testdata/st66.xml", "testdata/st96.xml"} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, _ := sourcetest.Entries(Format(1), data, entry.Limits{Record: 64 << 10, XMLDepth: 30, Attributes: 30})
		for i, e := range got {
			if (e.Doc == nil) == (e.Reject == nil) || e.Row != int64(i+1) || e.Doc != nil && e.Doc.Number+e.Doc.Application.Number == "" {
				t.Fatalf("entry %d is %+v", i, e)
			}
		}
	})
}
