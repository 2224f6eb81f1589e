"""Reports of readers: kept as they came, grouped, answered once, and what was typed forgotten in time."""
