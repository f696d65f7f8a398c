"""Gets bytes out of the archive; knows no table."""
