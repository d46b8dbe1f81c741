"""Parts of `scripts/evaluate.py`: how well searches rank, by questions and judgments."""
