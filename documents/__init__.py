"""What is written: facts become official documents."""
