"""Measurements: speed, quality and crashes, each printing what it measured."""
