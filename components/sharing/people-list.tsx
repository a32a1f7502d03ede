"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Avatar } from "@/components/account/avatar";
import { useAction } from "@/components/jobs/job-actions";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ConfirmDialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toaster";
import { routes } from "@/lib/client/routes";
import { useQuantities } from "@/lib/client/use-quantities";
import { changeRole, leaveVideo, removeMember } from "@/lib/client/use-sharing";
import type { SharedRole } from "@/lib/sharing/roles";
import type { InvitationView, MemberView, PeopleView } from "@/lib/sharing/schema";
import { RoleSelect } from "./role-select";
import { Section } from "./section";

interface PeopleListProps {
  videoId: string;
  people: PeopleView;
}

/** Everybody who has the video: the owner changes them, the others can go. */
export function PeopleList({ videoId, people }: PeopleListProps) {
  const t = useTranslations("sharing");
  const { you, owner, members, invitations } = people;
  const mine = owner.id === you;
  const alone = mine && members.length + invitations.length === 0;
  return (
    <Section title={t("people.title")}>
      <ul className="flex flex-col">
        <Person name={owner.name} note={owner.email} own={mine}>
          <span className="px-1 text-ink-muted text-sm">{t("role.owner")}</span>
        </Person>
        {members.map((member) => (
          <Member
            key={member.userId}
            videoId={videoId}
            member={member}
            may={mine ? "change" : member.userId === you ? "leave" : "look"}
          />
        ))}
        {invitations.map((invitation) => (
          <Invitation key={invitation.id} videoId={videoId} invitation={invitation} />
        ))}
      </ul>
      {alone ? <p className="text-ink-muted text-sm">{t("people.alone")}</p> : null}
    </Section>
  );
}

interface PersonProps {
  name: string;
  note: ReactNode;
  own?: boolean;
  children: ReactNode;
}

function Person({ name, note, own = false, children }: PersonProps) {
  const t = useTranslations("sharing.people");
  return (
    <li className="flex min-h-12 items-center gap-3 border-b py-1.5 last:border-b-0">
      <Avatar name={name} photoUrl={null} className="size-8 text-sm" />
      <div className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-medium">
          {name}
          {own ? <span className="font-normal text-ink-muted"> ({t("me")})</span> : null}
        </span>
        {note ? (
          <span className={cn("text-ink-muted text-sm", typeof note === "string" && "truncate")}>
            {note}
          </span>
        ) : null}
      </div>
      <div className="flex shrink-0 items-center gap-1">{children}</div>
    </li>
  );
}

interface MemberProps {
  videoId: string;
  member: MemberView;
  may: "change" | "leave" | "look";
}

function Member({ videoId, member, may }: MemberProps) {
  const t = useTranslations("sharing");
  const { name, email, link } = member;
  const cameBy = link?.label ? t("people.byLinkOf", { label: link.label }) : t("people.byLink");
  return (
    <Person name={name} own={may === "leave"} note={email ?? (link ? cameBy : null)}>
      {may === "change" ? (
        <Changes videoId={videoId} memberId={member.userId} name={name} role={member.role} />
      ) : (
        <span className="px-1 text-ink-muted text-sm">{t(`role.${member.role}`)}</span>
      )}
      {may === "leave" ? <Leave videoId={videoId} ownId={member.userId} /> : null}
    </Person>
  );
}

function Invitation({ videoId, invitation }: { videoId: string; invitation: InvitationView }) {
  const t = useTranslations("sharing.people");
  const quantities = useQuantities();
  const { email, expiresAt } = invitation;
  const note = (
    <span className="flex flex-wrap items-center gap-x-1.5">
      <Badge>{t("invited")}</Badge>
      {t("until", { date: quantities.date(expiresAt) })}
    </span>
  );
  return (
    <Person name={email} note={note}>
      <Changes videoId={videoId} memberId={invitation.id} name={email} role={invitation.role} />
    </Person>
  );
}

interface ChangesProps {
  videoId: string;
  memberId: string;
  name: string;
  role: SharedRole;
}

function Changes({ videoId, memberId, name, role }: ChangesProps) {
  const t = useTranslations("sharing");
  const change = useAction(async (to: SharedRole) => {
    await changeRole(videoId, memberId, to);
    toast.success(t("people.changed", { name }));
  });
  const remove = useAction(async () => {
    await removeMember(videoId, memberId);
    toast.success(t("people.removed", { name }));
  });
  return (
    <>
      <RoleSelect
        size="sm"
        label={t("roleOf", { name })}
        value={role}
        onValueChange={(to) => to !== role && change.run(to)}
        disabled={change.pending}
        className="min-w-28"
      />
      <IconButton
        size="sm"
        label={t("people.removeOf", { name })}
        aria-disabled={remove.pending}
        onClick={() => remove.run()}
      >
        <X aria-hidden="true" />
      </IconButton>
    </>
  );
}

function Leave({ videoId, ownId }: { videoId: string; ownId: string }) {
  const t = useTranslations("sharing.people");
  const common = useTranslations("common");
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const leave = useAction(async () => {
    await leaveVideo(videoId, ownId);
    toast.success(t("left"));
    router.push(routes.videos());
  });
  return (
    <ConfirmDialog
      open={asking}
      onOpenChange={setAsking}
      title={t("leaveTitle")}
      description={t("leaveDescription")}
      cancelLabel={common("cancel")}
      confirmLabel={t("leave")}
      pending={leave.pending}
      onConfirm={() => leave.run()}
      trigger={
        <Button size="sm" variant="quiet">
          {t("leave")}
        </Button>
      }
    />
  );
}
