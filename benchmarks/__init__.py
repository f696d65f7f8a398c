"""What the crawl costs, in requests and in seconds; run each script by its path."""
