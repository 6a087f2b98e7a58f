"""What units handed in through the service: files on their way in, and receipts, which stay."""
