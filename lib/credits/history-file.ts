import "server-only";
import { createTranslator } from "use-intl/core";
import { loadMessages } from "@/i18n/messages";
import { timeZone } from "@/i18n/routing";
import type { Locale } from "@/lib/accounts/schema";
import { targetName } from "@/lib/translation/targets";
import { historyChunks } from "./history";
import { type CsvWords, csvHead, csvLines } from "./history-csv";
import type { HistoryChoice } from "./schema";
import { seoulDay } from "./seoul";

/**
 * An account's history as a CSV file that is written while it is read: it may be long. The same
 * rows as the list, all of them.
 */
export async function historyFile(options: {
  ownerId: string;
  choice: HistoryChoice;
  locale: Locale;
  nowMs?: number;
}): Promise<{ fileName: string; body: ReadableStream<Uint8Array> }> {
  const { ownerId, choice, locale, nowMs = Date.now() } = options;
  const t = await texts(locale);
  const words = wordsOf(t, locale);
  const encoder = new TextEncoder();
  const chunks = historyChunks({ ownerId, choice });
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csvHead(words))),
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(csvLines(value, words)));
    },
    cancel: async () => {
      await chunks.return(undefined);
    },
  });
  return { fileName: `${t("csv.fileName", { day: seoulDay(nowMs) })}.csv`, body };
}

type Texts = (key: string, values?: Record<string, string | number>) => string;

/** Needs no request, unlike next-intl's own. */
async function texts(locale: Locale): Promise<Texts> {
  const { credits } = await loadMessages(locale);
  return createTranslator({ locale, messages: credits as Record<string, string>, timeZone });
}

const columns = [
  "time",
  "movement",
  "amount",
  "balanceAfter",
  "component",
  "source",
  "video",
  "order",
  "amountKrw",
  "ledgerId",
];

function wordsOf(t: Texts, locale: Locale): CsvWords {
  return {
    headers: columns.map((name) => t(`csv.${name}`)),
    movement: ({ movement }) => t(`movement.${movement}`),
    component: (component) => {
      const [name = "", of = ""] = component.split(":");
      return t(`component.${name}`, { language: targetName(of, locale), days: of });
    },
    source: (source) => t(`source.${source}`),
  };
}
