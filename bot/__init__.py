"""What faces people: the gateway, its channels, the dialogue server, and the command that runs them all."""
