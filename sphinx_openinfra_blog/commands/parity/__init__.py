"""The check for a move: what an old site had and a built one lost."""
