"""What a register changed since it was last imported."""
