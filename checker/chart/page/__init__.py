"""A page of text → lines, sentences, sections, tables and days."""
