"""Keeps articles and finds passages; the only SQL in the house."""
