"""What the product costs, side by side with named peers and with the least that could be done."""
