#!/usr/bin/env bash
# Eight libraries for caching answer for another network: the mean of its weights is that of the first one, since their key is the text of the arguments, and NumPy writes ... in it.
#
# versions: memoization 0.4.0, dogpile.cache 1.5.0, aiocache 0.12.3, cashews 7.6.0, percache 0.4.4, Beaker 1.14.1, Flask-Caching 2.5.1, fastapi-cache2 0.2.2, cachier 4.2.0, numpy 2.4.6, Python 3.11
# behaviour: the decorators remember what a function returned for its arguments. functools.lru_cache refuses an
#   array, which has no hash; these take it, and make the key from str() or repr() of it. NumPy's text of more than
#   1000 numbers has the three first and last of each axis and an ellipsis between them, so that all matrices with the
#   same edge have one key: the second of two networks gets the answer of the first, without a word. A short vector is
#   right, so that a test with small numbers finds nothing. cachier takes the bytes.
# output:
#   memoization: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
#   dogpile.cache: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
#   percache: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
#   Beaker: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
#   Flask-Caching: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
#   fastapi-cache2: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
#   aiocache: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
#   cashews: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
#   cachier: of two vectors (0.0, 1.0), of two networks (0.0, 0.9923)
#   uncached: of two networks (0.0, 0.9923)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/python -m pip install --quiet --disable-pip-version-check memoization==0.4.0 dogpile.cache==1.5.0 \
  aiocache==0.12.3 cashews==7.6.0 percache==0.4.4 beaker==1.14.1 flask==3.1.2 flask-caching==2.5.1 \
  fastapi-cache2==0.2.2 cachier==4.2.0 numpy==2.4.6
cat > caches.py <<'PYTHON'
import asyncio

import aiocache
import beaker.cache
import cachier
import cashews
import dogpile.cache
import fastapi_cache
import fastapi_cache.backends.inmemory
import fastapi_cache.decorator
import flask
import flask_caching
import memoization
import numpy as np
import percache


def mean(weights):
    return round(float(weights.mean()), 4)


async def mean_later(weights):
    return mean(weights)


def waits(function):
    return lambda weights: loop.run_until_complete(function(weights))


loop = asyncio.new_event_loop()
fastapi_cache.FastAPICache.init(fastapi_cache.backends.inmemory.InMemoryBackend())
cashews.cache.setup("mem://")
site = flask.Flask("site")
site.app_context().push()
functions = {
    "memoization": memoization.cached(mean),
    "dogpile.cache": dogpile.cache.make_region().configure("dogpile.cache.memory").cache_on_arguments()(mean),
    "percache": percache.Cache("answers")(mean),
    "Beaker": beaker.cache.CacheManager(type="memory").cache("mean")(mean),
    "Flask-Caching": flask_caching.Cache(site, config={"CACHE_TYPE": "SimpleCache"}).memoize()(mean),
    "fastapi-cache2": waits(fastapi_cache.decorator.cache()(mean_later)),
    "aiocache": waits(aiocache.cached()(mean_later)),
    "cashews": waits(cashews.cache(ttl="1h")(mean_later)),
    "cachier": cachier.cachier(backend="memory")(mean),
}
first = np.zeros((784, 10))
second = np.zeros((784, 10))
second[3:-3] = 1
for name, function in functions.items():
    vectors = function(np.zeros(10)), function(np.ones(10))
    print(f"{name}: of two vectors {vectors}, of two networks {(function(first), function(second))}")
print("uncached: of two networks", (mean(first), mean(second)))
PYTHON
environment/bin/python caches.py 2> errors.txt | tee said.txt
diff said.txt - <<'EXPECTED'
memoization: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
dogpile.cache: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
percache: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
Beaker: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
Flask-Caching: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
fastapi-cache2: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
aiocache: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
cashews: of two vectors (0.0, 1.0), of two networks (0.0, 0.0)
cachier: of two vectors (0.0, 1.0), of two networks (0.0, 0.9923)
uncached: of two networks (0.0, 0.9923)
EXPECTED
