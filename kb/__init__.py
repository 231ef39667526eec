"""The evidence base for befriending and mentoring: content in, checked graph, pages and pictures out."""

__version__ = "0.2.0"
