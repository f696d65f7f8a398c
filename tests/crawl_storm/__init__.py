"""Crawls through everything that the sandbox can do to them at once."""
