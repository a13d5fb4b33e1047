"""nnkata: an executable contract for the neural network of a well-known article, and the kit that judges by it.

What lives here, in the direction data flows (a part imports only what stands above it):

    protocol        the typed interface of an implementation
    oracle          the mathematics, once: what is right
    misconceptions  known wrong versions of it: what is wrong, why, what to read
    data            MNIST: bundled, from OpenML, or from a path
    subject         the implementation under test behind one face, in this process or in a worker
    steps           Gherkin steps, a module a stage
    verdict         what one run found
    runner          implementation name + options -> verdict
    reports         a verdict as text, JSON, ...
    cli             commands
"""

__version__ = "0.1.0"
