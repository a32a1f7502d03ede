"use client";

import { Pencil, Ruler, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useAction } from "@/components/jobs/job-actions";
import { useRuleNumbers } from "@/components/options/profile-field";
import { Button, IconButton } from "@/components/ui/button";
import { Panel, PanelHeader } from "@/components/ui/panel";
import { RequestError } from "@/components/ui/request-error";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/state";
import { toast } from "@/components/ui/toaster";
import { addProfile, changeProfile, removeProfile, useProfiles } from "@/lib/client/use-profiles";
import type { BuiltInProfile } from "@/lib/profiles/built-in";
import { maxOwnProfiles } from "@/lib/profiles/limits";
import type { OwnProfileInput, OwnProfileView } from "@/lib/profiles/schema";
import { BuiltInProfiles } from "./built-in-profiles";
import { ProfileForm } from "./profile-form";
import { freeName, rulesFrom } from "./rule-fields";

/** The person's own rules, and those that come with the product. */
export function ProfilesPage() {
  const t = useTranslations("profiles");
  const names = useTranslations("options.profile.names");
  const locale = useLocale();
  const { profiles, error, reload } = useProfiles();
  const [draft, setDraft] = useState<OwnProfileInput>();
  const start = (name: BuiltInProfile) => {
    const taken = (profiles ?? []).map((each) => each.name);
    setDraft({ name: freeName(names(name), taken), rules: rulesFrom(name, locale) });
    document.getElementById("own-rules")?.scrollIntoView({ block: "start" });
  };
  return (
    <>
      <Panel id="own-rules" className="scroll-mt-20">
        <PanelHeader title={t("own.title")}>
          {profiles ? (
            <span className="mr-1 text-ink-muted text-sm tabular-nums">
              {t("own.count", { count: profiles.length, max: maxOwnProfiles })}
            </span>
          ) : null}
          <Button
            size="sm"
            variant="primary"
            disabled={!profiles || profiles.length >= maxOwnProfiles}
            onClick={() => start("netflix")}
          >
            {t("own.add")}
          </Button>
        </PanelHeader>
        <p className="border-b px-4 py-3 text-ink-muted">{t("description")}</p>
        {error && !profiles ? (
          <RequestError error={error} title={t("loadFailed")} onRetry={reload} />
        ) : profiles ? (
          <OwnProfiles
            profiles={profiles}
            draft={draft}
            onDraft={setDraft}
            onStart={() => start("netflix")}
          />
        ) : (
          <ProfilesSkeleton />
        )}
      </Panel>
      <Panel>
        <PanelHeader title={t("builtIn.title")} />
        <p className="border-b px-4 py-3 text-ink-muted">{t("builtIn.weighted")}</p>
        <BuiltInProfiles onStart={start} />
      </Panel>
    </>
  );
}

interface OwnProfilesProps {
  profiles: OwnProfileView[];
  draft: OwnProfileInput | undefined;
  onDraft: (draft: OwnProfileInput | undefined) => void;
  onStart: () => void;
}

function OwnProfiles({ profiles, draft, onDraft, onStart }: OwnProfilesProps) {
  const t = useTranslations("profiles.own");
  const [editing, setEditing] = useState<string>();
  const saved = (name: string) => toast.success(t("saved", { name }));
  return (
    <>
      {draft ? (
        <div className="border-b last:border-b-0">
          <ProfileForm
            // Another set to start from begins the form anew.
            key={JSON.stringify(draft)}
            profile={draft}
            onSave={async (profile) => {
              await addProfile(profile);
              saved(profile.name);
              onDraft(undefined);
            }}
            onCancel={() => onDraft(undefined)}
          />
        </div>
      ) : null}
      {profiles.length === 0 && !draft ? (
        <EmptyState
          icon={Ruler}
          title={t("empty")}
          description={t("emptyDescription")}
          action={
            <Button variant="primary" onClick={onStart}>
              {t("add")}
            </Button>
          }
        />
      ) : null}
      <ul className="divide-y">
        {profiles.map((profile) => (
          <li key={profile.id}>
            {editing === profile.id ? (
              <ProfileForm
                profile={profile}
                onSave={async (change) => {
                  await changeProfile(profile.id, change);
                  saved(change.name);
                  setEditing(undefined);
                }}
                onCancel={() => setEditing(undefined)}
              />
            ) : (
              <OwnProfile profile={profile} onEdit={() => setEditing(profile.id)} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function OwnProfile({ profile, onEdit }: { profile: OwnProfileView; onEdit: () => void }) {
  const t = useTranslations("profiles.own");
  const numbers = useRuleNumbers();
  const { id, name, rules } = profile;
  const restore = useAction(async () => {
    await addProfile({ name, rules });
    toast.success(t("restored", { name }));
  });
  const remove = useAction(async () => {
    await removeProfile(id);
    toast(t("deleted", { name }), {
      action: { label: t("undo"), onClick: () => restore.run() },
    });
  });
  return (
    <div className="flex items-start gap-3 px-4 py-3">
      <div className="flex min-w-0 flex-1 flex-col">
        <p className="break-words font-medium">{name}</p>
        <p className="text-ink-muted text-sm tabular-nums">{numbers({ ...rules, id })}</p>
      </div>
      <div className="hit-row -my-0.5 flex shrink-0 gap-0.5">
        <IconButton size="sm" label={t("edit", { name })} onClick={onEdit}>
          <Pencil aria-hidden="true" />
        </IconButton>
        <IconButton
          size="sm"
          label={t("delete", { name })}
          aria-disabled={remove.pending}
          onClick={() => remove.run()}
        >
          <Trash2 aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}

function ProfilesSkeleton(): ReactNode {
  return (
    <div aria-hidden="true" className="divide-y">
      {["a", "b"].map((row) => (
        <div key={row} className="flex flex-col gap-1 px-4 py-3">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="h-5 w-56" />
        </div>
      ))}
    </div>
  );
}

/** The page before anything is known of it. */
export function ProfilesPageSkeleton() {
  const t = useTranslations("profiles");
  return (
    <Panel>
      <PanelHeader title={t("own.title")} />
      <p className="border-b px-4 py-3 text-ink-muted">{t("description")}</p>
      <ProfilesSkeleton />
    </Panel>
  );
}
