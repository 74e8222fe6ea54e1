// Recordings may be dropped anywhere on the board.
