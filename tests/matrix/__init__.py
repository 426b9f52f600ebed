"""The access matrix: every route, API operation and job, tried by everyone on everything.

routes.py finds what there is, people.py who tries, objects.py on what, bodies.py with what is sent, engine.py runs
the calls and compares each outcome with the declared policy. A new kind of object in a policy needs one provider in
objects.py, or in a file of its own that is imported here; a new name of a field that holds an id needs one line in
REFERENCES.
"""

from . import asking, conversing, talks  # noqa: F401
