"""Turns bytes into versions, answers and datasets."""
