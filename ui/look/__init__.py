"""How the window looks: tokens, type, marks, icons and the few painting rules every panel shares."""
