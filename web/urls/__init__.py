"""Rooms for the routes, the JSON, the views, the addresses and the words: web/."""
