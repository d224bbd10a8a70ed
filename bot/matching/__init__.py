"""From a text to a verdict. Pure: no clock, no randomness, no network; names no product."""
