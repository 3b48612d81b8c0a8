"""What the API says of the network's guesses."""
