"""The statements of a submission: its trees and loops, and the entries of its tables of layers."""
