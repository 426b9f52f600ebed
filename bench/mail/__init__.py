"""What e-mails cost that arrive and leave, by the background worker as `frontdesk run` starts it."""
