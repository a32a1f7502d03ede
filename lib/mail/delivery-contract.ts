import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";
import * as bench from "@/lib/testing/mail-bench";
import { transaction } from "@/lib/transaction";

/** A mail as the engine's reader sees it. */
export interface ArrivedMail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface EngineUnderTest {
  variables: Record<string, string>;
  /** Whether the row keeps its content. */
  keepsContent: boolean;
  /** Everything that arrived so far. */
  arrived(): Promise<ArrivedMail[]>;
  close(): Promise<void>;
}

export const appUrl = "http://caption.localhost:3999";

const dayMs = 24 * 3_600_000;

/** What every mail engine must do, whatever stands behind it, and what `more` says of this one. */
export function describeDelivery(
  name: string,
  start: () => Promise<EngineUnderTest>,
  more: () => void,
): void {
  describe(`${name} as a mail engine`, () => {
    let test: EngineUnderTest;
    let app: TestApp;
    let mails: typeof import("./service");
    beforeAll(async () => {
      test = await start();
      app = await startTestApp({ APP_URL: appUrl, ...test.variables });
      mails = await import("./service");
    });
    afterAll(async () => {
      await test.close();
      await app.stop();
    });

    it("leaves nothing of a mail whose transaction failed", async () => {
      const mail = { kind: "password-changed", to: "a@example.test", values: {} } as const;
      const failing = transaction(async (tx) => {
        await mails.queueMail(tx, { ...mail, locale: "en" });
        throw new Error("rolled back");
      });
      await expect(failing).rejects.toThrow("rolled back");
      expect(await bench.storedCounts()).toEqual({ mails: 0, events: 0 });
    });

    it("gets each queued mail to its reader once", async () => {
      const { id, to } = await bench.queueTestMail();
      const event = { name: "mail/requested", data: { mailId: id }, sentAt: null };
      expect(await bench.mailEvent(id)).toMatchObject(event);
      const own = async () => (await test.arrived()).filter((mail) => mail.to === to);
      expect(await own()).toEqual([]);

      await mails.deliverMail(id);
      await mails.deliverMail(id);
      const [arrived, ...others] = await own();
      expect(others).toEqual([]);
      expect(arrived?.subject).toBe("가입을 마쳐 주세요");
      expect(arrived?.text).toContain(`가입 마치기:\n${appUrl}${bench.mailLink}\n`);
      expect(arrived?.html).toContain(`href="${appUrl}${bench.mailLink}"`);

      const row = await bench.mailRow(id);
      expect(row?.sentAt).toBeInstanceOf(Date);
      expect(row).toMatchObject({ error: null, messageId: `<${id}@caption.localhost>` });
      expect(row?.sealed === "").toBe(!test.keepsContent);
    });

    it("keeps address and links sealed, before and after", async () => {
      const { id, to } = await bench.queueTestMail();
      const before = await bench.mailRowText(id);
      await mails.deliverMail(id);
      for (const text of [before, await bench.mailRowText(id)]) {
        expect(text).toContain(id);
        expect(text).not.toContain(to);
        expect(text).not.toContain("token");
      }
    });

    describe("with a mail that can't go out", () => {
      let before: number;
      beforeEach(async () => {
        before = (await test.arrived()).length;
      });

      it("does nothing when it is gone, as with its account", async () => {
        const user = await makeUser({ credits: 0 });
        const { id } = await bench.queueTestMail({ userId: user.id });
        await bench.removeUser(user.id);
        for (const each of [id, newId(), "no id"]) await mails.deliverMail(each);
        expect(await test.arrived()).toHaveLength(before);
      });

      it("says why when it doesn't open: sealed for another row, or with a secret that is gone", async () => {
        const [mail, other] = [await bench.queueTestMail(), await bench.queueTestMail()];
        const sealed = (await bench.mailRow(other.id))?.sealed ?? "";
        await bench.changeMailRow(mail.id, { sealed });
        await mails.deliverMail(mail.id);
        const row = await bench.mailRow(mail.id);
        expect(row?.sentAt).toBeNull();
        expect(row?.error).toContain("unreadable");
        expect(await test.arrived()).toHaveLength(before);
      });

      it("refuses what isn't one plain address", async () => {
        for (const to of ["a@example.test\r\nBcc: b@example.test", "a@x.test, b@x.test", ""]) {
          await expect(bench.queueTestMail({ to })).rejects.toThrow();
        }
      });
    });

    it("forgets mails after 30 days", async () => {
      const [old, recent] = [await bench.queueTestMail(), await bench.queueTestMail()];
      const daysAgo = (days: number) => ({ createdAt: new Date(Date.now() - days * dayMs) });
      await bench.changeMailRow(old.id, daysAgo(31));
      await bench.changeMailRow(recent.id, daysAgo(29));
      expect(await mails.pruneMails()).toBe(1);
      expect(await bench.mailRow(old.id)).toBeNull();
      expect(await bench.mailRow(recent.id)).not.toBeNull();
    });

    more();
  });
}
