import { expect } from "@playwright/test";
import { newId } from "@/lib/ids";
import type { CapabilitiesView } from "@/lib/jobs/schema";
import { logInPage, programSession } from "../fixtures/account";
import { hydrated, test } from "../fixtures/browsers";
import { fundAccount } from "../fixtures/database";
import { addTrack, cuesOf, silentVideo, trackIn } from "../fixtures/made-tracks";
import { chooseTargets, jobEnded, languageRow } from "../fixtures/orders";
import { orderFault, orderFaults, translatorRequests } from "../fixtures/translators";

/** Said in every cue of this journey alone: faults are for texts that have it. No digits. */
const marker = `zebra${newId().replace(/[^a-f]/g, "")}`;

const cues = Array.from({ length: 12 }, (_, at) => ({
  id: `cue-${at}`,
  startMs: 1_000 + at * 4_800,
  endMs: 5_000 + at * 4_800,
  text: `The ${marker} number ${at + 1}\ncrosses the river.`,
}));

/** Every way in which translators fail, each for a language of its own. */
async function orderEachFault(): Promise<void> {
  const onlyTextsWith = marker;
  const scope = (target: string, times?: number) => ({ target, onlyTextsWith, times });
  await orderFaults(scope("fr"), {
    deepl: { kind: "unauthorized" },
    chat: { kind: "unauthorized" },
  });
  await orderFaults(scope("it"), {
    deepl: { kind: "quota" },
    chat: { kind: "insufficient_quota" },
  });
  // Both are down at first: the step waits a quarter of a minute and goes on.
  await orderFaults(scope("ru", 3), {
    deepl: { kind: "server_error" },
    chat: { kind: "server_error" },
  });
  await orderFaults(scope("de", 2), {
    deepl: { kind: "rate_limited" },
    chat: { kind: "rate_limited", retryAfterSeconds: 1 },
  });
  await orderFaults(scope("vi", 2), { deepl: { kind: "lost" }, chat: { kind: "lost" } });
  // Only the chat model knows it; it won't have the scene, and takes the cues one by one.
  await orderFault({ engine: "chat", ...scope("eu", 1), fault: { kind: "refuses" } });
}

test("each failure of a translator becomes a sentence that helps", async ({ page, url }) => {
  const session = await programSession(url);
  await fundAccount(session.email, 100);
  const videoId = await silentVideo(session, 60);
  await addTrack(videoId, { language: "en", cues });
  await orderEachFault();

  await logInPage(page, session);
  await page.goto(`/videos/${videoId}`);
  await (await hydrated(page.getByRole("button", { name: "언어 더하기" }))).click();
  const dialog = page.getByRole("dialog", { name: "번역할 언어 더하기" });
  // What is spoken isn't offered.
  const field = dialog.getByRole("combobox", { name: "번역할 언어" });
  await field.fill("영어 (영국)");
  await expect(page.getByText("그런 언어가 없어요.")).toBeVisible();
  await chooseTargets(dialog, [
    "프랑스어",
    "이탈리아어",
    "독일어",
    "베트남어",
    "러시아어",
    "바스크어",
  ]);
  await dialog.getByRole("button", { name: /^번역하기 · \d+크레딧$/ }).click();
  await page.getByRole("link", { name: "작업 보기" }).click();
  await jobEnded(page, "번역 2개는 못 끝냈어요");

  const told = async (name: string, sentence: string) => {
    await expect(languageRow(page, name)).toContainText(sentence);
    await expect(languageRow(page, name)).toContainText("크레딧을 돌려드렸어요");
    await expect(page.getByRole("button", { name: `${name} 다시 시도` })).toBeVisible();
  };
  await told("프랑스어", "번역 서비스가 열쇠를 받아들이지 않았어요. 운영자에게 알려 주세요.");
  await told(
    "이탈리아어",
    "번역 서비스의 사용 한도를 다 썼어요. 나중에 이 언어만 다시 시도해 주세요.",
  );
  for (const name of ["독일어", "베트남어", "러시아어", "바스크어"]) {
    await expect(languageRow(page, name)).toContainText("끝남");
    await expect(languageRow(page, name)).toContainText("크레딧을 썼어요");
  }

  // Each was really met: the busy one waited for, the lost cue asked for again by itself.
  const requests = await translatorRequests(marker);
  const statuses = (target: string) =>
    requests.filter((asked) => asked.target.toLowerCase() === target).map(({ status }) => status);
  expect(statuses("de")).toContain(429);
  expect(statuses("de")).toContain(200);
  expect(statuses("ru").filter((status) => status === 503 || status === 500)).toHaveLength(6);
  expect(statuses("vi").length).toBeGreaterThan(1);
  const trackId = await trackIn(session, videoId, "vi");
  const vietnamese = await cuesOf(session, trackId ?? "");
  expect(vietnamese.map(({ id }) => id)).toEqual(cues.map(({ id }) => id));
  expect(vietnamese.every(({ text }) => text !== "")).toBe(true);
  const ways = vietnamese.map(({ provenance }) => provenance?.translation?.way);
  expect(ways.some((way) => way === "part" || way === "cue")).toBe(true);

  // A language that no translator knows isn't taken either, before anything is paid.
  const refused = await session.fetch("/api/v1/jobs", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...{ kind: "translate", videoId, idempotencyKey: `${marker}-tlh`, maxCredits: 100 },
      ...{ sourceTrackId: await trackIn(session, videoId, "en"), options: { targets: ["tlh"] } },
    }),
  });
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ code: "translation_language_unsupported" });
});

test("without a translator the order form says what to set, and the rest can be ordered", async ({
  page,
  url,
}) => {
  const session = await programSession(url);
  const videoId = await silentVideo(session, 60);
  await logInPage(page, session);
  const problem = "No translation engine is set up. Set DEEPL_AUTH_KEY.";
  await page.route("**/api/v1/capabilities", async (route) => {
    const answer = await route.fetch();
    const capabilities: CapabilitiesView = await answer.json();
    const translation = { available: false, engines: [], sources: [], targets: [], problem };
    await route.fulfill({ response: answer, json: { ...capabilities, translation } });
  });
  await page.goto(`/videos/${videoId}`);
  await expect(page.getByText("지금은 번역할 수 없어요.")).toBeVisible();
  await expect(page.getByText("운영자가 DEEPL_AUTH_KEY나 TRANSLATION_MODEL을")).toBeVisible();
  await expect(page.getByText(problem)).toBeVisible();
  await expect(page.getByRole("combobox", { name: "번역할 언어" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^자막 만들기 · \d+크레딧$/ })).toBeEnabled();
});
