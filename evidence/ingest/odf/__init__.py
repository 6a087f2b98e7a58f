"""OpenDocument (ISO/IEC 26300): what its texts count by themselves and what is embedded in them."""
