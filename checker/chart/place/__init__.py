"""Where it is: the body part and the side of a mention."""
