"""Compiled loops over texts: `tokens` finds their tokens, `offsets` those that are shown."""
