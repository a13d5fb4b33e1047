"""Checks for steps. The steps themselves belong to a kata."""
