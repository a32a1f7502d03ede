import { route } from "@/lib/http/route";
import { changeRole, removeMember } from "@/lib/sharing/members";
import { changeRoleInput, memberParams } from "@/lib/sharing/schema";

export const PATCH = route(
  { auth: "session", params: memberParams, body: changeRoleInput },
  async ({ principal, params: { id, userId: memberId }, body }) => {
    await changeRole({ userId: principal.userId, videoId: id, memberId, role: body.role });
    return new Response(null, { status: 204 });
  },
);

export const DELETE = route(
  { auth: "session", params: memberParams },
  async ({ principal, params: { id, userId: memberId } }) => {
    await removeMember({ userId: principal.userId, videoId: id, memberId });
    return new Response(null, { status: 204 });
  },
);
