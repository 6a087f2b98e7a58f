"""The nouns that every room speaks in, one file a stage: document, record, criteria, assessment, appraisal."""
