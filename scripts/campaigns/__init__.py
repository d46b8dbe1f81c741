"""Campaigns: long trials of what Kliping promises when machines fail, each a module."""
