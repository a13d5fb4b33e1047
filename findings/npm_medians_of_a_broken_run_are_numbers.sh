#!/usr/bin/env bash
# The median of the losses 0.5, 1, 2, 3 and a NaN is 0.5, 1, 2 or 3 to five packages of npm, depending on where the NaN stands: to simple-statistics it is the largest loss, 3; math.js says NaN, as NumPy does.
#
# versions: simple-statistics 7.12.1, jstat 1.9.6, ramda 0.32.0, compute-median 2.0.0, median 0.0.2, mathjs 15.2.0,
#   stats-lite 2.2.0, Node 20
# behaviour: A median needs sorted numbers, and four of the packages sort by the difference of two, which is NaN
#   beside a NaN: sort then takes the two for equal, and leaves unsorted runs to the left and the right of it. The
#   middle of these is the answer, a plausible loss, and none is told. simple-statistics takes its median from its own
#   quickselect, and answers 1, 3 or NaN; its min is NaN with NaN at the front alone. stats-lite leaves NaN out
#   everywhere, and answers 1.5. The mean of the same losses is NaN in all but stats-lite. Each page of the five shows
#   numbers alone, and names no limit. Bitten is who draws the median of ten runs, of which one diverged: the curve is
#   smooth and wrong.
# output:
#   simple-statistics: NaN at the front 1, then 1, 3, NaN, 1
#   jstat: NaN at the front 1, then 0.5, 2, 2, 2
#   ramda: NaN at the front 1, then 0.5, 2, 2, 2
#   compute-median: NaN at the front 1, then 0.5, 2, 2, 2
#   median: NaN at the front 1, then 0.5, 2, 2, 2
#   mathjs: NaN at the front NaN, then NaN, NaN, NaN, NaN
#   stats-lite: NaN at the front 1.5, then 1.5, 1.5, 1.5, 1.5
#   simple-statistics' min: NaN at the front NaN - in second place 0.5
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund simple-statistics@7.12.1 jstat@1.9.6 ramda@0.32.0 compute-median@2.0.0 median@0.0.2 mathjs@15.2.0 stats-lite@2.2.0
cat > medians.mjs <<'JAVASCRIPT'
import { createRequire } from "node:module";

const load = createRequire(import.meta.url);
const usual = found => found.default ?? found;
const medians = {
  "simple-statistics": load("simple-statistics").median,
  jstat: load("jstat").jStat.median,
  ramda: load("ramda").median,
  "compute-median": usual(await import("compute-median")),
  median: usual(load("median")),
  mathjs: load("mathjs").median,
  "stats-lite": load("stats-lite").median,
};
const losses = [3, 1, 2, 0.5];
for (const [name, median] of Object.entries(medians)) {
  const found = [0, 1, 2, 3, 4].map(place => median([...losses.slice(0, place), NaN, ...losses.slice(place)]));
  console.log(`${name}: NaN at the front ${found[0]}, then ${found.slice(1).join(", ")}`);
}
const least = load("simple-statistics").min;
console.log("simple-statistics' min: NaN at the front", least([NaN, ...losses]), "- in second place", least([3, NaN, 1, 2, 0.5]));
JAVASCRIPT
node medians.mjs | tee said.txt
diff said.txt - <<'EXPECTED'
simple-statistics: NaN at the front 1, then 1, 3, NaN, 1
jstat: NaN at the front 1, then 0.5, 2, 2, 2
ramda: NaN at the front 1, then 0.5, 2, 2, 2
compute-median: NaN at the front 1, then 0.5, 2, 2, 2
median: NaN at the front 1, then 0.5, 2, 2, 2
mathjs: NaN at the front NaN, then NaN, NaN, NaN, NaN
stats-lite: NaN at the front 1.5, then 1.5, 1.5, 1.5, 1.5
simple-statistics' min: NaN at the front NaN - in second place 0.5
EXPECTED
