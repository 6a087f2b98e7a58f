"""What people keep of their searches."""
