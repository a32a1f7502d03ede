/** What can go wrong at a chat model's service, on order. */
export type ChatFault =
  | { kind: "rate_limited"; retryAfterSeconds?: number }
  | { kind: "insufficient_quota" }
  | { kind: "unauthorized" }
  | { kind: "server_error"; status?: number }
  /** The connection breaks without an answer. */
  | { kind: "dropped" }
  /** The right answer, late. */
  | { kind: "slow"; delayMs: number }
  | ChatAnswerFault;

/** What is wrong with the answer itself; `cue` counts from 0. */
export type ChatAnswerFault =
  /** The model says that it won't. */
  | { kind: "refuses" }
  /** The JSON is cut off at the model's limit. */
  | { kind: "truncated" }
  /** Sentences around, or instead of, the JSON. */
  | { kind: "chatty" }
  | { kind: "prose" }
  | { kind: "lost"; cue?: number }
  | { kind: "renamed"; cue?: number }
  | { kind: "duplicated"; cue?: number }
  | { kind: "emptied"; cue?: number }
  /** The source as it was. */
  | { kind: "untranslated" };

export interface ChatCue {
  id: string;
  text: string;
}

/** The cues of the answer with the fault in them. */
export function withCueFault(cues: ChatCue[], fault: ChatFault | undefined): ChatCue[] {
  const at = Math.min(fault && "cue" in fault ? (fault.cue ?? 1) : 1, cues.length - 1);
  switch (fault?.kind) {
    case "lost":
      return cues.filter((_, index) => index !== at);
    case "renamed":
      return cues.map((cue, index) => (index === at ? { ...cue, id: `cue ${cue.id}` } : cue));
    case "duplicated":
      return cues.flatMap((cue, index) => (index === at ? [cue, cue] : [cue]));
    case "emptied":
      return cues.map((cue, index) => (index === at ? { ...cue, text: "" } : cue));
    default:
      return cues;
  }
}

/** The answer's message and why it ended. */
export function messageOf(cues: ChatCue[], fault: ChatFault | undefined) {
  const json = JSON.stringify({ cues: withCueFault(cues, fault) });
  switch (fault?.kind) {
    case "refuses":
      return { content: null, refusal: "I'm sorry, I can't help with that.", finish: "stop" };
    case "truncated":
      return {
        content: json.slice(0, Math.floor(json.length * 0.6)),
        refusal: null,
        finish: "length",
      };
    case "chatty":
      return { content: `Sure!\n\`\`\`json\n${json}\n\`\`\``, refusal: null, finish: "stop" };
    case "prose":
      return { content: "Here is your translation: hello.", refusal: null, finish: "stop" };
    default:
      return { content: json, refusal: null, finish: "stop" };
  }
}
