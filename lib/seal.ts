import "server-only";
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import { env } from "./env";

/** What a derived key is for; one purpose's key opens nothing of another's. */
export type KeyPurpose = "seal" | "tokens" | "refresh" | "audit" | "pseudonyms" | "trial";

interface DerivedKey {
  /** Tells which secret it came from, without telling anything about it. */
  id: string;
  bytes: Buffer;
}

const derived = new Map<string, DerivedKey>();

/** 256 bits for one purpose from one secret (HKDF-SHA256, RFC 5869). */
function deriveKey(secret: string, purpose: KeyPurpose): DerivedKey {
  const name = `${purpose}:${secret}`;
  const known = derived.get(name);
  if (known) return known;
  const bytes = Buffer.from(hkdfSync("sha256", secret, "ax2-caption", purpose, 32));
  const id = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const key = { id, bytes };
  derived.set(name, key);
  return key;
}

/** The key in use, from AUTH_SECRET. */
export function currentKey(purpose: KeyPurpose): DerivedKey {
  return deriveKey(env().authSecret, purpose);
}

/** The keys of one purpose: the one in use, then those of AUTH_SECRET_PREVIOUS. */
function knownKeys(purpose: KeyPurpose): DerivedKey[] {
  const secrets = [env().authSecret, ...env().previousSecrets];
  return secrets.map((secret) => deriveKey(secret, purpose));
}

/** The key with this id: the one in use, or one of AUTH_SECRET_PREVIOUS. */
export function keyById(purpose: KeyPurpose, id: string): DerivedKey | undefined {
  return knownKeys(purpose).find((key) => key.id === id);
}

function hashWith(key: DerivedKey, text: string): string {
  return createHmac("sha256", key.bytes).update(text).digest("base64url");
}

/** Keyed SHA-256 in base64url: what is stored in a secret's place. */
export function keyedHash(purpose: KeyPurpose, text: string): string {
  return hashWith(currentKey(purpose), text);
}

/** What `keyedHash` gives now, and what it gave before: for what outlives a change of AUTH_SECRET. */
export function keyedHashes(purpose: KeyPurpose, text: string): string[] {
  return knownKeys(purpose).map((key) => hashWith(key, text));
}

/** 256 random bits in base64url. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * Encrypts `text` (AES-256-GCM) for keeping in the database. `context` names its place, e.g.
 * `totp:<userId>`: moved elsewhere it doesn't open.
 */
export function seal(text: string, context: string): string {
  const key = currentKey("seal");
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [
    key.id,
    ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString("base64url")),
  ].join(".");
}

/** The text that was sealed, or undefined when the key is gone or the text was changed or moved. */
export function unseal(sealed: string, context: string): string | undefined {
  const [keyId = "", ...parts] = sealed.split(".");
  const [nonce, body, tag] = parts.map((part) => Buffer.from(part, "base64url"));
  const key = keyById("seal", keyId);
  if (!key || !nonce || !body || !tag) return undefined;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key.bytes, nonce, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
