"""Inspection: looks at plans, machines and run folders, and changes nothing."""
