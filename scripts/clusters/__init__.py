"""The parts of `scripts/cluster.py`: a real OpenSearch on this machine, for tests and a first try.

cluster.py: nodes that know each other; node.py: one process, which runs Node.java. java.py finds
Java and Maven, jars.py fetches OpenSearch once; pom.xml says which. errors.py: why there is none.
"""
