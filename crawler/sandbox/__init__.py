"""A Wayback Machine on the loopback: listing, playback, faults, budgets, and a log of requests.

It answers as web.archive.org does, for captures that a test writes down, a folder with a
manifest, or WARC files; without any of these, for the sample archive of invented vendors.

    from crawler.sandbox.archive import archive_of, capture
    from crawler.sandbox.faults import Fault
    from crawler.sandbox.server import Sandbox

    archive = archive_of(
        capture("http://acme.example/privacy", "20160101000000", "<p>We keep nothing.</p>"),
        capture("http://acme.example/privacy", "20170101000000", status=404),
    )
    with Sandbox(archive, faults=[Fault("429", times=1)]) as sandbox:
        ...  # point a client at sandbox.url, then look into sandbox.log

Captures come from `archive` (in code), `folders`, `warcs`, or `sources` (any of them by path);
`sources.load(["folder", "file.warc.gz"])` makes one archive of several. A request goes through
`server`, `wire` (bytes off and onto the socket), `budgets`, `visits` (what it is about), then
`listing` and `query`, `playback` or `saves`, with `replies` for notices and refusals; `faults`
chooses what goes wrong and `spoiling` carries it out; `log` remembers it all. `samples` has the
captures, and a vendor list for them. From a shell: `python -m crawler.sandbox --help`.
"""
