"""Tables of error codes: from spreadsheets and pages to draft entries of a pack, and back."""
