"""From anything that a person throws at it to clean articles and passages."""
