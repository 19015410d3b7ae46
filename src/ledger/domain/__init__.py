"""What may happen to an engagement: events, and the rules that let them happen. Imports nothing else of ours."""
