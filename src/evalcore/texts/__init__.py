"""Chinese texts: words by segmentation and word lists, and a small classifier that learns here."""
