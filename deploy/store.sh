#!/bin/sh
# Puts a built site into an object store (Alibaba OSS, Tencent COS, Huawei OBS, any S3), with rclone.
#   store.sh SITE REMOTE:BUCKET[/PATH] [--dry-run]
# REMOTE is set up once with `rclone config`. To roll back, put the site folder of before.
set -eu

test $# -ge 2 || { sed -n 2,4p "$0" >&2; exit 2; }
site=$1 there=$2
shift 2
test -f "$site/index.html" || { echo "not a built site: $site" >&2; exit 1; }

# First what pages will ask for, then the pages, and what is old last: nobody meets half a site.
# Files named after their content are kept by browsers for good; everything else is asked for again.
rclone copy "$site/assets" "$there/assets" --checksum \
    --header-upload "Cache-Control: public, max-age=31536000, immutable" "$@"
rclone copy "$site" "$there" --checksum --exclude "/assets/**" --exclude "*.html" \
    --header-upload "Cache-Control: no-cache" "$@"
rclone copy "$site" "$there" --checksum --include "*.html" --header-upload "Cache-Control: no-cache" "$@"
rclone sync "$site" "$there" --checksum --delete-after "$@"
