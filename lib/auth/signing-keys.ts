import "server-only";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { seal, unseal } from "@/lib/seal";
import { transaction } from "@/lib/transaction";
import { retiredKeyMs, signingKeyMs } from "./policy";
import {
  deleteSigningKeys,
  findSigningKeys,
  insertSigningKey,
  lockSigningKeys,
  retireSigningKeys,
} from "./signing-key-repo";

/** Ed25519 (RFC 8037): short signatures, nothing to choose wrong. */
export const signingAlgorithm = "EdDSA";

type Key = Awaited<ReturnType<typeof importJWK>>;

interface KeyRing {
  readAtMs: number;
  signing: { kid: string; key: Key } | undefined;
  verifying: Map<string, Key>;
  jwks: { keys: JWK[] };
}

/** Other processes' new keys are seen after this long at the latest, in ms. */
const keptMs = 60_000;

const holder = globalThis as typeof globalThis & { ax2KeyRing?: Promise<KeyRing> };

const contextOf = (kid: string) => `signing-key:${kid}`;

async function readRing(nowMs: number): Promise<KeyRing> {
  const rows = await findSigningKeys();
  const opened = rows.map((row) => ({ row, jwk: unseal(row.sealedPrivate, contextOf(row.kid)) }));
  // A key whose secret is gone doesn't count any more: changing AUTH_SECRET signs everyone out.
  const usable = opened.filter(({ jwk }) => jwk !== undefined);
  const verifying = new Map<string, Key>();
  for (const { row } of usable) {
    verifying.set(row.kid, await importJWK(row.publicJwk, signingAlgorithm));
  }
  const newest = usable.find(({ row }) => row.retiredAt === null);
  const signing = newest && {
    kid: newest.row.kid,
    key: await importJWK(JSON.parse(newest.jwk ?? ""), signingAlgorithm),
  };
  const keys = usable.map(({ row }) => ({
    ...row.publicJwk,
    kid: row.kid,
    alg: signingAlgorithm,
    use: "sig",
  }));
  return { readAtMs: nowMs, signing, verifying, jwks: { keys } };
}

async function ring(nowMs: number, atLeast = nowMs - keptMs): Promise<KeyRing> {
  const known = await holder.ax2KeyRing?.catch(() => undefined);
  if (known && known.readAtMs >= atLeast) return known;
  holder.ax2KeyRing = readRing(nowMs);
  return holder.ax2KeyRing;
}

/** The key that signs now; made when there is none. */
export async function currentSigningKey(nowMs = Date.now()): Promise<{ kid: string; key: Key }> {
  const { signing } = await ring(nowMs);
  if (signing) return signing;
  await rotateSigningKeys(nowMs);
  const made = (await ring(nowMs, nowMs + 1)).signing;
  if (!made) throw new Error("no signing key could be made");
  return made;
}

/** The key with this id, looked for again when it isn't known: another process may have made it. */
export async function verificationKey(kid: string, nowMs = Date.now()): Promise<Key | undefined> {
  const key = (await ring(nowMs)).verifying.get(kid);
  // At most once a second, so that forged ids can't keep the database busy.
  return key ?? (await ring(nowMs, nowMs - 1_000)).verifying.get(kid);
}

/** The public keys as RFC 7517 has them, for others who check our tokens. */
export async function publicKeys(nowMs = Date.now()): Promise<{ keys: JWK[] }> {
  return (await ring(nowMs)).jwks;
}

/**
 * Retires keys whose time is over, makes a new one when none is left to sign with, and forgets
 * those that no living token names.
 */
export async function rotateSigningKeys(nowMs = Date.now()): Promise<void> {
  await transaction(async (tx) => {
    await lockSigningKeys(tx);
    await retireSigningKeys(tx, new Date(nowMs - signingKeyMs), new Date(nowMs));
    await deleteSigningKeys(tx, new Date(nowMs - retiredKeyMs));
    const rows = await findSigningKeys(tx);
    const signs = rows.some(
      (row) => row.retiredAt === null && unseal(row.sealedPrivate, contextOf(row.kid)),
    );
    if (signs) return;
    const { publicKey, privateKey } = await generateKeyPair(signingAlgorithm, {
      crv: "Ed25519",
      extractable: true,
    });
    const publicJwk = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(publicJwk);
    const sealedPrivate = seal(JSON.stringify(await exportJWK(privateKey)), contextOf(kid));
    await insertSigningKey(tx, { kid, publicJwk, sealedPrivate, createdAt: new Date(nowMs) });
  });
  delete holder.ax2KeyRing;
}
