"""The commands, one folder a noun: archive, documents, criteria, appraisal, system."""
