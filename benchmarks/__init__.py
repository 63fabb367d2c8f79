"""What is fast, measured against peers; nothing here is a test."""
