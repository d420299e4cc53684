"""Plain data: strict JSON and YAML, numbers packed into text, differences, and findings in a line."""
