"""Packs: a finished run in one file that anybody can be given, without arrays, hosts, users or paths."""
