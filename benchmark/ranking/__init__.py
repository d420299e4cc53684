"""Networks of one's own: from their activations to an order, with what is tied and what to mistrust. No labels."""
