"""The definitions of figures, as data: what is read, chosen, grouped, counted or summed, and printed."""
