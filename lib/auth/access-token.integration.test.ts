import { createHmac } from "node:crypto";
import {
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  SignJWT,
} from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";

let app: TestApp;
let tokens: typeof import("./access-token");
let keys: typeof import("./signing-keys");

beforeAll(async () => {
  app = await startTestApp({ APP_URL: "https://caption.example" });
  [tokens, keys] = await Promise.all([import("./access-token"), import("./signing-keys")]);
});
afterAll(() => app.stop());

const dayMs = 24 * 3_600_000;
const claims = { userId: newId(), sessionId: newId() };
const sign = (nowMs = Date.now(), endsInMs = dayMs) =>
  tokens.signAccessToken({ ...claims, methods: ["pwd"], endsAtMs: nowMs + endsInMs }, nowMs);

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("an access token", () => {
  it("is an RFC 9068 one, for ten minutes", async () => {
    const nowMs = Date.now();
    const { token } = await sign(nowMs);
    expect(await tokens.verifyAccessToken(token)).toEqual(claims);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: "EdDSA", typ: "at+jwt" });
    const { iss, aud, sub, sid, jti, exp, iat } = decodeJwt(token);
    expect({ iss, aud, sub, sid }).toEqual({
      iss: "https://caption.example",
      aud: "ax2-caption",
      sub: claims.userId,
      sid: claims.sessionId,
    });
    expect((exp ?? 0) - (iat ?? 0)).toBe(600);
    expect(jti).toBeTruthy();
  });

  it("never outlives its sign-in", async () => {
    const nowMs = Date.now();
    const { expiresAtMs } = await sign(nowMs, 30_000);
    expect(expiresAtMs).toBe(nowMs + 30_000);
  });

  it("is over after its time", async () => {
    const nowMs = Date.now();
    const { token } = await sign(nowMs);
    expect(await tokens.verifyAccessToken(token, nowMs + 599_000)).toEqual(claims);
    expect(await tokens.verifyAccessToken(token, nowMs + 606_000)).toBeUndefined();
  });

  it("is refused when it was changed, in any part", async () => {
    const { token } = await sign();
    const [header = "", payload = "", signature = ""] = token.split(".");
    const other = { ...decodeJwt(token), sub: newId() };
    for (const forged of [
      `${header}.${part(other)}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      "",
      "not.a.token",
    ]) {
      expect(await tokens.verifyAccessToken(forged), forged.slice(0, 20)).toBeUndefined();
    }
  });

  it("is refused with no algorithm, or one that makes a secret of the public key", async () => {
    const { token } = await sign();
    const { kid } = decodeProtectedHeader(token);
    const payload = token.split(".")[1] ?? "";
    const jwk = (await keys.publicKeys()).keys.find((key) => key.kid === kid) ?? {};
    const publicKey = (await importJWK(jwk, "EdDSA")) as CryptoKey;
    const pem = await exportSPKI(publicKey);
    for (const secret of [pem, jwk.x ?? "", JSON.stringify(jwk)]) {
      const signed = `${part({ alg: "HS256", typ: "at+jwt", kid })}.${payload}`;
      const mac = createHmac("sha256", secret).update(signed).digest("base64url");
      expect(await tokens.verifyAccessToken(`${signed}.${mac}`)).toBeUndefined();
    }
    const none = `${part({ alg: "none", typ: "at+jwt", kid })}.${payload}.`;
    expect(await tokens.verifyAccessToken(none)).toBeUndefined();
  });

  it("is refused when another key signed it, under our key's id or with its own beside it", async () => {
    const { token } = await sign();
    const { kid = "" } = decodeProtectedHeader(token);
    const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
    const header = { alg: "EdDSA", typ: "at+jwt", kid };
    for (const more of [{}, { jwk: await exportJWK(publicKey) }, { kid: "unknown" }]) {
      const forged = await new SignJWT(decodeJwt(token))
        .setProtectedHeader({ ...header, ...more })
        .sign(privateKey);
      expect(await tokens.verifyAccessToken(forged)).toBeUndefined();
    }
  });

  it.each([
    ["another type", { typ: "JWT" }, {}],
    ["another audience", {}, { aud: "elsewhere" }],
    ["another issuer", {}, { iss: "https://elsewhere.example" }],
    ["no end", {}, { exp: undefined }],
    ["no sign-in", {}, { sid: undefined }],
    ["ids that aren't ours", {}, { sub: "1 OR 1=1" }],
  ])("is refused with %s, though our own key signed it", async (_, header, payload) => {
    const { token } = await sign();
    const { kid, key } = await keys.currentSigningKey();
    const changed: object = { ...decodeJwt(token), ...payload };
    const made = await new SignJWT({ ...changed })
      .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid, ...header })
      .sign(key);
    expect(await tokens.verifyAccessToken(made)).toBeUndefined();
  });
});

describe("signing keys", () => {
  it("rotate; the old one verifies for a day and is then forgotten", async () => {
    const nowMs = Date.now();
    const { token } = await sign(nowMs);
    const { kid: before } = decodeProtectedHeader(token);
    await keys.rotateSigningKeys(nowMs + 31 * dayMs);
    const { kid: after } = await keys.currentSigningKey();
    expect(after).not.toBe(before);
    expect(await tokens.verifyAccessToken(token, nowMs)).toEqual(claims);
    const shown = (await keys.publicKeys()).keys;
    expect(shown.map((key) => key.kid)).toEqual(expect.arrayContaining([before, after]));
    expect(shown.every((key) => key.d === undefined)).toBe(true);
    await keys.rotateSigningKeys(nowMs + 33 * dayMs);
    expect((await keys.publicKeys()).keys.map((key) => key.kid)).not.toContain(before);
    expect(await tokens.verifyAccessToken(token, nowMs)).toBeUndefined();
  });

  it("are made once, by however many ask", async () => {
    await Promise.all(Array.from({ length: 8 }, () => keys.rotateSigningKeys()));
    const { db } = await import("@/lib/db");
    expect(await db().signingKey.count({ where: { retiredAt: null } })).toBe(1);
    const rows = await db().signingKey.findMany();
    expect(JSON.stringify(rows.map((row) => row.publicJwk))).not.toContain('"d"');
  });
});
