#!/bin/sh
# What the CLI starts in place of the pack where the pack is served already: says on which port. It ends with the CLI, which holds the other end of its input.
echo "${WINDLASS_POLICY_PORT:?is not set: this is for packs that are served already, give --policy-pack the folder}"
exec cat >/dev/null
