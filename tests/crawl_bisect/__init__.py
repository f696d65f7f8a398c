"""Whole crawls that search for changes, on a sandbox."""
