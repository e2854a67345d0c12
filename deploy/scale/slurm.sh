#!/bin/bash
# A run of the lab on Slurm: the folder of a job, on a file system that all nodes share, becomes two arrays and two merges.
#
#   npx foothold lab shard file-anywhere --persons 100000 --draws 1000 --out /shared/run1
#   deploy/scale/slurm.sh /shared/run1 [tasks at once] [options of sbatch]
#
# The second array is the second pass, for quotas that ran out; its tasks end at once where none did. The answer is in
# /shared/run1/answer.json, the tables beside it. FOOTHOLD is the command on the nodes (default: npx foothold).
set -eu
dir=$(cd "$1" && pwd)
most=${2:-100}
shift; [ $# -gt 0 ] && shift
here=$(cd "$(dirname "$0")" && pwd)
foothold=${FOOTHOLD:-npx foothold}
n=$($foothold lab shard --job "$dir/job.json" --count)
array() { # array FIRST DEPENDENCY…
  local first=$1; shift
  sbatch --parsable "$@" --array="0-$((n - 1))%$most" --output="$dir/shard-%A-%a.log" \
    --export="ALL,FOOTHOLD_JOB=$dir/job.json,FOOTHOLD_FIRST=$first" "$here/foothold.sbatch"
}
merge() { # merge NAME DEPENDENCY…
  local name=$1; shift
  sbatch --parsable "$@" --job-name="foothold-$name" --cpus-per-task=1 --mem=4G --output="$dir/$name.log" --wrap \
    "$foothold lab merge '$dir' --json --out '$dir' > '$dir/answer.part' && mv '$dir/answer.part' '$dir/answer.json'"
}
first=$(array 0 "$@")
# It may end with "second passes are needed": the second array is then told which.
look=$(merge first-pass --dependency="afterok:$first" "$@")
second=$(array "$n" --dependency="afterany:$look" "$@")
last=$(merge merge --dependency="afterok:$second" "$@")
echo "$n shards: array $first, look $look, array $second, merge $last; the answer will be in $dir/answer.json"
