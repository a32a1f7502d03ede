import { expect } from "@playwright/test";
import { logInPage, programSession } from "../fixtures/account";
import { test } from "../fixtures/browsers";
import { query } from "../fixtures/database";
import { addTrack, silentVideo } from "../fixtures/made-tracks";
import { OwnServer } from "../fixtures/own-server";
import {
  expectCalm,
  killAgainAndAgain,
  PageWriter,
  ScriptWriter,
  type StormCounts,
  stormCues,
} from "../fixtures/storm";

// Minutes of it would be hundreds of megabytes.
test.use({ trace: "off" });

const seconds = Number(process.env.STORM_SECONDS ?? 40);

test("a storm: two browsers and a program, cuts, kills, reloads and crashes, and nothing lost", async ({
  browser,
  url,
}) => {
  test.setTimeout(seconds * 1_000 + 240_000);
  const account = await programSession(url);
  const videoId = await silentVideo(account, 30);
  const trackId = await addTrack(videoId, { language: "ko", cues: stormCues });
  const path = `/videos/${videoId}?track=${trackId}`;
  const server = await OwnServer.start();
  const counts: StormCounts = {
    ...{ written: 0, cuts: 0, reloads: 0, crashes: 0, kills: 0, acknowledged: 0 },
  };
  const contexts = await Promise.all(
    [0, 1].map(() =>
      browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 1600 } }),
    ),
  );
  try {
    const owns = [0, 1, 2].map((writer) =>
      stormCues.flatMap(({ id }, i) => (i > 0 && i % 3 === writer ? id : [])),
    );
    const pages: PageWriter[] = [];
    for (const [i, context] of contexts.entries()) {
      const page = await context.newPage();
      await logInPage(page, account);
      const name = ["왼쪽", "오른쪽"][i] ?? "";
      const writer = new PageWriter({ name, page, path, own: owns[i] ?? [], counts });
      await writer.open();
      pages.push(writer);
    }
    const script = new ScriptWriter({ session: account, trackId, own: owns[2] ?? [] });
    const endMs = Date.now() + seconds * 1_000;
    await Promise.all([
      ...pages.map((writer) => writer.run(endMs)),
      script.run(endMs),
      killAgainAndAgain(server, endMs, counts),
    ]);
    await expectCalm({ session: account, trackId, pages, script });
    const stored = await query<{ client_op_id: string }>(
      "SELECT client_op_id FROM track_operations WHERE track_id = $1",
      [trackId],
    );
    const ids = new Set(stored.map((row) => row.client_op_id));
    expect(script.acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    counts.acknowledged = script.acknowledged.length;
    test.info().annotations.push({ type: "storm", description: JSON.stringify(counts) });
    process.stdout.write(`storm of ${seconds} s: ${JSON.stringify(counts)}\n`);
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
    await server.kill();
  }
});
