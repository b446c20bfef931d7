"""The mechanisms of AUTH, client side: challenges in, responses out. Pure, no socket."""
