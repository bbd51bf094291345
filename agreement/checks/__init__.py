"""Contradictions: what is well written and yet cannot hold together."""
