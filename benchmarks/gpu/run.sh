#!/bin/sh
# Checks and measures graphics cards on a machine that has a driver and nothing else.
#
#   run.sh pack FILE         packs a Java runtime, the jars, the reference's tables and this script into FILE (.tar.gz), after "mvn package"
#   run.sh on HOST [OPTION…] packs, copies to HOST by ssh, runs there and brings gpu-check.json back
#   run.sh [OPTION…]         runs here: from an unpacked FILE, or from a built source tree
#
# Options are those of GpuCheck (--records, --solutions, --seconds, --gpus, --out; --help); GPU_CONCURRENCY is heeded.
# Exit code: 0 all agrees, 1 something does not or a card failed, 2 there is no card to check or an option that cannot be met; with "on" also ssh's own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
modules=java.base,java.logging,java.management,jdk.management,java.naming,java.xml,jdk.unsupported,jdk.incubator.vector

pack() {
    target=$here/../target
    ls "$target"/benchmarks-*.jar > /dev/null || { echo "no jars in $target: run \"mvn package\" first" >&2; exit 1; }
    work=$(mktemp -d)
    "${JAVA_HOME:+$JAVA_HOME/bin/}jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --output "$work/gpu-check/runtime"
    mkdir "$work/gpu-check/lib"
    cp "$target"/benchmarks-*.jar "$work/gpu-check/lib"
    for jar in consensus-core consensus-cuda jcuda jcuda-natives jblst jackson picocli commons-codec jspecify curve25519-elisabeth; do
        cp "$target"/lib/"$jar"*.jar "$work/gpu-check/lib"
    done
    cp "$here/run.sh" "$work/gpu-check"
    mkdir "$work/gpu-check/vectors"
    cp "$here"/../../test-kit/vectors/pos/v1.json "$here"/../../test-kit/vectors/pos/v2.json "$work/gpu-check/vectors"
    tar -C "$work" -czf "$1" gpu-check
    rm -r "$work"
}

case "${1:-}" in
    pack)
        pack "$2"
        ;;
    on)
        host=$2
        shift 2
        file=$(mktemp --suffix .tar.gz)
        pack "$file"
        scp -q "$file" "$host:gpu-check.tar.gz"
        rm "$file"
        code=0
        # What an earlier run left would be taken for this one's.
        ssh "$host" "rm -rf gpu-check gpu-check.json && tar -xzf gpu-check.tar.gz && gpu-check/run.sh --out gpu-check.json $*" || code=$?
        # Without a card there is no file.
        scp -q "$host:gpu-check.json" . || test "$code" -ne 0 || code=1
        exit "$code"
        ;;
    *)
        if [ -d "$here/runtime" ]; then
            java=$here/runtime/bin/java
            jars=$here/lib/*
            vectors=$here/vectors
        else
            java=${JAVA_HOME:+$JAVA_HOME/bin/}java
            jars=$here/../target/*:$here/../target/lib/*
            vectors=$here/../../test-kit/vectors/pos
        fi
        exec "$java" --enable-native-access=ALL-UNNAMED --add-modules=jdk.incubator.vector -Xmx6g -cp "$jars" \
            network.autonomys.farmer.benchmarks.gpu.GpuCheck --vectors "$vectors" "$@"
        ;;
esac
