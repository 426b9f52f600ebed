"""What is known of one client: handed out as a bundle, or erased from everywhere."""
