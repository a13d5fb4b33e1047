#!/bin/sh
# PrairieLearn runs this for each submission and reads results/results.json, which is written whatever happens.
cd /grade || exit 1
mkdir -p results
cp /kit/unjudged.json results/results.json
# A submission runs as another user: what is beside it is not for it.
for folder in results data tests serverFilesCourse; do
    if [ -e "$folder" ]; then
        chmod o= "$folder"
    fi
done
/opt/nnkata/bin/python -I -m nnkata.exports.judge /kit/nnkata.json student results/results.json
echo "nnkata ended with status $? (0 judged, 1 cannot be judged, 2 a fault of the grader's)"
