"""Pictures of the concept graph: nodes and edges in, SVG in a `<figure>` out; the colours are in graph.css.

Every text is escaped here. The markup has no blank line, style or script; equal input gives equal text.
"""
