"""What each chapter says: the data behind its exhibits and its numbers, computed from stage frames."""
