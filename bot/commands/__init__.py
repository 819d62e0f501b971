"""What `footnote` can be told on the command line, one file a kind of work."""
