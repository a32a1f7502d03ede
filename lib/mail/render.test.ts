import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { emailSchema, type Locale } from "@/lib/accounts/schema";
import type { MailKind } from "./schema";
import { mailKinds, sampleValues } from "./test-samples";

let render: typeof import("./render");

const appUrl = "https://caption.example.com";
const locales: Locale[] = ["ko", "en"];
const everyMail = mailKinds.flatMap((kind) => locales.map((locale) => ({ kind, locale })));

beforeAll(async () => {
  Object.assign(process.env, { APP_URL: appUrl, AUTH_SECRET: "x".repeat(32), LOG_LEVEL: "silent" });
  render = await import("./render");
});

/** The kind's example with every text, the link aside, replaced. */
function valuesWith(kind: MailKind, text: string): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(sampleValues[kind]).map(([name, value]) => [
      name,
      typeof value === "string" && name !== "link" ? text : value,
    ]),
  );
}

const hrefs = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
const tags = (html: string) => [...html.matchAll(/<\/?([a-z0-9!]+)/gi)].map((match) => match[1]);

describe.each(everyMail)("$kind in $locale", ({ kind, locale }) => {
  it("has a subject, text and HTML without holes", async () => {
    const mail = await render.renderMail({ kind, locale, values: { ...sampleValues[kind] } });
    expect(mail.subject.length).toBeGreaterThan(3);
    expect(mail.subject.length).toBeLessThan(80);
    expect(mail.html).toContain(`<html lang="${locale}">`);
    for (const text of [mail.subject, mail.text, mail.html.replace(/<style>.*<\/style>/s, "")]) {
      expect(text).not.toMatch(/[{}]|undefined|null|NaN|\[object|kinds\./);
    }
    // Every kind says what it says in its own language.
    expect(/[가-힣]/.test(mail.subject)).toBe(locale === "ko" || kind.startsWith("job-"));
  });

  it("leads to the product only, and where it was told", async () => {
    const values: Record<string, string | number> = sampleValues[kind];
    const { html, text } = await render.renderMail({ kind, locale, values });
    const links = hrefs(html);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(link).toMatch(/^https:\/\/caption\.example\.com\//);
    if (values.link) {
      expect(links).toContain(`${appUrl}${values.link}`);
      expect(text).toContain(`\n${appUrl}${values.link}\n`);
    }
  });

  it("shows hostile values as text", async () => {
    const plain = await render.renderMail({ kind, locale, values: valuesWith(kind, "plain") });
    const hostile = `</p><script>alert(1)</script><img src=x onerror="a" '&{left}\r\nBcc: evil@example.test\u202emoc.live\0`;
    const mail = await render.renderMail({ kind, locale, values: valuesWith(kind, hostile) });
    expect(tags(mail.html)).toEqual(tags(plain.html));
    expect(hrefs(mail.html)).toEqual(hrefs(plain.html));
    expect(mail.html).not.toMatch(/["']\s*onerror|\sonerror="/);
    for (const text of [mail.subject, mail.text, mail.html]) {
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0\r]|\nBcc/);
    }
    expect(mail.subject).not.toContain("\n");
    const asked = Object.values(valuesWith(kind, "asked")).includes("asked");
    expect(mail.text.includes("<script>alert(1)</script>")).toBe(asked);
    expect(mail.html.includes("&lt;script&gt;")).toBe(asked);
  });
});

describe("values", () => {
  it("are read as a person says them", async () => {
    const text = async (kind: MailKind, locale: Locale, values: Record<string, string | number>) =>
      (await render.renderMail({ kind, locale, values })).text;
    const { at } = sampleValues["new-device"];
    const device = { device: "Chrome", network: "", at };
    expect(await text("new-device", "ko", device)).toContain("2026년 11월 27일 오후 12:04 GMT+9");
    expect(await text("new-device", "en", device)).toContain("November 27, 2026 at 12:04 PM GMT+9");
    expect(await text("new-device", "en", device)).toContain("Network: Unknown\n");
    expect(await text("identity-linked", "ko", { provider: "kakao" })).toContain("카카오");
    expect(await text("identity-linked", "en", { provider: "kakao" })).toContain("with Kakao");
    expect(await text("identity-linked", "en", { provider: "constructor" })).toContain(
      "with constructor",
    );
    expect(await text("recovery-code-used", "en", { left: 1 })).toContain("1 recovery code is");
    expect(await text("recovery-code-used", "ko", { left: 0 })).toContain(
      "남은 복구 코드가 없어요",
    );
    expect(await text("sign-up", "en", { link: "/a" })).toContain("within 24 hours");
    expect(await text("password-reset", "ko", { link: "/a" })).toContain("30분 동안");
  });

  it.each([
    "https://evil.example/x",
    "//evil.example/x",
    "/\\evil.example",
    "javascript:alert(1)",
    "videos",
    "",
  ])("don't lead elsewhere: %j", async (link) => {
    await expect(
      render.renderMail({ kind: "sign-up", locale: "ko", values: { link } }),
    ).rejects.toThrow(TypeError);
  });

  it("must all be there", async () => {
    for (const kind of ["email-changed", "recovery-code-used", "job-failed"] as const) {
      const { renderMail } = render;
      await expect(renderMail({ kind, locale: "en", values: {} })).rejects.toThrow();
    }
  });

  it("never break a subject, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 400 }), async (title) => {
        const values = { title, link: "/videos/1" };
        const mail = await render.renderMail({ kind: "job-failed", locale: "en", values });
        expect(mail.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(mail.subject.length).toBeLessThanOrEqual(200);
        expect(mail.subject.isWellFormed()).toBe(true);
        expect(mail.html.replace(/<title>.*<\/title>/, "")).not.toContain("<script");
      }),
      { numRuns: 200 },
    );
  });
});

describe("a recipient", () => {
  it.each([
    "a@example.test\r\nBcc: b@example.test",
    "a@example.test, b@example.test",
    "A <a@example.test>",
    "a@example.test\0",
    "a b@example.test",
  ])("is one plain address, so not %j", (address) => {
    expect(emailSchema.safeParse(address).success).toBe(false);
  });
});
