import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import type { Cue } from "@/lib/subtitles/model";
import type { QualityReport } from "@/lib/subtitles/quality/types";
import { logInPage, programSession } from "../fixtures/account";
import { hydrated, test } from "../fixtures/browsers";
import { addTrack, cuesOf, silentVideo } from "../fixtures/made-tracks";

const cue = (id: string, startMs: number, endMs: number, text: string): Cue => ({
  ...{ id, startMs, endMs, text },
});

/** Each with one fault, but the last. */
const cues: Cue[] = [
  cue("wide-1", 1_000, 4_500, "오늘은 데이터와 모델과 테스트를 함께 살펴볼게요."),
  cue("wide-2", 6_000, 9_500, "프로젝트를 만든 다음에 네 개의 탭이 나타나요."),
  cue("short", 16_000, 16_300, "짧아요"),
  cue("over-1", 20_000, 23_000, "먼저 시작한\n자막이에요"),
  cue("over-2", 22_500, 25_000, "겹쳐서 시작해요"),
  cue("empty", 30_000, 32_000, ""),
  cue("good", 40_000, 43_000, "아무 문제도 없는\n자막이에요"),
];
const removedText = "시청해 주셔서 감사합니다";
const evidence = {
  speech: [{ startMs: 40_000, endMs: 43_000 }],
  removed: [
    {
      ...{ id: "removed-1", startMs: 50_000, endMs: 52_000, text: removedText },
      doubts: ["no_speech" as const, "stock_phrase" as const],
    },
  ],
};

const group = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** A figure of the report by its name. */
const figure = (page: Page, name: string) =>
  page.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) });

async function openReport(page: Page, url: string, seconds = 60) {
  const session = await programSession(url);
  const videoId = await silentVideo(session, seconds, "품질 시험.mp4");
  const trackId = await addTrack(videoId, { language: "ko", cues, evidence });
  await logInPage(page, session);
  await page.goto(`/tracks/${trackId}/report`);
  await expect(page.getByRole("heading", { name: "자막 품질" })).toBeVisible();
  return { session, trackId, texts: async () => texts(await cuesOf(session, trackId)) };
}

const texts = (list: readonly Cue[]) => list.map(({ text }) => text);

test("findings are looked at, repaired, undone and done again, and the server has it all", async ({
  page,
  url,
}) => {
  const { session, trackId, texts: stored } = await openReport(page, url);
  await expect(figure(page, "확인할 곳")).toContainText("꼭 고칠 곳 5");
  await expect(group(page, "긴 줄")).toContainText("한 줄이 24자예요. 16자까지가 좋아요.");
  await expect(group(page, "지어낸 말로 보고 뺀 글")).toContainText(removedText);

  // One finding: its sentence opens what would change, and nothing has changed yet.
  const first = group(page, "긴 줄").getByRole("button", { name: /오늘은 데이터와/ });
  await (await hydrated(first)).click();
  await expect(first).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByText("줄을 다시 나눠요.")).toBeVisible();
  expect(await stored()).toEqual(texts(cues));
  await button(page, "고치기").click();
  await expect(page.getByText("저장됨")).toBeVisible();
  await expect(group(page, "긴 줄")).toContainText("1개");
  await expect.poll(stored).toContain("오늘은 데이터와 모델과\n테스트를 함께 살펴볼게요.");

  // All of a kind, seen before.
  await group(page, "겹친 자막").getByRole("button", { name: "1개 고치기" }).click();
  const dialog = page.getByRole("dialog", { name: "한 번에 고치기" });
  await expect(dialog).toContainText("0:22.420");
  await dialog.getByRole("button", { name: "1개 고치기" }).click();
  await expect(group(page, "겹친 자막")).toBeHidden();

  // Everything that is left, as one step: back, and forth again.
  await button(page, "모두 고치기 · 3").click();
  await dialog.getByRole("button", { name: "3개 고치기" }).click();
  await expect(page.getByText("3곳을 고쳤어요.")).toBeVisible();
  await expect(figure(page, "규칙을 지킨 자막")).toContainText("100");
  const repaired = [
    "오늘은 데이터와 모델과\n테스트를 함께 살펴볼게요.",
    "프로젝트를 만든 다음에\n네 개의 탭이 나타나요.",
    ...["짧아요", "먼저 시작한\n자막이에요", "겹쳐서 시작해요", "아무 문제도 없는\n자막이에요"],
  ];
  await expect.poll(stored).toEqual(repaired);
  await button(page, "되돌리기").click();
  await expect.poll(stored).toHaveLength(cues.length);
  await expect(group(page, "빈 자막")).toBeVisible();
  await button(page, "다시 하기").click();
  await expect.poll(stored).toEqual(repaired);

  // What was taken for invented comes back by the person's choice.
  await group(page, "지어낸 말로 보고 뺀 글")
    .getByRole("button", { name: /시청해/ })
    .click();
  await button(page, "되살리기").click();
  await expect.poll(stored).toEqual([...repaired, removedText]);

  await page.reload();
  await expect(group(page, "긴 줄")).toBeHidden();
  await expect(group(page, "지어낸 말로 보고 뺀 글")).toBeHidden();
  expect(await stored()).toEqual([...repaired, removedText]);

  // For others: a table and data, about what is there now.
  const files = await downloads(page);
  const report: QualityReport = JSON.parse(files.json).report;
  expect(report).toMatchObject({ language: "ko", cues: repaired.length + 1, rulesKept: 1 });
  const { report: told } = await session.call<{ report: QualityReport }>(
    `/api/v1/tracks/${trackId}/report`,
  );
  expect(report).toEqual(told);
  expect(files.csv.split(/\r?\n/)[0]).toContain("중요도");
});

async function downloads(page: Page): Promise<{ csv: string; json: string }> {
  const files: string[] = [];
  for (const name of ["표 (CSV)", "데이터 (JSON)"]) {
    await (await hydrated(button(page, "내려받기"))).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name }).click(),
    ]);
    files.push(await readFile(await download.path(), "utf8"));
  }
  const [csv = "", json = ""] = files;
  return { csv, json };
}
