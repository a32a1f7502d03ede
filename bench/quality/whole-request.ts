import fs from "node:fs/promises";
import http from "node:http";
import { resultFromAnswer, verboseJson } from "@/lib/speech/engines/answer";
import type { SpeechResult } from "@/lib/speech/types";

/**
 * The whole recording in one request to the local server. Not through the product's engine, which
 * sends at most ten minutes and gives up on an answer that takes five.
 */
export async function recogniseWhole(options: {
  url: string;
  token: string;
  file: string;
  durationMs: number;
  language: string;
}): Promise<SpeechResult> {
  const form = new FormData();
  form.set("file", new Blob([await fs.readFile(options.file)]), "whole.flac");
  form.set("model", "whisper-1");
  form.set("response_format", "verbose_json");
  form.set("language", options.language);
  form.append("timestamp_granularities[]", "word");
  form.append("timestamp_granularities[]", "segment");
  const request = new Request(options.url, { method: "POST", body: form });
  const body = Buffer.from(await request.arrayBuffer());
  const text = await new Promise<string>((resolve, reject) => {
    const sent = http.request(`${options.url}/v1/audio/transcriptions`, {
      method: "POST",
      headers: {
        "content-type": request.headers.get("content-type") ?? "",
        "content-length": body.length,
        authorization: `Bearer ${options.token}`,
      },
    });
    sent.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const answer = Buffer.concat(parts).toString("utf8");
        if (response.statusCode === 200) resolve(answer);
        else reject(new Error(`${response.statusCode}: ${answer.slice(0, 300)}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
  const answer = verboseJson.parse(JSON.parse(text));
  return resultFromAnswer({ answer, durationMs: options.durationMs, language: options.language });
}
