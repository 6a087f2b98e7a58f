"""What searches read of many documents at once, the log that indexes are fed from, what people keep of searches."""
