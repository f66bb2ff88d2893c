#!/bin/sh
# Translates the kernels to the PTX that is shipped. usage: build-ptx.sh [FILE]   (NVCC: the compiler, of CUDA 13.0; default: nvcc)
#
# The compiler writes PTX ISA 9.0, which only drivers for CUDA 13 take. The kernels use nothing that is newer than 8.0 (CUDA 12.0, drivers from
# 525.60.13), so the version is set back, and a test has the assembler of CUDA 12.0 translate the result for every kind of card.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../resources/network/autonomys/farmer/cuda/kernels.ptx}
made=$(mktemp)
trap 'rm -f "$made"' EXIT
cd "$here"
"${NVCC:-nvcc}" -std=c++17 -O3 -arch=compute_75 --ptx -o "$made" kernels.cu
digest=$(LC_ALL=C; cat *.cu *.cuh | sha256sum | cut -d' ' -f1)
{
    echo "// Made by build-ptx.sh; the sources' SHA-256 is $digest"
    grep -v '^[[:space:]]*//' "$made" | grep -v '^[[:space:]]*$' | sed 's/^\.version 9\.0$/.version 8.0/'
} > "$out"
grep -q '^\.version 8\.0$' "$out" || { echo "the compiler wrote another version than 9.0" >&2; exit 1; }
