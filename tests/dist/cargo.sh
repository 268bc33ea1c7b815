#!/bin/sh
# In cargo's place: it knows one package, and its programs are scripts. With LEAK set, a program names the folder that it was
# built in. A build that takes its caller's flags, or names folders to the compiler, fails.
set -eu
case "$1" in
metadata)
    echo '{"metadata": {"dist": {"author": "Somebody"}}, "packages": [{"name": "wiv-mcp", "version": "0.1.0", "license": "MIT"}]}'
    ;;
build)
    folder=$(pwd -P)
    case "${RUSTFLAGS-}${CARGO_PROFILE_RELEASE_LTO-}/$CARGO_ENCODED_RUSTFLAGS/$CFLAGS" in
    /*"--remap-path-prefix=$folder=/source"*"-ffile-prefix-map=$folder=/source"*) ;;
    *) exit 1 ;;
    esac
    while [ $# -gt 0 ]; do
        case "$1" in
        --target) target=$2 ;;
        --target-dir) place=$2 ;;
        esac
        shift
    done
    mkdir -p "$place/$target/release"
    {
        echo '#!/bin/sh'
        echo 'echo "$1 for $2"'
        echo "# ${LEAK+$folder}"
    } > "$place/$target/release/wiv-mcp"
    chmod +x "$place/$target/release/wiv-mcp"
    ;;
esac
