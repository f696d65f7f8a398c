"""Bodies in, texts out: charset, main text, PDF, verdict, language, dates, fingerprint.

The only room that may import trafilatura. No network, no database, no state.
"""
