"""From a verdict to words: sentences by key, cards for a terminal. Pure; posts nothing."""
