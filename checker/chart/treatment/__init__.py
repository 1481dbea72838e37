"""Treatments that a sentence names → what became of each."""
