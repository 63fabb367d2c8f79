"""Where things come from: content hashes, declarations of notebooks, import closures, commits."""
