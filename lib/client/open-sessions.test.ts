import "fake-indexeddb/auto";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { SendEditsInput } from "@/lib/tracks/sync-schema";
import { ApiError } from "./api";
import { indexedDbOutbox } from "./edits/outbox";
import { cue, TestServer } from "./edits/test-server";
import { openSession, sessionWork } from "./open-sessions";

/** The API of one track, for whoever is logged in in the browser; "": nobody. */
function browser(trackId: string) {
  const server = new TestServer([cue("a", 0, "one"), cue("b", 2_000, "two")]);
  const state = { loggedIn: "visitor", requests: 0, paths: [] as string[] };
  const view = (readerId = state.loggedIn) => {
    const readerWas = server.takenOver.get("visitor") === readerId ? ["visitor"] : [];
    return { ...structuredClone(server.view()), id: trackId, readerId, readerWas };
  };
  const answer = async (input?: SendEditsInput) => {
    state.requests += 1;
    if (state.loggedIn === "") throw new ApiError("unauthenticated", { status: 401 });
    return input ? server.send(state.loggedIn, input) : { track: view() };
  };
  vi.stubGlobal("fetch", async (path: string, { body }: RequestInit) => {
    state.paths.push(path);
    try {
      return Response.json(await answer(body && JSON.parse(String(body))));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return Response.json({ code: error.code }, { status: 401 });
    }
  });
  return { server, state, view };
}

const set = (cueId: string, text: string) => ({ kind: "setText" as const, cueId, text });

const soon = (check: () => void) => vi.waitFor(check, { timeout: 15_000 });

afterEach(() => vi.unstubAllGlobals());

describe("the steps of earlier visits", () => {
  it("are asked for as those of whoever has opened the page", async () => {
    const { state, view } = browser("steps");
    const session = openSession(view());
    state.loggedIn = "another";
    await session.history.prepare();
    expect(state.paths).toContain("/api/v1/tracks/steps/history?actorId=visitor");
  });
});

describe("a session of a visitor whom an account takes over", () => {
  it("waits for the claim, and is the account's afterwards", async () => {
    const { server, state, view } = browser("taken");
    const session = openSession(view());
    const { queue } = session;
    const work = sessionWork("taken");
    session.edit(set("a", "하나"));
    state.loggedIn = "";
    queue.flush();
    await soon(() => expect(queue.getState().error?.code).toBe("unauthenticated"));
    state.loggedIn = "account";
    queue.retry();
    await soon(() => expect(queue.getState().error?.code).toBe("other_account"));
    await expect(work?.read()).rejects.toMatchObject({ code: "other_account" });
    expect(server.log).toEqual([]);

    server.takenOver.set("visitor", "account");
    queue.retry();
    await soon(() => expect(queue.getState()).toMatchObject({ status: "idle", unsent: 0 }));
    expect(server.log.map(({ actorId }) => actorId)).toEqual(["account"]);
    await work?.read();
    expect(openSession(view())).toBe(session);
  });

  it("leaves what its tab didn't send to the account's next one", async () => {
    const { server, state, view } = browser("left");
    await indexedDbOutbox().change({
      put: [
        {
          ...{ clientOpId: "left-0001", trackId: "left", groupId: "group-01", base: 0, order: 1 },
          ...{ operation: set("b", "둘"), chain: "gone", sees: [], owner: "gone", fixed: false },
          actorId: "visitor",
        },
      ],
    });
    state.loggedIn = "account";
    server.takenOver.set("visitor", "account");
    const { queue } = openSession(view());
    await soon(() => expect(server.texts()).toEqual(["one", "둘"]));
    await soon(() => expect(queue.getState().unsent).toBe(0));
    expect(await indexedDbOutbox().list("left")).toEqual([]);
  });

  it("is nobody else's", async () => {
    const { server, state, view } = browser("other");
    const session = openSession(view());
    server.takenOver.set("visitor", "account");
    state.loggedIn = "they";
    expect(openSession(view())).not.toBe(session);
    expect(session.queue.getState()).toMatchObject({
      ...{ status: "signed_out", error: { code: "other_account" } },
    });
  });
});
