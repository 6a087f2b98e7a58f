"""The killable, walled-in child process that every hostile byte is met in. Knows nothing of documents."""
