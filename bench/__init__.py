"""What speed costs and brings, measured side by side on one machine: ``make bench``."""
