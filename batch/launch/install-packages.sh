#!/bin/sh
# install-packages.sh PACKAGE…: installs Debian packages and starts none of their services. Run as root.
#
# policy-rc.d is Debian's own way to keep services from starting (a port would be taken, the machine
# changed); it is put there only if the machine has none, and removed again.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' HUP INT TERM
  { printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod 755 "$policy"; } || exit 1
fi
export DEBIAN_FRONTEND=noninteractive
install() { apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"; }
# The package lists of a fresh machine are empty or old: fetched only when the first try fails.
install "$@" || { apt-get update -q -o DPkg::Lock::Timeout=300 && install "$@"; } || exit 1
case " $* " in *" freeradius "*)
  # Not at the next boot either.
  if [ -d /run/systemd/system ]; then systemctl disable -q freeradius.service || true; fi ;;
esac
