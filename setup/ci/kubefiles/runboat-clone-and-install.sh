#!/bin/bash
# Installs what runboat-fetch.sh has fetched. Runboat's other scripts expect it by this
# name, and the environment and the sentinel where it leaves them.
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
