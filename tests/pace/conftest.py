"""What the tests of the pace share with those of whole crawls."""

from crawl.conftest import make_desk

__all__ = ["make_desk"]
