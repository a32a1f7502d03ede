import { defineConfig } from "prisma/config";

/** Only `prisma generate` runs through the CLI; migrations go through prisma/migrate.ts. */
export default defineConfig({ schema: "prisma/schema" });
