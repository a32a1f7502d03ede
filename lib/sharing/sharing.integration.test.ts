import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { mailsTo } from "@/lib/testing/people";
import { makeCue, makeTrack } from "@/lib/testing/tracks";

let app: TestApp;
let access: typeof import("./access");
let members: typeof import("./members");
let links: typeof import("./links");
let shared: typeof import("./shared");
let invitations: typeof import("./invitations");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [access, members, links, shared, invitations, { db }] = await Promise.all([
    import("./access"),
    import("./members"),
    import("./links"),
    import("./shared"),
    import("./invitations"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

const dayMs = 24 * 3_600_000;
const caller = { network: undefined };
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString();

async function world() {
  const owner = await makeUser();
  const { id: videoId } = await makeVideo({ ownerId: owner.id, title: "바다" });
  const provenance = { origin: "recognition" as const, engine: "local" };
  const words = [{ text: "안녕", startMs: 0, endMs: 500 }];
  const cues = [makeCue("a", 0, "안녕", { provenance, words, speaker: "00000000-1" })];
  const { trackId } = await makeTrack({ ownerId: owner.id, videoId, cues });
  const roleOf = (userId: string) =>
    access
      .videoAccess({ userId, videoId, need: "viewer" })
      .then(({ role }) => role)
      .catch((error: { code: string }) => error.code);
  const invite = (email: string, role: "viewer" | "editor" = "viewer") =>
    members.invite({ userId: owner.id, videoId, input: { email, role } });
  const link = (role: "viewer" | "editor" = "viewer", days = 7) =>
    links.createLink({
      userId: owner.id,
      videoId,
      input: { role, label: "", expiresAt: inDays(days) },
    });
  const people = () => members.listPeople({ userId: owner.id, videoId });
  return { owner, videoId, trackId, roleOf, invite, link, people };
}

const auditOfVideo = async (videoId: string) => {
  const rows = await db().auditEvent.findMany({ orderBy: { seq: "asc" } });
  return rows
    .filter(({ detail }) => (detail as { videoId?: string }).videoId === videoId)
    .map(({ name }) => name);
};
const endLink = (id: string) =>
  db().shareLink.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });

describe("inviting", () => {
  it("lets somebody in who opens what they were invited to, and tells them", async () => {
    const { videoId, roleOf, invite, people } = await world();
    const guest = await makeUser();
    expect(await roleOf(guest.id)).toBe("not_found");
    await invite(guest.email, "editor");
    expect((await mailsTo(guest.email)).map(({ kind }) => kind)).toEqual(["video-shared"]);
    expect(await db().notice.count({ where: { userId: guest.id, kind: "video-shared" } })).toBe(1);
    // Whether there is such an account can't be seen until they come.
    expect(await people()).toMatchObject({ members: [], invitations: [{ email: guest.email }] });
    expect(await roleOf(guest.id)).toBe("editor");
    expect(await people()).toMatchObject({
      members: [{ userId: guest.id, email: guest.email, role: "editor", link: null }],
      invitations: [],
    });
    expect(await auditOfVideo(videoId)).toEqual(["video_shared", "share_accepted"]);
  });

  it("answers alike for an address that nobody has, whose owner may come later", async () => {
    const { roleOf, invite, people } = await world();
    const email = `${newId()}@example.test`;
    expect(await invite(email)).toBeUndefined();
    expect((await mailsTo(email)).map(({ kind }) => kind)).toEqual(["video-shared-new"]);
    const { invitations: waiting, ...rest } = await people();
    expect(rest.members).toEqual([]);
    expect(Object.keys(waiting[0] ?? {}).toSorted()).toEqual(
      ["at", "email", "expiresAt", "id", "role"].toSorted(),
    );
    const late = newId();
    await db().user.create({ data: { id: late, email, name: "Late" } });
    expect(await roleOf(late)).toBe("viewer");
  });

  it("is forgotten after its time, and by an address that is taken back", async () => {
    const { owner, videoId, roleOf, invite, people } = await world();
    const [late, unwanted] = await Promise.all([makeUser(), makeUser()]);
    await invite(late.email);
    await invite(unwanted.email);
    const [first, second] = (await people()).invitations;
    await members.removeMember({ userId: owner.id, videoId, memberId: second?.id ?? "" });
    await db().videoInvitation.update({
      where: { id: first?.id ?? "" },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await roleOf(late.id)).toBe("not_found");
    expect(await roleOf(unwanted.id)).toBe("not_found");
    expect((await people()).invitations).toEqual([]);
    expect(await invitations.pruneInvitations()).toBeGreaterThan(0);
  });

  it("changes what somebody may do when it is sent again, and writes no second mail", async () => {
    const { roleOf, invite } = await world();
    const guest = await makeUser();
    await invite(guest.email);
    await roleOf(guest.id);
    await invite(guest.email, "editor");
    expect(await roleOf(guest.id)).toBe("editor");
    expect(await mailsTo(guest.email)).toHaveLength(1);
  });

  it("goes with the account that has the address", async () => {
    const { invite, people } = await world();
    const [guest, other] = [await makeUser(), await makeUser()];
    await invite(guest.email);
    await invite(other.email);
    const { makeTombstone } = await import("@/lib/accounts/deletion-repo");
    const erased = { email: guest.email, erasedAt: new Date() };
    await db().$transaction((tx) => makeTombstone(tx, guest.id, erased));
    expect((await people()).invitations).toMatchObject([{ email: other.email }]);
  });

  it("is for others, and for so many", async () => {
    const { owner, videoId, invite } = await world();
    await expect(invite(owner.email)).rejects.toMatchObject({ code: "validation_failed" });
    const guest = await makeUser();
    const row = { videoId, role: "viewer", expiresAt: new Date(Date.now() + dayMs) };
    await db().videoInvitation.createMany({
      data: Array.from({ length: 50 }, () => ({ ...row, id: newId(), email: newId() })),
    });
    await expect(invite(guest.email)).rejects.toMatchObject({ code: "limit_reached" });
  });
});

describe("people of a video", () => {
  it("are the owner's to change, and may leave", async () => {
    const { owner, videoId, roleOf, invite } = await world();
    const [viewer, editor, stranger] = await Promise.all([makeUser(), makeUser(), makeUser()]);
    await invite(viewer.email);
    await invite(editor.email, "editor");
    expect([await roleOf(viewer.id), await roleOf(editor.id)]).toEqual(["viewer", "editor"]);
    for (const { id: userId } of [viewer, editor]) {
      const as = { userId, videoId };
      const forbidden = { code: "forbidden" };
      const input = { email: stranger.email, role: "editor" as const };
      await expect(members.invite({ ...as, input })).rejects.toMatchObject(forbidden);
      await expect(links.listLinks(as)).rejects.toMatchObject(forbidden);
      const other = { ...as, memberId: userId === viewer.id ? editor.id : viewer.id };
      await expect(members.removeMember(other)).rejects.toMatchObject(forbidden);
      await expect(members.changeRole({ ...other, role: "editor" })).rejects.toMatchObject(
        forbidden,
      );
      const seen = await members.listPeople(as);
      expect(seen.owner.email).toBeNull();
      expect(seen.members.map(({ email }) => email)).toEqual([null, null]);
      expect(seen.invitations).toEqual([]);
    }
    await expect(members.listPeople({ userId: stranger.id, videoId })).rejects.toMatchObject({
      code: "not_found",
    });
    await members.changeRole({ userId: owner.id, videoId, memberId: viewer.id, role: "editor" });
    expect(await roleOf(viewer.id)).toBe("editor");
    await members.removeMember({ userId: owner.id, videoId, memberId: editor.id });
    await members.removeMember({ userId: viewer.id, videoId, memberId: viewer.id });
    expect([await roleOf(viewer.id), await roleOf(editor.id)]).toEqual(["not_found", "not_found"]);
    expect((await auditOfVideo(videoId)).slice(-3)).toEqual([
      "share_changed",
      "share_revoked",
      "share_revoked",
    ]);
  });

  it("lose a video that is deleted", async () => {
    const { videoId, roleOf, invite } = await world();
    const guest = await makeUser();
    await invite(guest.email);
    expect(await roleOf(guest.id)).toBe("viewer");
    await db().video.update({ where: { id: videoId }, data: { status: "deleting" } });
    expect(await roleOf(guest.id)).toBe("not_found");
  });
});

describe("a link", () => {
  it("shows what is on the picture to anybody, and nothing else of it", async () => {
    const { owner, videoId, trackId, link } = await world();
    const { token, link: made } = await link();
    expect(token).toMatch(/^[\w-]{43}$/);
    const video = await shared.sharedVideo({ token, caller });
    expect(video).toMatchObject({ title: "바다", role: "viewer", tracks: [{ id: trackId }] });
    const track = await shared.sharedTrack({ token, caller, trackId, locale: "ko" });
    expect(track.cues).toEqual([
      { id: "a", startMs: 0, endMs: 1_500, text: "안녕", speaker: expect.any(String) },
    ]);
    const said = JSON.stringify([video, track]);
    for (const secret of [owner.id, owner.email, videoId, "provenance", "words", "job"]) {
      expect(said).not.toContain(secret);
    }
    const row = await db().shareLink.findUnique({ where: { id: made.id } });
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row?.usedAt).not.toBeNull();
    const listed = await links.listLinks({ userId: owner.id, videoId });
    expect(JSON.stringify(listed)).not.toContain(token);
    expect(listed).toMatchObject([{ id: made.id, usedAt: expect.any(String), members: 0 }]);
  });

  it("opens one video's languages and no other's", async () => {
    const [one, other] = await Promise.all([world(), world()]);
    const { token } = await one.link();
    const asked = { token, caller, locale: "ko" as const };
    await expect(shared.sharedTrack({ ...asked, trackId: other.trackId })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(shared.sharedTrack({ ...asked, trackId: newId() })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("looks alike when it has ended, was taken back or never was", async () => {
    const { owner, videoId, trackId, link } = await world();
    const [ended, revoked] = [await link(), await link()];
    await endLink(ended.link.id);
    await links.revokeLink({ userId: owner.id, linkId: revoked.link.id });
    for (const token of [ended.token, revoked.token, "A".repeat(43)]) {
      const request = new Request("http://self.invalid/");
      for (const attempt of [
        () => shared.sharedVideo({ token, caller }),
        () => shared.sharedTrack({ token, caller, trackId, locale: "ko" }),
        () => shared.sharedFile({ token, caller, request, file: "media" }),
        () => links.acceptLink({ userId: owner.id, token }),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
      }
    }
    expect(await links.listLinks({ userId: owner.id, videoId })).toEqual([]);
  });

  it("opens nothing once its owner's account is closed", async () => {
    const { owner, link } = await world();
    const { token } = await link();
    await shared.sharedVideo({ token, caller });
    await db().user.update({ where: { id: owner.id }, data: { disabledAt: new Date() } });
    await expect(shared.sharedVideo({ token, caller })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it.each(["disabledAt", "deletionRequestedAt"])("ends, as all sharing, with %s", async (date) => {
    const { owner, link, invite, roleOf } = await world();
    const { token } = await link();
    const [guest, late] = await Promise.all([makeUser(), makeUser()]);
    await invite(guest.email, "editor");
    await invite(late.email);
    expect(await roleOf(guest.id)).toBe("editor");
    const { listSharedVideos } = await import("@/lib/videos/viewing");
    const listed = async () =>
      (await listSharedVideos({ userId: guest.id, query: { of: "shared", limit: 9 } })).videos;
    expect(await listed()).toHaveLength(1);
    await db().user.update({ where: { id: owner.id }, data: { [date]: new Date() } });
    expect([await roleOf(guest.id), await roleOf(late.id)]).toEqual(["not_found", "not_found"]);
    expect(await listed()).toEqual([]);
    await expect(shared.sharedVideo({ token, caller })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await roleOf(owner.id)).toBe("owner");
  });

  it("leaves whoever was invited beside it in the owner's sight when it ends", async () => {
    const { owner, videoId, invite, link, roleOf, people } = await world();
    const guest = await makeUser();
    await invite(guest.email);
    expect(await roleOf(guest.id)).toBe("viewer");
    const { token, link: made } = await link("editor");
    await links.acceptLink({ userId: guest.id, token });
    expect(await people()).toMatchObject({ members: [{ role: "editor", link: { id: made.id } }] });
    await endLink(made.id);
    expect(await roleOf(guest.id)).toBe("viewer");
    const [seen] = (await people()).members;
    expect(seen).toMatchObject({ userId: guest.id, role: "viewer", link: null });
    await members.changeRole({ userId: owner.id, videoId, memberId: guest.id, role: "editor" });
    expect(await roleOf(guest.id)).toBe("editor");
    expect((await people()).members).toMatchObject([{ role: "editor", link: null }]);
  });

  it("lets in as many as may have a video, and counts nobody whose link has ended", async () => {
    const { videoId, link, invite, roleOf } = await world();
    const [ended, open] = [await link(), await link("editor")];
    const guests = await Promise.all(Array.from({ length: 51 }, () => makeUser()));
    const [late, ...many] = guests;
    const rows = many.map(({ id: userId }) => ({ videoId, userId, role: "viewer" }));
    await db().videoMember.createMany({ data: rows.map((r) => ({ ...r, linkId: ended.link.id })) });
    const lateId = late?.id ?? "";
    const accept = () => links.acceptLink({ userId: lateId, token: open.token });
    await expect(accept()).rejects.toMatchObject({ code: "limit_reached" });
    const stays = { userId: many[0]?.id ?? "", token: open.token };
    expect(await links.acceptLink(stays)).toMatchObject({ role: "editor" });
    await endLink(ended.link.id);
    expect(await accept()).toMatchObject({ role: "editor" });
    await invite((await makeUser()).email);
    expect(await roleOf(lateId)).toBe("editor");
  });

  it("is asked for so often by one network", async () => {
    const { link } = await world();
    const { token } = await link();
    const { sharedRate } = await import("./policy");
    const { block } = await import("@/lib/http/rate");
    const network = "203.0.113.9";
    await shared.sharedVideo({ token, caller: { network } });
    await block({ name: "shared", who: network, rate: sharedRate }, 60_000);
    await expect(shared.sharedVideo({ token, caller: { network } })).rejects.toMatchObject({
      code: "rate_limited",
    });
  });

  it("gives the video's file, with ranges", async () => {
    const { link, videoId } = await world();
    await db().video.update({ where: { id: videoId }, data: { playable: true } });
    const { token } = await link();
    const request = new Request("http://self.invalid/", { headers: { range: "bytes=0-2" } });
    const answer = await shared.sharedFile({ token, caller, request, file: "media" });
    expect([answer.status, await answer.text()]).toEqual([206, "not"]);
  });

  it("lets an account in for as long as it is open", async () => {
    const { owner, videoId, roleOf, link, people } = await world();
    const guests = await Promise.all([makeUser(), makeUser()]);
    const made = [await link("editor"), await link("editor")];
    for (const [i, guest] of guests.entries()) {
      const { token = "" } = made[i] ?? {};
      const accepted = { videoId, role: "editor" };
      expect(await links.acceptLink({ userId: guest.id, token })).toEqual(accepted);
      // Again, and by the owner, it changes nothing.
      expect(await links.acceptLink({ userId: guest.id, token })).toEqual(accepted);
      expect(await links.acceptLink({ userId: owner.id, token })).toMatchObject({ role: "owner" });
      expect(await roleOf(guest.id)).toBe("editor");
    }
    expect((await people()).members).toMatchObject([
      { email: null, link: { id: made[0]?.link.id } },
      { email: null, link: { id: made[1]?.link.id } },
    ]);
    expect(await db().notice.count({ where: { userId: owner.id, kind: "share-joined" } })).toBe(2);
    await endLink(made[0]?.link.id ?? "");
    await links.revokeLink({ userId: owner.id, linkId: made[1]?.link.id ?? "" });
    expect(await Promise.all(guests.map(({ id }) => roleOf(id)))).toEqual([
      "not_found",
      "not_found",
    ]);
    expect((await people()).members).toEqual([]);
  });

  it("takes nothing from who was invited beside it", async () => {
    const { owner, roleOf, invite, link } = await world();
    const guest = await makeUser();
    await invite(guest.email);
    await roleOf(guest.id);
    const made = await link("editor");
    await links.acceptLink({ userId: guest.id, token: made.token });
    expect(await roleOf(guest.id)).toBe("editor");
    await endLink(made.link.id);
    expect(await roleOf(guest.id)).toBe("viewer");
    await links.revokeLink({ userId: owner.id, linkId: made.link.id });
    expect(await roleOf(guest.id)).toBe("viewer");
  });

  it("is the owner's to make and to take back, within a year and up to twenty", async () => {
    const { owner, videoId, roleOf, invite, link } = await world();
    const editor = await makeUser();
    await invite(editor.email, "editor");
    expect(await roleOf(editor.id)).toBe("editor");
    const made = await link();
    const stranger = await makeUser();
    for (const [userId, code] of [
      [editor.id, "forbidden"],
      [stranger.id, "not_found"],
    ] as const) {
      await expect(links.revokeLink({ userId, linkId: made.link.id })).rejects.toMatchObject({
        code,
      });
      const input = { role: "viewer" as const, label: "", expiresAt: inDays(1) };
      await expect(links.createLink({ userId, videoId, input })).rejects.toMatchObject({ code });
    }
    for (const days of [-1, 366]) {
      await expect(link("viewer", days)).rejects.toMatchObject({ code: "validation_failed" });
    }
    for (let count = 1; count < 20; count++) await link();
    await expect(link()).rejects.toMatchObject({ code: "limit_reached" });
    await expect(links.revokeLink({ userId: owner.id, linkId: newId() })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("tells what is open of the video when it ends", async () => {
    const { subscribe } = await import("@/lib/live");
    const { tracksChannel } = await import("@/lib/tracks/live-repo");
    const { owner, trackId, link } = await world();
    const made = await link("editor");
    const heard: string[] = [];
    const stop = await subscribe(tracksChannel, (payload) => heard.push(payload));
    await links.revokeLink({ userId: owner.id, linkId: made.link.id });
    await expect.poll(() => heard).toContain(`${trackId} changed access`);
    stop();
  });
});

describe("the list of what is shared", () => {
  it("has what somebody may open, as far as they may, and whose it is", async () => {
    const { listSharedVideos } = await import("@/lib/videos/viewing");
    const { listVideosQuery } = await import("@/lib/videos/schema");
    const guest = await makeUser();
    const list = async (q?: string) => {
      const query = listVideosQuery.parse({ of: "shared", ...(q && { q }) });
      const { videos } = await listSharedVideos({ userId: guest.id, query });
      return videos.map(({ id, role, ownerName, job, downloadUrl }) => ({
        ...{ id, role, ownerName, job, downloadUrl },
      }));
    };
    const [invited, joined, ended] = [await world(), await world(), await world()];
    await invited.invite(guest.email, "editor");
    const join = await joined.link("viewer");
    await links.acceptLink({ userId: guest.id, token: join.token });
    const over = await ended.link("editor");
    await links.acceptLink({ userId: guest.id, token: over.token });
    await endLink(over.link.id);
    const plain = { ownerName: "Test", job: null, downloadUrl: null };
    expect(await list()).toEqual([
      { id: joined.videoId, role: "viewer", ...plain },
      { id: invited.videoId, role: "editor", ...plain },
    ]);
    expect(await list("없는 제목")).toEqual([]);
    // Looking at the list accepts nothing: who invited learns nothing of it.
    expect((await invited.people()).members).toEqual([]);
    await members.removeMember({
      ...{ userId: guest.id, videoId: joined.videoId },
      memberId: guest.id,
    });
    expect((await list()).map(({ id }) => id)).toEqual([invited.videoId]);
  });
});
