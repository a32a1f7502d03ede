import { beforeEach, describe, expect, it } from "vitest";
import { type SmtpStandIn, startSmtpStandIn } from "@/e2e/providers/smtp";
import { errorTable } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { changeMailRow, mailLink, mailRow, queueTestMail } from "@/lib/testing/mail-bench";
import { appUrl, describeDelivery } from "./delivery-contract";
import { MailRefused, type OutgoingMail } from "./engine";
import { createSmtpEngine } from "./engines/smtp";

let server: SmtpStandIn;

const outgoing = (): OutgoingMail => ({
  to: `${newId()}@example.test`,
  from: "AX2 Caption <no-reply@example.test>",
  rendered: { subject: "제목", text: "text", html: "<p>html</p>" },
  messageId: `<${newId()}@caption.localhost>`,
  headers: {},
});

describeDelivery(
  "SMTP",
  async () => {
    server = await startSmtpStandIn();
    return {
      variables: { SMTP_URL: server.url, MAIL_FROM: "AX2 자막 <no-reply@example.test>" },
      keepsContent: false,
      arrived: async () => server.mails.map((mail) => ({ ...mail, to: mail.to.join() })),
      close: () => server.close(),
    };
  },
  () => {
    beforeEach(() => server.script());
    describe("the letter", () => describeLetter());
    describe("a server with troubles", () => describeTroubles());
  },
);

function describeLetter() {
  it("names its sender, its reader and its Message-ID, and is no answer", async () => {
    const { deliverMail } = await import("./service");
    const { id, to } = await queueTestMail();
    await deliverMail(id);
    const mail = server.mails.at(-1);
    expect(mail).toMatchObject({ to: [to], from: "no-reply@example.test" });
    const headers = Object.fromEntries(mail?.headers ?? []);
    expect(headers).toMatchObject({
      "message-id": `<${id}@caption.localhost>`,
      "auto-submitted": "auto-generated",
      to,
    });
    expect(headers.from).toMatch(/<no-reply@example\.test>$/);
    expect(headers["content-type"]).toMatch(/^multipart\/alternative/);
    expect(headers).not.toHaveProperty("bcc");
    const row = await mailRow(id);
    expect(row).toMatchObject({ sealed: "" });
    // Nothing left to read for an outbox either.
    expect(mail?.text).toContain(`${appUrl}${mailLink}`);
  });

  it("is recognisable when a crash sends it again", async () => {
    const { deliverMail } = await import("./service");
    const { id, to } = await queueTestMail();
    const { sealed = "" } = (await mailRow(id)) ?? {};
    await deliverMail(id);
    // As if the process had died before it noted the server's yes.
    await changeMailRow(id, { sentAt: null, sealed });
    await deliverMail(id);
    const both = server.mails.filter((mail) => mail.to.includes(to));
    expect(both.map((mail) => mail.headers.get("message-id"))).toEqual([
      `<${id}@caption.localhost>`,
      `<${id}@caption.localhost>`,
    ]);
  });

  it("carries a title with line breaks as one subject", async () => {
    const { deliverMail } = await import("./service");
    const title = "a\r\nBcc: evil@example.test\r\n\r\nbody";
    const { id, to } = await queueTestMail({
      kind: "job-failed",
      locale: "en",
      values: { title, link: "/jobs/1" },
    });
    await deliverMail(id);
    const mail = server.mails.at(-1);
    expect(mail?.to).toEqual([to]);
    expect(mail?.subject).toBe("Subtitles could not be made: a Bcc: evil@example.test body");
    expect(mail?.headers.has("bcc")).toBe(false);
  });

  it("never reads files or addresses in somebody's words", async () => {
    const engine = createSmtpEngine({ url: server.url });
    const mail = outgoing();
    const text = { path: "/etc/hostname" } as unknown as string;
    const refused = { cause: { message: expect.stringMatching(/access rejected/i) } };
    await expect(
      engine.send({ ...mail, rendered: { ...mail.rendered, text } }),
    ).rejects.toMatchObject(refused);
    const href = { href: "http://127.0.0.1:9/" } as unknown as string;
    await expect(
      engine.send({ ...mail, rendered: { ...mail.rendered, html: href } }),
    ).rejects.toMatchObject(refused);
  });
}

function describeTroubles() {
  it.each([
    { at: "sender", code: 451, text: "try later" },
    { at: "sender", code: 530, text: "authentication required" },
    { at: "recipient", code: 450, text: "greylisted" },
    { at: "message", code: 452, text: "disk full" },
  ] as const)("is asked again after $code for the $at", async (fault) => {
    const { deliverMail } = await import("./service");
    const { id, to } = await queueTestMail();
    server.script(fault);
    const failed = deliverMail(id);
    await expect(failed).rejects.toMatchObject({ code: "mail_failed", retryable: true });
    expect(await mailRow(id)).toMatchObject({ sentAt: null, error: null });
    await deliverMail(id);
    expect(server.mails.filter((mail) => mail.to.includes(to))).toHaveLength(1);
    expect(await mailRow(id)).toMatchObject({ sealed: "", error: null });
  });

  it.each([
    { at: "recipient", code: 550, text: "no such user" },
    { at: "message", code: 554, text: "looks like spam" },
  ] as const)("is left alone after $code for the $at, with the reason noted", async (fault) => {
    const { deliverMail } = await import("./service");
    const { id, to } = await queueTestMail();
    server.script(fault);
    await deliverMail(id);
    await deliverMail(id);
    expect(server.mails.filter((mail) => mail.to.includes(to))).toEqual([]);
    const row = await mailRow(id);
    expect(row).toMatchObject({ sentAt: null, sealed: "" });
    expect(row?.error).toContain(`${fault.code}`);
    expect(row?.error).not.toContain("@");
  });

  it("tells a refusal from what the operator can mend", async () => {
    const send = (url: string) => createSmtpEngine({ url }).send(outgoing());
    const wrong = new URL(server.url);
    wrong.password = "wrong";
    const mendable = { code: "mail_failed", detail: expect.stringContaining("EAUTH") };
    await expect(send(wrong.href)).rejects.toMatchObject(mendable);
    server.script({ at: "recipient", code: 550, text: "no" });
    await expect(send(server.url)).rejects.toBeInstanceOf(MailRefused);
    expect(errorTable.mail_failed.retryable).toBe(true);
  });

  it("may be away for a while", async () => {
    const { deliverMail, noteFailure } = await import("./service");
    const { id, to } = await queueTestMail();
    const { port } = new URL(server.url);
    await server.close();
    await expect(deliverMail(id)).rejects.toMatchObject({ code: "mail_failed" });
    await noteFailure(id, "given up: mail_failed");
    expect(await mailRow(id)).toMatchObject({ error: "given up: mail_failed" });
    server = await startSmtpStandIn({ port: Number(port) });
    await deliverMail(id);
    expect(server.mails.map((mail) => mail.to)).toEqual([[to]]);
    expect(await mailRow(id)).toMatchObject({ error: null, sealed: "" });
  });

  it("must speak TLS when it isn't this machine", async () => {
    // The same server under a name that isn't one of loopback's.
    const elsewhere = new URL(server.url);
    elsewhere.hostname = "0.0.0.0";
    const send = (url: string) => createSmtpEngine({ url }).send(outgoing());
    await expect(send(elsewhere.href)).rejects.toMatchObject({ code: "mail_failed" });
    expect(server.mails.at(-1)?.subject).not.toBe("제목");
    await send(`${elsewhere.href}?requireTLS=false`);
    expect(server.mails.at(-1)?.subject).toBe("제목");
  });
}
