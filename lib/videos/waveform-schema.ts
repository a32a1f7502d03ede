import { z } from "zod";
import { maxSoundMs, type PeakLevel } from "./waveform-format";

const level = z.enum(["10", "50", "200"]);

export const peaksQuery = z.object({
  level: level.default("10").transform((text) => Number(text) as PeakLevel),
});

const ms = z.coerce.number().int().min(0).max(86_400_000);

export const soundQuery = z
  .object({ fromMs: ms, toMs: ms })
  .refine(({ fromMs, toMs }) => toMs > fromMs && toMs - fromMs <= maxSoundMs, {
    path: ["toMs"],
    message: `after fromMs, by at most ${maxSoundMs} ms`,
  });
export type SoundQuery = z.infer<typeof soundQuery>;
