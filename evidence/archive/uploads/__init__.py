"""Files that units hand in through the service: on their way in, received, read."""
