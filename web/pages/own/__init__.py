"""Pages of whoever is signed in: account, sign-in, help."""
