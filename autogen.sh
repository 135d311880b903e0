#!/bin/sh
# Makes ./configure from configure.ac, in the folder of this file.
set -eu
cd "$(dirname "$0")"

missing=
for tool in autoconf automake pkg-config; do
  command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
done
if [ -n "$missing" ]; then
  echo "autogen.sh: missing:$missing. Install them with: apt-get install$missing" >&2
  exit 1
fi

exec autoreconf --install
