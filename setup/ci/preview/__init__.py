"""Asks a Runboat for the preview of a merge request, and tells the reviewer."""
