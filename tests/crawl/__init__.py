"""Whole crawls from the command line, against an archive on the loopback."""
