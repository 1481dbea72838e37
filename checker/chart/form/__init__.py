"""A request form → its items, diagnoses and ticked boxes."""
