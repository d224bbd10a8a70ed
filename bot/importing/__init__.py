"""Tables of error codes from spreadsheets and pages -> draft entries of a pack."""
