"""Training of Hearsay's encoder: from gold data to a model file and its card."""
