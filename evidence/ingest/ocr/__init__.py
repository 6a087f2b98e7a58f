"""Page images -> lines: the protocol of engines, the page that they read, what that depends on."""
