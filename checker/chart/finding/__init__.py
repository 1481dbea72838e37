"""Findings that a sentence names → which of them may be said, of what, of which day."""
