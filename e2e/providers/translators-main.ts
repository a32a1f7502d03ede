import { parseArgs } from "node:util";
import { type ChatFault, type ChatRequest, startChatStandIn } from "./chat";
import { type DeeplFault, type DeeplRequest, startDeeplStandIn } from "./deepl";
import {
  chatTexts,
  deeplTexts,
  FaultBook,
  startTranslatorsControl,
  type TranslatorRequest,
} from "./translators-control";

/**
 * Runs the stand-ins of both translators as a program, for journeys that look at the product from
 * outside: `translators-main.ts --deepl-fault ES=quota --chat-fault es=refuses`. A fault answers
 * every request for that target, always; `--control` adds an address where others are ordered. The
 * first line printed is JSON with what the product is told, and the control's address as
 * E2E_TRANSLATORS_URL. Ends with its parent.
 */
const { values } = parseArgs({
  options: {
    "deepl-port": { type: "string", default: "0" },
    "chat-port": { type: "string", default: "0" },
    /** Leave the chat model out. */
    "no-chat": { type: "boolean", default: false },
    "deepl-fault": { type: "string", multiple: true, default: [] },
    "chat-fault": { type: "string", multiple: true, default: [] },
    control: { type: "boolean", default: false },
  },
});

const faults = new FaultBook();
/** "ES=quota" for each target; kinds that need more than a name are for the control. */
for (const engine of ["deepl", "chat"] as const) {
  for (const entry of values[`${engine}-fault`]) {
    const [target = "", kind = ""] = entry.split("=", 2);
    faults.add({ engine, target, fault: { kind } as DeeplFault | ChatFault });
  }
}

const deepl = await startDeeplStandIn({
  port: Number(values["deepl-port"]),
  misbehave: (request) =>
    faults.take("deepl", request.target, deeplTexts(request)) as DeeplFault | undefined,
});
const chat = values["no-chat"]
  ? undefined
  : await startChatStandIn({
      port: Number(values["chat-port"]),
      misbehave: (request) =>
        faults.take("chat", request.target, chatTexts(request)) as ChatFault | undefined,
    });

function ofDeepl(request: DeeplRequest): TranslatorRequest {
  const { target, formality, glossaryId, status = null } = request;
  const terms = glossaryId ? (deepl.glossaries.get(glossaryId)?.terms ?? []) : [];
  return {
    engine: "deepl",
    target,
    texts: deeplTexts(request),
    formality,
    terms: [...terms],
    status,
  };
}

function ofChat(request: ChatRequest): TranslatorRequest {
  const { target, message, status = null } = request;
  const terms = (message.glossary ?? []).map((term) => [term.source, term.target] as const);
  return {
    engine: "chat",
    target,
    texts: chatTexts(request),
    formality: undefined,
    terms,
    status,
  };
}

const variables: Record<string, string> = {
  DEEPL_AUTH_KEY: deepl.authKey,
  DEEPL_SERVER_URL: deepl.url,
  ...(chat && {
    TRANSLATION_MODEL: chat.model,
    TRANSLATION_BASE_URL: chat.url,
    TRANSLATION_API_KEY: chat.apiKey,
  }),
};
if (values.control) {
  variables.E2E_TRANSLATORS_URL = await startTranslatorsControl({
    faults,
    requests: () => [...deepl.requests.map(ofDeepl), ...(chat?.requests ?? []).map(ofChat)],
  });
}

const parent = process.ppid;
process.stdout.write(`${JSON.stringify(variables)}\n`);
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 1_000);
