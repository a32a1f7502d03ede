import { expect } from "@playwright/test";
import type { JobView } from "@/lib/jobs/schema";
import { logInPage } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { editElsewhere, listOf, makeTrack, rowOf, saved, trackOf } from "../fixtures/editor";
import { trackIn } from "../fixtures/made-tracks";
import { endedJob } from "../fixtures/uploads";

test("the source stands beside its translation; what changes in it is marked, and copied", async ({
  page,
  url,
}) => {
  const { session, videoId, trackId } = await makeTrack(url);
  const { job } = await session.call<{ job: JobView }>("/api/v1/jobs", {
    body: {
      ...{
        kind: "translate",
        videoId,
        sourceTrackId: trackId,
        idempotencyKey: `beside-${trackId}`,
      },
      options: { targets: ["en"] },
    },
  });
  await endedJob(session, job.id);
  const targetId = (await trackIn(session, videoId, "en")) ?? "";
  const translated = (await trackOf(session, targetId)).cues.map(({ text }) => text);
  await logInPage(page, session);
  await page.goto(`/videos/${videoId}?track=${targetId}`);
  await expect(listOf(page).getByRole("listitem")).toHaveCount(4, { timeout: 40_000 });
  await listOf(page).getByRole("listitem").nth(1).getByRole("button").first().click();
  const details = page.getByRole("tabpanel", { name: "자막" });
  await expect(details.getByText("단풍이 예뻐요")).toBeVisible();

  // The source changes: its translation is marked, and nothing of it is changed by itself.
  await editElsewhere(session, trackId, {
    ...{ kind: "setText", cueId: "cue-1", text: "단풍이 붉게 물들었어요" },
  });
  await expect(details.getByText("단풍이 붉게 물들었어요")).toBeVisible();
  await expect(page.getByText("원문이 바뀌었어요").first()).toBeVisible();
  expect((await trackOf(session, targetId)).cues.map(({ text }) => text)).toEqual(translated);

  await details.getByRole("button", { name: /^원문 넣기/ }).click();
  await expect(rowOf(page, "단풍이 붉게 물들었어요")).toBeVisible();
  await saved(page);
  expect((await trackOf(session, targetId)).cues[1]?.text).toBe("단풍이 붉게 물들었어요");
  await page.keyboard.press("Control+z");
  await expect
    .poll(async () => (await trackOf(session, targetId)).cues[1]?.text)
    .toBe(translated[1]);

  // Both are on the picture, the source above.
  const captions = page.getByTestId("captions");
  await expect(captions).not.toContainText("단풍이 붉게 물들었어요");
  await page.keyboard.press("b");
  await expect(captions).toContainText("단풍이 붉게 물들었어요");
  await expect(captions).toContainText(translated[1] ?? "");
  await page.keyboard.press("b");
  await expect(captions).not.toContainText("단풍이 붉게 물들었어요");

  // Translating it anew has its price on the button, and is one step to take back.
  await page.keyboard.press("Shift+R");
  const dialog = page.getByRole("dialog", { name: "다시 번역하기" });
  await expect(dialog).toContainText("자막 1개");
  await dialog.getByRole("button", { name: /^\d+크레딧으로 번역$/ }).click();
  await expect(page.getByText("다시 번역했어요.")).toBeVisible({ timeout: 30_000 });
  const second = async () => (await trackOf(session, targetId)).cues[1];
  await expect.poll(async () => (await second())?.text).not.toBe(translated[1]);
  expect((await second())?.provenance?.translation?.sourceText).toBe("단풍이 붉게 물들었어요");
  await expect(page.getByText("원문이 바뀌었어요")).toHaveCount(0);
});
