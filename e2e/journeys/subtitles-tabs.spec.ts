import { expect, type Page } from "@playwright/test";
import type { TrackView } from "@/lib/tracks/schema";
import { logInPage, programSession } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { query } from "../fixtures/database";
import { addTrack, silentVideo } from "../fixtures/made-tracks";

const long = "단풍이 정말 예쁘게 물들었네요 작은 산입니다";
const cues = [
  { id: "cue-0", startMs: 1_000, endMs: 3_000, text: "오늘은 산책을 나왔어요" },
  {
    ...{ id: "cue-1", startMs: 4_000, endMs: 8_000, text: long },
    provenance: { origin: "recognition" as const, engine: "local", model: "base" },
  },
];
const evidence = {
  removed: [
    {
      ...{ id: "r1", text: "구독 부탁드려요", startMs: 20_000, endMs: 22_000 },
      doubts: ["stock_phrase" as const, "outside_speech" as const],
    },
  ],
};

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

async function textsOf(page: Page, trackId: string): Promise<string[]> {
  const answer = await page.request.get(`/api/v1/tracks/${trackId}`);
  const { track } = (await answer.json()) as { track: TrackView };
  return track.cues.map(({ text }) => text);
}

/** Another tab of the same person, which nobody has told of this one's repairs. */
const writeElsewhere = (page: Page, trackId: string, baseRevision: number, text: string) =>
  page.request.post(`/api/v1/tracks/${trackId}/operations`, {
    data: {
      baseRevision,
      edits: [
        {
          ...{ clientOpId: `another-tab-${baseRevision}`, groupId: `another-tab-${baseRevision}` },
          operation: { kind: "setText", cueId: "cue-1", text },
        },
      ],
    },
  });

test("neither a repair nor its undo overwrites what another tab has written", async ({
  page,
  url,
}) => {
  const session = await programSession(url);
  const videoId = await silentVideo(session, 30);
  const trackId = await addTrack(videoId, { language: "ko", cues, evidence });
  await logInPage(page, session);
  await page.goto(`/tracks/${trackId}/report`);
  const longLines = page.getByRole("heading", { name: "긴 줄" });
  await expect(longLines).toBeVisible();
  await writeElsewhere(page, trackId, 0, "다른 창에서 고쳤어요");
  // What is written elsewhere arrives by itself: there is nothing left to repair in it.
  await expect(longLines).toBeHidden();
  expect(await textsOf(page, trackId)).toContain("다른 창에서 고쳤어요");

  await button(page, "1개 되살리기").click();
  await button(page, "되살리기").last().click();
  await expect.poll(() => textsOf(page, trackId)).toContain("구독 부탁드려요");
  await writeElsewhere(page, trackId, 2, "또 고쳤어요");
  await page.keyboard.press("u");
  await expect.poll(() => textsOf(page, trackId)).not.toContain("구독 부탁드려요");
  expect(await textsOf(page, trackId)).toContain("또 고쳤어요");
});

test("a finding opens its cue, which tells where it comes from and who has changed it", async ({
  page,
  url,
}) => {
  const session = await programSession(url);
  const videoId = await silentVideo(session, 30);
  const trackId = await addTrack(videoId, { language: "ko", cues, evidence });
  await logInPage(page, session);
  await page.goto(`/tracks/${trackId}/report`);
  await page.getByRole("link", { name: "0:04.000 자막을 영상에서 열기" }).first().click();
  await expect(page.getByText("소리에서 알아들었어요")).toBeVisible();
  await expect(page.getByText("아직 아무도 고치지 않았어요.")).toBeVisible();
  // What somebody else does to it comes by itself.
  await writeElsewhere(page, trackId, 0, "다른 창에서 고쳤어요");
  await expect(page.getByText("글을 고침")).toBeVisible();
});

test("jobs are found by title, state and days", async ({ page, url }) => {
  const session = await programSession(url);
  const [talk, meeting] = [
    await silentVideo(session, 30, "합의 알고리즘 강의.mp4"),
    await silentVideo(session, 30, "회의 녹화.mp4"),
  ];
  await addTrack(talk, { language: "ko", cues });
  await addTrack(meeting, { language: "ko", cues });
  await query("UPDATE jobs SET created_at = '2026-01-31T14:59:59Z' WHERE video_id = $1", [meeting]);
  await logInPage(page, session);
  await page.goto("/jobs");
  const rows = page.getByRole("row");
  // The heading of the table is one.
  await expect(rows).toHaveCount(3);
  const search = page.getByLabel("영상 제목으로 찾기");
  await search.fill("알고리즘");
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(/q=/);
  await search.fill("");
  // The last second of January in Seoul.
  await page.goto("/jobs?from=2026-01-31&to=2026-01-31");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("회의 녹화");
  await page.goto("/jobs?status=failed");
  await expect(page.getByText("맞는 작업이 없어요")).toBeVisible();
  await button(page, "모두 보기").click();
  await expect(rows).toHaveCount(3);
});
