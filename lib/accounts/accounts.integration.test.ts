import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInInput, signUpInput } from "@/lib/auth/schema";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeCaller } from "@/lib/testing/people";

let app: TestApp;
let service: typeof import("./service");
let passwords: typeof import("./password");
let logIn: typeof import("@/lib/auth/log-in");
let transaction: typeof import("@/lib/transaction").transaction;

beforeAll(async () => {
  app = await startTestApp();
  [service, passwords, logIn, { transaction }] = await Promise.all([
    import("./service"),
    import("./password"),
    import("@/lib/auth/log-in"),
    import("@/lib/transaction"),
  ]);
});
afterAll(() => app.stop());

const input = (change: object = {}) =>
  signUpInput.safeParse({
    email: `${newId()}@example.test`,
    password: "correct horse battery",
    name: "하늘",
    ...change,
  });

async function make(change: object = {}) {
  const { password, ...account } = signUpInput.parse(input(change).data);
  const passwordHash = await passwords.hashPassword(password);
  return transaction((tx) => service.createAccount(tx, { ...account, passwordHash }));
}

describe("an account", () => {
  it("opens with its password, in whatever Unicode form it is typed", async () => {
    const password = "비밀번호를 기억해요 열두자".normalize("NFD");
    const account = await make({ password });
    const typed = logInInput.parse({
      email: account.email?.toUpperCase(),
      password: password.normalize("NFC"),
    });
    const opened = await logIn.checkPassword({ ...typed, caller: makeCaller() });
    expect(opened.id).toBe(account.id);
  });

  it("takes 256 characters and tells two apart in the last one", async () => {
    const long = "가나다라마바사아".repeat(32);
    const account = await make({ password: long });
    const open = (password: string) =>
      logIn.checkPassword({ email: account.email ?? "", password, caller: makeCaller() });
    await expect(open(`${long.slice(0, -1)}나`)).rejects.toMatchObject({
      code: "credentials_rejected",
    });
    await expect(open(long)).resolves.toBeDefined();
  });

  it.each([
    [{ password: "short" }, "password"],
    [{ password: "x".repeat(257) }, "password"],
    [{ email: "no address" }, "email"],
    [{ email: "a@example.test\r\nBcc: b@example.test" }, "email"],
    [{ name: "  " }, "name"],
    [{ locale: "fr" }, "locale"],
  ])("is refused with %o", (change, field) => {
    expect(input(change).error?.issues[0]?.path).toEqual([field]);
  });

  it("has one address, however look-alikes are written", () => {
    const address = (email: string) => input({ email }).data?.email;
    expect(address(" Kim@Example.TEST ")).toBe("kim@example.test");
    // Full-width letters.
    expect(address("ｋｉｍ@example.test")).toBe("kim@example.test");
  });

  it("changes what is named and keeps the rest", async () => {
    const { id: userId } = await make();
    const change = { locale: "en", notifications: { jobCompleted: true } } as const;
    expect(await service.updateProfile({ userId, input: change })).toMatchObject({
      name: "하늘",
      locale: "en",
      theme: "system",
      notifications: { jobCompleted: true, jobFailed: true },
    });
    await expect(service.updateProfile({ userId: newId(), input: change })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
