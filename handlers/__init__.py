"""What the bot can do, on any platform."""
