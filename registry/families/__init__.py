"""One file = one entry; a leading underscore = shared machinery. List: `memorank list families`."""
