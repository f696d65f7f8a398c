"""What every crawl imports and loads, for the process that the tests' crawls are forked from."""

import scrapy.core.downloader.contextfactory
import scrapy.core.downloader.handlers.http11
import scrapy.core.scheduler
import scrapy.extensions.remote_control

import pipelines.cli.crawl
import pipelines.cli.engine
import pipelines.cli.upkeep
import pipelines.stages
from pipelines.extraction.extract import extract

MODULES = (pipelines, scrapy)
extract(
    b"<html><body><p>We keep what you tell us as long as the law wants us to.</p></body></html>",
    content_type="text/html",
    url="http://warm.example/",
)
