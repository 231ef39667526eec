"""Files out: the graph, its tables, references and the feed."""
