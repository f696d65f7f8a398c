"""Answers as pictures (SVG, PNG). Owns matplotlib; imported only when a picture is asked for."""
