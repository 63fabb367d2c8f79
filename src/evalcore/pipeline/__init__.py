"""From notebooks to a published book: declarations, records, runner, engine, status."""
