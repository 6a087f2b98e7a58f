"""What pages of the service show of stored documents."""
