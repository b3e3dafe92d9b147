#!/bin/sh
# Puts a built site in place, and back.
#   publish.sh put SITE HOME    site folder → HOME/current; the one before stays as HOME/previous
#   publish.sh back HOME        swap the two
set -eu

link() {
    ln -sfn "$1" "$2.new"
    mv -T "$2.new" "$2"   # one step: no visitor meets a half-changed site
}

case "${1-}" in
put)
    site=$2 home=$3
    test -f "$site/index.html" || { echo "not a built site: $site" >&2; exit 1; }
    mkdir -p "$home/editions"
    edition=editions/$(date -u +%Y%m%dT%H%M%S)-$$
    cp -R "$site" "$home/$edition"
    find "$home/$edition" -type f \( -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.json' \
        -o -name '*.csv' -o -name '*.xml' -o -name '*.svg' -o -name '*.txt' \) -size +1k -exec gzip -9 -n -k {} +
    if command -v brotli >/dev/null; then
        find "$home/$edition" -type f \( -name '*.html' -o -name '*.js' -o -name '*.css' \) -size +1k -exec brotli -q 9 -k {} +
    fi
    if [ -L "$home/current" ]; then link "$(readlink "$home/current")" "$home/previous"; fi
    link "$edition" "$home/current"
    ;;
back)
    home=$2
    now=$(readlink "$home/current") before=$(readlink "$home/previous")
    link "$before" "$home/current"
    link "$now" "$home/previous"
    ;;
*)
    sed -n 2,4p "$0" >&2
    exit 2
    ;;
esac
