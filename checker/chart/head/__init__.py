"""The head of a paper: what it is, of which day and by whom."""
