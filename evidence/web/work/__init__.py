"""The work page in pieces: its address, the queue, the finding with its reasons, the document beside it."""
