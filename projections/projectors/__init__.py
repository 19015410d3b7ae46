"""From events to rows: a projector for each subject."""
