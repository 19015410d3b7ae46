"""Keys that sign checkpoints: the keyring and the rotation from one key to the next."""
