"""The finished site, the pages that it is built from, and the preview."""
