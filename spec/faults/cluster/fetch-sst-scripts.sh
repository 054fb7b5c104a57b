#!/bin/sh
# fetch-sst-scripts.sh FOLDER: puts there the scripts by which a node of a cluster copies its data to another.
#
# Debian has them in mariadb-server only, the package of the system service. It is unpacked and not installed: no
# service may start on this machine, nor at its next boot.
set -eu
folder=$1
loot=$(mktemp -d)
trap 'rm -rf "$loot"' EXIT
cd "$loot"
fetch() { apt-get download -q mariadb-server; }
# The package lists of a fresh machine are empty or old: fetched only when the first try fails.
fetch || { apt-get update -q && fetch; }
mkdir -p "$folder"
dpkg-deb --fsys-tarfile mariadb-server_*.deb |
  tar -x -C "$folder" --strip-components=3 ./usr/bin/wsrep_sst_common ./usr/bin/wsrep_sst_rsync
