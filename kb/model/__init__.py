"""The content as plain values: records, evidence, judgements and what they come to."""
