import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";

let app: TestApp;
let service: typeof import("./service");
let schema: typeof import("./schema");

beforeAll(async () => {
  app = await startTestApp();
  service = await import("./service");
  schema = await import("./schema");
});
afterAll(() => app.stop());

const input = (email: string) =>
  schema.signUpInput.parse({ email, password: "correct horse battery", name: "하늘" });

describe("an account", () => {
  it("opens with its password, in whatever Unicode form it is typed", async () => {
    const email = `${newId()}@example.test`;
    const password = "비밀번호를 기억해요 열두자".normalize("NFD");
    const account = await service.createAccount(
      schema.signUpInput.parse({ email, password, name: "하늘" }),
    );
    const typed = schema.logInInput.parse({
      email: email.toUpperCase(),
      password: password.normalize("NFC"),
    });
    expect(await service.checkCredentials(typed)).toEqual({ userId: account.id });
  });

  it("is refused alike for an unknown address and a wrong password", async () => {
    const email = `${newId()}@example.test`;
    await service.createAccount(input(email));
    const attempts = await Promise.allSettled([
      service.checkCredentials({ email, password: "something else entirely" }),
      service.checkCredentials({ email: "nobody@example.test", password: "any at all" }),
    ]);
    const refused = { status: "rejected", reason: { code: "credentials_rejected" } };
    expect(attempts).toMatchObject([refused, refused]);
  });

  it("is made once from many sign-ups at the same time", async () => {
    const email = `${newId()}@example.test`;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => service.createAccount(input(email))),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected")
        expect(outcome.reason).toMatchObject({ code: "email_taken" });
    }
  });

  it("keeps argon2id with OWASP's least, never the password", async () => {
    const { hashPassword } = await import("./password");
    expect(await hashPassword("x")).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it.each([
    [{ password: "short" }, "password"],
    [{ email: "no address" }, "email"],
    [{ name: "  " }, "name"],
    [{ locale: "fr" }, "locale"],
  ])("is refused with %o", (change, field) => {
    const parsed = schema.signUpInput.safeParse({ ...input("a@example.test"), ...change });
    expect(parsed.error?.issues[0]?.path).toEqual([field]);
  });
});
