"""What searches read of many documents at once, and what people keep of their searches."""
