import path from "node:path";
import { applyMigrations, pendingSql, writeMigration } from "./migration-engine";

/**
 * tsx prisma/migrate.ts deploy        applies what the database lacks
 * tsx prisma/migrate.ts create NAME   writes a new migration from the schema files
 * tsx prisma/migrate.ts check         fails when schema files and migrations differ
 * Works on the database of DATABASE_URL.
 */
async function main(): Promise<void> {
  const [command, name] = process.argv.slice(2);
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) throw new Error("DATABASE_URL is not set");

  const applied = await applyMigrations(databaseUrl);
  if (command === "deploy") {
    process.stdout.write(`${applied.length} migration(s) applied\n`);
    return;
  }
  const sql = await pendingSql(databaseUrl);
  if (command === "check") {
    if (sql) throw new Error(`The schema files and the migrations differ:\n${sql}`);
    return;
  }
  if (command !== "create" || !name)
    throw new Error("usage: migrate.ts deploy | create NAME | check");
  if (!sql) throw new Error("Nothing to migrate: schema files and migrations agree");
  const folder = await writeMigration({ name, sql });
  process.stdout.write(`${path.relative(process.cwd(), folder)}\n`);
}

await main();
// The engine's timer for its advisory lock would keep the process for 10 s more.
process.exit();
