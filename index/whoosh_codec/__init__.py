"""The door for Whoosh: index/whoosh_codec."""
