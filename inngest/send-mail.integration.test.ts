import { afterAll, beforeAll, expect, it } from "vitest";
import { type SmtpFault, type SmtpStandIn, startSmtpStandIn } from "@/e2e/providers/smtp";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { mailRow, queueTestMail } from "@/lib/testing/mail-bench";
import { startTestWorker } from "@/lib/testing/worker";

let app: TestApp;
let server: SmtpStandIn;
let worker: Awaited<ReturnType<typeof startTestWorker>>;

beforeAll(async () => {
  server = await startSmtpStandIn();
  const sender = { SMTP_URL: server.url, MAIL_FROM: "no-reply@example.test" };
  app = await startTestApp({ APP_URL: "http://caption.localhost", ...sender });
  const { sendMail } = await import("./functions/send-mail");
  worker = await startTestWorker({ ...app, functions: [sendMail] });
});

afterAll(async () => {
  await worker.stop();
  await server.close();
  await app.stop();
});

const busy: SmtpFault = { at: "sender", code: 451, text: "try later" };

const times = (to: string) => server.mails.filter((mail) => mail.to.includes(to)).length;

it("sends a committed mail, once, however often the server is busy first", async () => {
  server.script(busy, busy, busy);
  const { id, to } = await queueTestMail();
  await expect
    .poll(() => mailRow(id), { timeout: 15_000 })
    .toMatchObject({ sealed: "", error: null });
  expect(times(to)).toBe(1);
});

it("gives up after nine tries and notes it", async () => {
  server.script(...Array<SmtpFault>(20).fill(busy));
  const { id, to } = await queueTestMail();
  await expect
    .poll(() => mailRow(id), { timeout: 15_000 })
    .toMatchObject({ sentAt: null, error: "given up: mail_failed" });
  expect(server.faultsLeft()).toBe(11);
  expect(times(to)).toBe(0);
});
