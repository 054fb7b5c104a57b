#!/bin/sh
# Makes sure that the Node from npm, which every npm script uses, can run: it needs libatomic1, which a
# small Debian does not have. In sh, because nothing else runs yet.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
node=$here/../../node_modules/.bin/node
say() { printf 'tabane: %s\n' "$*" >&2; }

# An installation for production has a Node of its own.
[ -e "$node" ] || exit 0
error=$("$node" --version 2>&1) && exit 0
by_hand='apt-get install -y --no-install-recommends libatomic1'
case $error in
  *libatomic*) ;;
  *) say "the Node of npm package \"node\" does not run here: $error"; exit 1 ;;
esac

if ! command -v apt-get > /dev/null; then root=none
elif [ "$(id -u)" = 0 ]; then root=
elif sudo -n true 2> /dev/null; then root='sudo -n'
else root=none
fi
if [ "$root" = none ]; then
  say "libatomic1 not found; run as root, then try again: $by_hand"
  exit 1
fi
say 'installing libatomic1: Node 26 needs it'
output=$($root /bin/sh "$here/install-packages.sh" libatomic1 2>&1)
if ! "$node" --version > /dev/null 2>&1; then
  say "could not install libatomic1 ($(printf '%s' "$output" | tail -n 1)): $by_hand"
  exit 1
fi
