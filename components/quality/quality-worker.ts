import { LiveAssessment } from "@/lib/subtitles/quality/live";
import type { JudgeAnswer, JudgeRequest } from "./judges";

let live: LiveAssessment | undefined;

/** Beside the page: keeps the track in step and judges it when asked. */
self.addEventListener("message", ({ data }: MessageEvent<JudgeRequest>) => {
  switch (data.kind) {
    case "rule":
      if (live) live.rule(data.rules);
      else live = new LiveAssessment(data.rules);
      break;
    case "change":
      live?.change(data.side, data.changes);
      break;
    case "judge": {
      const answer: JudgeAnswer = { id: data.id, findings: live?.findings() ?? [] };
      self.postMessage(answer);
    }
  }
});
