"""The knowledge base as Markdown pages, one set per language; `site.render_pages` makes them."""
