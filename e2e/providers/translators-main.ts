import { parseArgs } from "node:util";
import { type ChatFault, startChatStandIn } from "./chat";
import { type DeeplFault, startDeeplStandIn } from "./deepl";

/**
 * Runs the stand-ins of both translators as a program, for journeys that look at the product from
 * outside: `translators-main.ts --deepl-fault ES=quota --chat-fault es=refuses`. A fault answers
 * every request for that target, always. The first line printed is JSON with what the product is
 * told. Ends with its parent.
 */
const { values } = parseArgs({
  options: {
    "deepl-port": { type: "string", default: "0" },
    "chat-port": { type: "string", default: "0" },
    /** Leave the chat model out. */
    "no-chat": { type: "boolean", default: false },
    "deepl-fault": { type: "string", multiple: true, default: [] },
    "chat-fault": { type: "string", multiple: true, default: [] },
  },
});

/** "ES=quota" for each target; kinds that need more than a name aren't offered here. */
function faultsByTarget(entries: readonly string[]): Map<string, string> {
  return new Map(
    entries.map((entry): [string, string] => {
      const [target = "", kind = ""] = entry.split("=", 2);
      return [target.toLowerCase(), kind];
    }),
  );
}

const deeplFaults = faultsByTarget(values["deepl-fault"]);
const chatFaults = faultsByTarget(values["chat-fault"]);

const deepl = await startDeeplStandIn({
  port: Number(values["deepl-port"]),
  misbehave: ({ target }) => {
    const kind = deeplFaults.get(target.toLowerCase());
    return kind === undefined ? undefined : ({ kind } as DeeplFault);
  },
});
const variables: Record<string, string> = {
  DEEPL_AUTH_KEY: deepl.authKey,
  DEEPL_SERVER_URL: deepl.url,
};
if (!values["no-chat"]) {
  const chat = await startChatStandIn({
    port: Number(values["chat-port"]),
    misbehave: ({ target }) => {
      const kind = chatFaults.get(target.toLowerCase());
      return kind === undefined ? undefined : ({ kind } as ChatFault);
    },
  });
  variables.TRANSLATION_MODEL = chat.model;
  variables.TRANSLATION_BASE_URL = chat.url;
  variables.TRANSLATION_API_KEY = chat.apiKey;
}

const parent = process.ppid;
process.stdout.write(`${JSON.stringify(variables)}\n`);
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 1_000);
