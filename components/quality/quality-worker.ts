import { answersOf, type JudgeRequest, Judging } from "./judging";

let live: Judging | undefined;

// Imports nothing that names this file: Turbopack never ends a build of a worker that names itself.

/** Beside the page: keeps the track in step and judges it when asked. */
self.addEventListener("message", ({ data }: MessageEvent<JudgeRequest>) => {
  switch (data.kind) {
    case "rule":
      if (live) live.rule(data.rules);
      else live = new Judging(data.rules);
      break;
    case "change":
      live?.change(data.side, data.changes);
      break;
    case "judge": {
      const changes = live?.changes() ?? { put: [], drop: [] };
      for (const answer of answersOf(data.id, changes)) self.postMessage(answer);
    }
  }
});
