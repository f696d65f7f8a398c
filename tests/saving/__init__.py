"""Captures asked for, from the choice of pages to the crawl that finds them."""
