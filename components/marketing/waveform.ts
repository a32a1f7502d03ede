/**
 * The outline of a made-up recording as an SVG path of upright bars: louder where `speech` says
 * someone talks, nearly flat elsewhere. The same numbers every time, so that builds agree.
 * @param bars how many, one unit wide and two units apart
 * @param height of the picture, in the same units
 * @param speech spans of 0 to 1
 */
export function waveformPath(
  bars: number,
  height: number,
  speech: readonly (readonly [number, number])[],
): string {
  let path = "";
  for (let i = 0; i < bars; i++) {
    const at = i / bars;
    const span = speech.find(([start, end]) => at >= start && at < end);
    const wobble = Math.abs(Math.sin(i * 1.7) * 0.5 + Math.sin(i * 0.53 + 1) * 0.35);
    const swell = span ? Math.sin(((at - span[0]) / (span[1] - span[0])) * Math.PI) ** 0.4 : 0;
    const loudness = span ? 0.14 + swell * (0.3 + wobble * 0.6) : 0.04 + wobble * 0.05;
    const half = Math.min(1, loudness) * (height / 2 - 1);
    path += `M${i * 2 + 0.5} ${(height / 2 - half).toFixed(1)}v${(half * 2).toFixed(1)}`;
  }
  return path;
}
