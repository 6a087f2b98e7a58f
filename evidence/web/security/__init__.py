"""What stands between the network and the pages: who it is, whether they may, and what browsers are told to refuse."""
