#!/bin/bash
# Download the commit from GitLab into an empty volume, for the container that follows.
# Exits with 0 in any case: Runboat shows only the log of the next container, so that one
# reports the failure.
set -euo pipefail

DATA=${DATA:-/mnt/data}
project=${RUNBOAT_GIT_REPO//\//%2F}
url=$GITLAB_URL/api/v4/projects/$project/repository/archive.tar.gz?sha=$RUNBOAT_GIT_REF

# The token is passed on standard input: other users can read arguments, and a traced log
# shows them. curl does not send an Authorization header on to another host. The quotes
# are outside of ${…}: inside, the shell would remove them. A header without a value is
# not sent.
download() {
    curl --config - --silent --show-error --fail --location --max-time 300 "$url" <<END
header = "Authorization:${GITLAB_TOKEN:+ Bearer $GITLAB_TOKEN}"
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
