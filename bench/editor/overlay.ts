import type { Page } from "playwright";

export interface OverlayFigures {
  /** Cue ends and beginnings that were watched. */
  changes: number;
  /** Of them, later than one frame of the video. */
  late: number;
  /** The latest, in frames of the video. */
  worstFrames: number;
}

/**
 * Plays and compares the frame that is on the screen with the text over it: each change of the text
 * is to come with the first frame of its time, or one frame after it.
 */
export async function watchOverlay(
  page: Page,
  { minutes, fps, edges }: { minutes: number; fps: number; edges: readonly number[] },
): Promise<OverlayFigures> {
  return page.evaluate(
    async ({ minutes, fps, edges }) => {
      const video = document.querySelector("video");
      const overlay = document.querySelector('[data-testid="captions"]');
      if (!video || !overlay) throw new Error("no video with subtitles on it");
      const lates: number[] = [];
      let shown = 0;
      const follow = (_now: number, { mediaTime }: { mediaTime: number }) => {
        shown = mediaTime;
        video.requestVideoFrameCallback(follow);
      };
      video.requestVideoFrameCallback(follow);
      const observer = new MutationObserver(() => {
        const ms = shown * 1_000;
        const nearest = edges.reduce((best, edge) =>
          Math.abs(edge - ms) < Math.abs(best - ms) ? edge : best,
        );
        lates.push(((ms - nearest) * fps) / 1_000);
      });
      observer.observe(overlay, { childList: true, subtree: true, characterData: true });
      video.muted = true;
      video.currentTime = 0;
      await video.play();
      await new Promise((resolve) => setTimeout(resolve, minutes * 60_000));
      video.pause();
      observer.disconnect();
      return {
        changes: lates.length,
        late: lates.filter((frames) => Math.abs(frames) > 1.01).length,
        worstFrames: Math.max(0, ...lates.map(Math.abs)),
      };
    },
    { minutes, fps, edges: [...edges] },
  );
}
