"""Tables: data in, formatted cells out."""
