"""One immutable index on disk, and the directory of them: index/generations."""
