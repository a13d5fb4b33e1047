"""Checks that steps are made of. The steps themselves belong to a kata."""
