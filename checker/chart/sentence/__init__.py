"""A sentence with all that steers how its mentions are understood."""
