"""The examination of a desk: `faultbook doctor`, and `/fault doctor`."""
