"""One file a group of rules: each holds one question against one document and answers with the proof."""
