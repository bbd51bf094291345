"""Whether a condition is one we accept: known columns, operands that fit, functions with one answer only."""
