"""Settings of the crawl, each with its reason. Pipelines are named as strings only.

The first block is policytrail's own and may be changed with `-s NAME=VALUE`.
"""

import os

# --- ours -----------------------------------------------------------------------------------
# Eight tenths of what the archive's staff allow a network is 24 listings a minute; playback
# is held far below its limit, because nobody waits for a history that is twenty years old.
CDX_REQUESTS_PER_MINUTE = 24
PLAYBACK_REQUESTS_PER_MINUTE = 60
PLAYBACK_CONCURRENCY = 2
# The archive allows 4 saves a minute without a key and some 7 to 12 with one; looking how far a
# capture is takes a turn of this budget too.
SAVE_REQUESTS_PER_MINUTE = 3
SAVE_PATIENCE_SECONDS = 300  # a capture takes two minutes at most, and its job is kept for an hour
PAUSE_AFTER_429_SECONDS = 60
BAN_COOLDOWN_SECONDS = 3600
RETRY_WAITS_SECONDS = [1, 5, 15, 45, 120]  # first requests often time out and then succeed
CONTACT = ""  # an address or page where the archive's staff can reach whoever crawls
MAX_BODY_BYTES = 20 * 1024 * 1024
CDX_PAGE_ROWS = 5000
BATCH_CAPTURES = 200  # so many results, or so many seconds, make a write turn
BATCH_SECONDS = 2.0
DUE = False  # list only what is due, and in windows: `crawl --due`
DUE_AFTER_DAYS = 30  # where the vendor list gives no `every`
LISTING_OVERLAP_DAYS = 30  # the archive indexes late, so a window begins before the last listing
RELIST_AFTER_DAYS = 180  # a listing of the whole finds what was added late, or withdrawn
ARCHIVE = os.environ.get("POLICYTRAIL_ARCHIVE", "https://web.archive.org")
DATA = os.environ.get("POLICYTRAIL_DATA", "data")
VENDORS = ""  # the data folder's vendors.toml, else the list that came with policytrail
LEDGER = "pipelines.database.ledger.CrawlLedger"

# --- Scrapy's -------------------------------------------------------------------------------
BOT_NAME = "policytrail"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

ITEM_PIPELINES = {
    "pipelines.stages.KeepMemento": 100,
    "pipelines.stages.ReadText": 200,
    "pipelines.stages.LoadLedger": 300,
}
DOWNLOADER_MIDDLEWARES = {
    "crawler.politeness.Politeness": 50,
    # Each of these would act behind politeness or before the checks of a memento.
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
}
DEFAULT_REQUEST_HEADERS = {"Accept": "*/*", "Accept-Encoding": "gzip, deflate"}

ROBOTSTXT_OBEY = False  # an API made to be called; we keep its rates and say who we are
REFERER_ENABLED = False
TELNETCONSOLE_ENABLED = False  # on by default, and a door
REMOTE_CONTROL_ENABLED = False  # likewise
EXTENSIONS = {  # switched off above, and costly to import all the same
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}
URLLENGTH_LIMIT = 0  # archived addresses may be long, and a dropped one would be lost
DOWNLOAD_TIMEOUT = 90
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_MAXSIZE = MAX_BODY_BYTES  # the spider gives each request its own
DOWNLOAD_DELAY = 0  # pace is politeness's
DOWNLOAD_DELAY_JITTER = 0
MEMUSAGE_ENABLED = False
LOG_LEVEL = "WARNING"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LOGSTATS_INTERVAL = 0
