"""What appraisers do beside the check: claims, rounds, cross-checks, near duplicates. Pure."""
