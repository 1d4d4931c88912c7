#!/bin/bash
# Install what runboat-fetch.sh has downloaded. Runboat's other scripts need this file's
# name, and the environment and the sentinel file where this script puts them.
set -euo pipefail

DATA=${DATA:-/mnt/data}
VENV=${VENV:-/opt/odoo-venv}

if [[ -f $DATA/fetch-problem ]]; then
    cat "$DATA/fetch-problem"
    echo "Check gitlabUrl and gitlabToken in RUNBOAT_BUILD_TEMPLATE_VARS."
    exit 1
fi

cd "$ADDONS_DIR"
oca_install_addons
cp --archive "$VENV" "$DATA/odoo-venv"
touch "$DATA/initialized"
