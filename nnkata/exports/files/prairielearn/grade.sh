#!/bin/sh
# PrairieLearn runs this for each submission and reads results/results.json, which is written whatever happens.
root=${NNKATA_GRADE:-/grade}
kit=${NNKATA_KIT:-/kit}
home=${NNKATA_HOME:-/opt/nnkata}
mkdir -p "$root/results"
cp "$kit/unjudged.json" "$root/results/results.json"
# A submission runs as another user: what is beside it is not for it.
for folder in results data tests serverFilesCourse; do
    if [ -e "$root/$folder" ]; then
        chmod o= "$root/$folder"
    fi
done
"$home/bin/python" -I -m nnkata.exports.judge "$kit/nnkata.json" "$root/student" "$root/results/results.json"
echo "nnkata ended with status $? (0 judged, 1 cannot be judged, 2 a fault of the grader's)"
