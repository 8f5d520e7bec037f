#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fetches Kafka and Kafka Connect for the real sandbox from Maven Central and compiles the sandbox's plug-in.
#
#   packaging/sandbox.sh [VERSION...]      versions: 4.1.0 (the default), 3.9.1
#
# Leaves build/deps/kafka-VERSION/{libs,plugins}. Only --sandbox=kafka and the tests on real Kafka need it; `make run` never does.
set -euo pipefail
cd "$(dirname "$0")/.."

deps=$PWD/build/deps
sources=packaging/sandbox-plugin
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.6.1

say() { printf 'sandbox: %s\n' "$*"; }

logging_of() {
    case $1 in
    4.*) echo log4j2 ;;
    3.*) echo reload4j ;;
    *) say "Kafka $1 is not one of 4.1.0, 3.9.1" >&2; return 1 ;;
    esac
}

fetch() { # VERSION DIRECTORY
    local logging
    logging=$(logging_of "$1")
    say "fetching Kafka $1 (about 55 MB)"
    mvn -B -q -f packaging/sandbox/pom.xml -P "$logging" "-Dkafka.version=$1" "$plugin:copy-dependencies" -DincludeScope=runtime \
        "-DoutputDirectory=$2/libs" >"$deps/kafka-$1.log" 2>&1 || { say "could not be fetched; see build/deps/kafka-$1.log"; return 1; }
    # On the plug-in path, not the class path: FileStream connectors are isolated there as in a real installation.
    mkdir -p "$2/plugins/connect-file"
    mv "$2/libs/connect-file-$1.jar" "$2/plugins/connect-file/"
}

compile() { # DIRECTORY
    local classes=$1/classes
    mkdir -p "$classes/META-INF/services" "$1/plugins/headgate-sandbox"
    javac --release 11 -Xlint:all,-options,-path -Werror -proc:none -cp "$1/libs/*" -d "$classes" "$sources"/src/headgate/sandbox/*.java
    cp "$sources"/services/* "$classes/META-INF/services/"
    jar --create --file "$1/plugins/headgate-sandbox/headgate-sandbox.jar" -C "$classes" .
    rm -rf "$classes"
}

for version in "${@:-4.1.0}"; do
    home=$deps/kafka-$version
    wanted=$(cat packaging/sandbox/pom.xml packaging/sandbox.sh "$sources"/src/headgate/sandbox/*.java "$sources"/services/* | sha256sum)
    if [ -f "$home/stamp" ] && [ "$(cat "$home/stamp")" = "$wanted" ]; then
        say "Kafka $version is already there"
        continue
    fi
    # Beside the old one until complete, so that an interrupted run leaves no half of it.
    rm -rf "$home.new"
    mkdir -p "$home.new"
    fetch "$version" "$home.new"
    compile "$home.new"
    printf '%s\n' "$wanted" >"$home.new/stamp"
    rm -rf "$home"
    mv "$home.new" "$home"
    say "Kafka $version is in build/deps/kafka-$version"
done
