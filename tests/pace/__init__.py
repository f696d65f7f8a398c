"""Several crawls at once, as the archive sees them."""
