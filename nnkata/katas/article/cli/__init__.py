"""Commands that only this kata has."""
