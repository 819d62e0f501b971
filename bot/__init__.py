"""Platforms, and the one place where all is put together."""
