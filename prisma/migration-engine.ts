import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { DiffTarget, MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

/**
 * Prisma's own schema engine as WebAssembly from the npm registry. The CLI's native engine is a
 * download from elsewhere, which a machine behind a closed network can't make. The folders and the
 * `_prisma_migrations` rows are Prisma's, so `prisma migrate deploy` works on them as well.
 */
const here = import.meta.dirname;
const schemaDirectory = path.join(here, "schema");
export const migrationsDirectory = path.join(here, "migrations");

const everything = { externalTables: [], externalEnums: [] };

/** Where the engine puts its last words before it gives up. */
const panics = {
  message: "",
  set_message(message: string) {
    this.message = message;
  },
};

type EngineModule = typeof import("@prisma/schema-engine-wasm");
let loaded: Promise<EngineModule> | undefined;

/** One instance for the process: the glue keeps a view of the memory of the first it is given. */
function loadEngine(): Promise<EngineModule> {
  loaded ??= instantiateEngine();
  return loaded;
}

async function instantiateEngine(): Promise<EngineModule> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });
  const require = createRequire(import.meta.url);
  const glue = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bindings = await import(glue);
  const binary = await readFile(glue.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(binary, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as (() => void) | undefined)?.();
  return bindings;
}

async function readSchema(): Promise<{ path: string; content: string }[]> {
  const names = (await readdir(schemaDirectory)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(
    names.map(async (name) => ({
      path: path.join(schemaDirectory, name),
      content: await readFile(path.join(schemaDirectory, name), "utf8"),
    })),
  );
}

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function readMigrations(): Promise<MigrationList> {
  const migrationDirectories = await Promise.all(
    (await migrationNames()).map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: await readFile(path.join(migrationsDirectory, name, "migration.sql"), "utf8"),
        },
      },
    })),
  );
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}

/**
 * The adapter cuts a script at every semicolon, also at those inside a function's body. Postgres
 * takes it whole, and then all of it applies or none.
 */
class WholeScripts extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  }
}

async function withEngine<T>(databaseUrl: string, use: (engine: SchemaEngine) => Promise<T>) {
  const { SchemaEngine: Engine } = await loadEngine();
  const datamodels = (await readSchema()).map((file): [string, string] => [
    file.path,
    file.content,
  ]);
  // The engine never closes what it was given, so the pool is ours to end.
  const pool = new pg.Pool({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool));
  const engine = await Engine.new({ datamodels }, () => undefined, adapter);
  try {
    return await use(engine);
  } catch (error) {
    throw panics.message ? new Error(panics.message, { cause: error }) : error;
  } finally {
    engine.free();
    await pool.end();
  }
}

/** Applies what the database lacks, in order. Answers the names applied. */
export function applyMigrations(databaseUrl: string): Promise<string[]> {
  return withEngine(databaseUrl, async (engine) => {
    const result = await engine.applyMigrations({
      migrationsList: await readMigrations(),
      filters: everything,
    });
    return result.appliedMigrationNames;
  });
}

/**
 * The SQL that leads from the newest migration to the schema files; empty when they agree.
 * Each migration folder keeps the schema it arrives at, because the WebAssembly engine can't yet
 * read a live catalogue through the Postgres adapter (it refuses the type "char").
 */
export function pendingSql(databaseUrl: string): Promise<string> {
  return withEngine(databaseUrl, async (engine) => {
    const result = await engine.diff({
      from: await newestMigratedSchema(),
      to: { tag: "schemaDatamodel", files: await readSchema() },
      script: true,
      exitCode: null,
      filters: everything,
    });
    const sql = result.stdout?.trim() ?? "";
    return sql === "-- This is an empty migration." ? "" : sql;
  });
}

async function newestMigratedSchema(): Promise<DiffTarget> {
  const newest = (await migrationNames()).at(-1);
  if (!newest) return { tag: "empty" };
  const file = path.join(migrationsDirectory, newest, "schema.prisma");
  return {
    tag: "schemaDatamodel",
    files: [{ path: file, content: await readFile(file, "utf8") }],
  };
}

/** Writes a migration folder with the SQL and the schema it arrives at; answers its path. */
export async function writeMigration(options: { name: string; sql: string }): Promise<string> {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join(migrationsDirectory, `${stamp}_${options.name}`);
  const schema = (await readSchema()).map((file) => file.content).join("\n");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "migration.sql"), `${options.sql}\n`);
  await writeFile(path.join(folder, "schema.prisma"), schema);
  return folder;
}
