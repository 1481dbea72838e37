"""Numbers in a sentence: visits and weeks, scores of pain, grades of strength."""
