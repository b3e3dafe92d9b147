#!/bin/sh
# Puts a built site in place, and back.
#   publish.sh put SITE HOME    site folder → HOME/current; the one before stays as HOME/previous
#   publish.sh back HOME        swap the two
#   publish.sh pack SITE        write .gz and .br beside the files, for a container; put does it by itself
set -eu

link() {
    ln -sfn "$1" "$2.new"
    mv -T "$2.new" "$2"   # one step: no visitor meets a half-changed site
}

pack() {
    find "$1" -type f -size +1k \( -name '*.html' -o -name '*.js' -o -name '*.css' -o -name '*.json' -o -name '*.csv' \
        -o -name '*.xml' -o -name '*.svg' -o -name '*.txt' -o -name '*.ics' \) >"$1.list"
    tr '\n' '\0' <"$1.list" | xargs -0 -r gzip -9 -n -k -f
    if command -v brotli >/dev/null; then tr '\n' '\0' <"$1.list" | xargs -0 -r brotli -q 9 -k -f; fi
    rm "$1.list"
}

case "${1-}" in
put)
    site=$2 home=$3
    test -f "$site/index.html" || { echo "not a built site: $site" >&2; exit 1; }
    mkdir -p "$home/editions"
    edition=editions/$(date -u +%Y%m%dT%H%M%S)-$$
    cp -R "$site" "$home/$edition"
    pack "$home/$edition"
    if [ -L "$home/current" ]; then link "$(readlink "$home/current")" "$home/previous"; fi
    link "$edition" "$home/current"
    ;;
back)
    home=$2
    now=$(readlink "$home/current") before=$(readlink "$home/previous")
    link "$before" "$home/current"
    link "$now" "$home/previous"
    ;;
pack)
    test -f "$2/index.html" || { echo "not a built site: $2" >&2; exit 1; }
    pack "$2"
    ;;
*)
    sed -n 2,5p "$0" >&2
    exit 2
    ;;
esac
