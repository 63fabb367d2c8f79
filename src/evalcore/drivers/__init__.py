"""What goes with satisfaction: shares, an ordinal regression, what could mislead, and what it may be worth."""
