#!/bin/sh
# Stands where Prisma's command line looks for its native schema engine, so that nothing is
# downloaded. `prisma generate` never runs it; prisma/migrate.ts uses the WASM engine.
echo "The native schema engine is not part of this project: use prisma/migrate.ts" >&2
exit 1
