"""What the law and the rulebook decide: pure rules, and the tables that hold the record."""
