"""Whether a number or a symbol of a text is meant as an error code."""
