import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit/service";
import { countUp } from "@/lib/http/rate";
import { currentCaller, whence } from "./caller";

/** Anybody can send reports: so many are written down in an hour, then no more. */
const recorded = { name: "cspReports", rate: { limit: 30, windowMs: 3_600_000 } };
const maxBytes = 16 * 1024;

const report = z.object({
  "csp-report": z.object({
    "effective-directive": z.string().max(100).optional(),
    "violated-directive": z.string().max(100).optional(),
    "blocked-uri": z.string().max(2000).optional(),
    disposition: z.string().max(20).optional(),
  }),
});

/** Writes down what a page was kept from doing; what isn't such a report is passed over. */
export async function noteCspReport(request: Request): Promise<void> {
  if (Number(request.headers.get("content-length") ?? maxBytes + 1) > maxBytes) return;
  const text = (await request.text()).slice(0, maxBytes);
  const parsed = report.safeParse(parseJson(text)).data?.["csp-report"];
  if (!parsed) return;
  const caller = await currentCaller();
  if ((await countUp({ ...recorded, who: caller.network ?? "local" })) > recorded.rate.limit)
    return;
  const blocked = URL.parse(parsed["blocked-uri"] ?? "")?.origin ?? parsed["blocked-uri"] ?? "";
  await recordAudit({
    name: "malicious_csp_violation",
    level: "warn",
    ...whence(caller),
    detail: {
      directive: parsed["effective-directive"] ?? parsed["violated-directive"] ?? "",
      // Where it would have gone, not what it would have carried.
      blocked: blocked.slice(0, 100),
    },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
