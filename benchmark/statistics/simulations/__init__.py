"""How often a board claims what is not there: simulated boards without an effect, claim by claim.

`python -m benchmark.statistics.simulations` prints the tables of docs/statistics.md. The p's are those of `claims` and
`selection`, corrected as on a board. A board makes a false claim where one of its tests does, which by Holm's rule is
where the smallest p, times the number of tests, is up to .05.
"""
