"""The rehearsal: scripted officers who take clues through simulated weeks, act by act."""
