"""How the window looks: tokens, type, marks, icons and the painting rules panels share."""
