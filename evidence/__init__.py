"""Reads the supporting documents of an administrative-reform appraisal and holds them against its criteria."""

__version__ = "0.1.0"
