"""Ask a Runboat for the preview of a merge request, and comment on it."""
