import { expect, it } from "vitest";
import { queueTestMail } from "@/lib/testing/mail-bench";
import { describeDelivery } from "./delivery-contract";

const here = { local: true, headers: new Headers({ host: "localhost:3000" }) };
const room = () => import("./outbox");

describeDelivery(
  "the outbox",
  async () => ({
    variables: { AX2_MODE: "local", SMTP_URL: "", MAIL_FROM: "" },
    keepsContent: true,
    arrived: async () => (await room()).readOutbox(here),
    close: async () => {},
  }),
  () => {
    it("lists the newest first, all or those to one address", async () => {
      const { deliverMail } = await import("./service");
      const { readOutbox } = await room();
      const [first, second, waiting] = [
        await queueTestMail(),
        await queueTestMail(),
        await queueTestMail(),
      ];
      await deliverMail(second.id);
      await deliverMail(first.id);
      const ids = (await readOutbox(here)).map((mail) => mail.id);
      expect(ids.slice(0, 2)).toEqual([second.id, first.id]);
      expect(ids).not.toContain(waiting.id);
      const own = await readOutbox(here, { to: first.to });
      expect(own).toMatchObject([{ id: first.id, to: first.to, kind: "sign-up" }]);
      expect(Date.parse(own[0]?.sentAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
    });

    it("is open to this machine only", async () => {
      const { isOutboxActive, isOutboxOpen, readOutbox } = await room();
      expect(isOutboxActive()).toBe(true);
      expect(isOutboxOpen(here)).toBe(true);
      for (const caller of [
        { ...here, local: false },
        { ...here, headers: new Headers({ host: "evil.example" }) },
        { ...here, headers: new Headers({ host: "localhost", "x-forwarded-for": "203.0.113.7" }) },
      ]) {
        expect(isOutboxOpen(caller)).toBe(false);
        await expect(readOutbox(caller)).rejects.toMatchObject({ code: "not_found" });
      }
    });
  },
);
