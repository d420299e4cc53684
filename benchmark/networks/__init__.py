"""Networks: from examples to a trained network and its activations. torch lives here."""
