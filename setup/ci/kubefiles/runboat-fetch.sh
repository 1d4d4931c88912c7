#!/bin/bash
# Downloads the commit from GitLab into an empty volume, for the container that follows.
# It ends well in any case: Runboat shows the log of that one alone, so that one tells.
set -euo pipefail

DATA=${DATA:-/mnt/data}
project=${RUNBOAT_GIT_REPO//\//%2F}
url=$GITLAB_URL/api/v4/projects/$project/repository/archive.tar.gz?sha=$RUNBOAT_GIT_REF

# The token goes by standard input: arguments are public, and so is a traced log.
# As a bearer's it does not follow a redirection to another host.
download() {
    curl --config - --silent --show-error --fail --location --max-time 300 "$url" <<END
${GITLAB_TOKEN:+header = "Authorization: Bearer $GITLAB_TOKEN"}
END
}

rm -fr "${DATA:?}"/*
mkdir -p "$ADDONS_DIR"
if download 2>"$DATA/fetch-problem" |
    tar --extract --gzip --strip-components=1 --directory="$ADDONS_DIR" \
        2>>"$DATA/fetch-problem"; then
    rm "$DATA/fetch-problem"
else
    echo "fetching $RUNBOAT_GIT_REF of $RUNBOAT_GIT_REPO failed" >>"$DATA/fetch-problem"
fi
