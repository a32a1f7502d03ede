"use client";

import { useTranslations } from "next-intl";
import { Avatar } from "@/components/account/avatar";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import type { TrackSession } from "@/lib/client/use-track";
import { usePeople } from "@/lib/client/use-track-events";
import { facesOf } from "./faces";

/** So many faces stand in the header; the others are counted. */
const maxFaces = 4;

/** Who else has the open track before them, and who is writing. */
export function PresenceFaces({ session }: { session: TrackSession }) {
  const t = useTranslations("sharing.presence");
  const faces = facesOf(usePeople(session));
  if (faces.length === 0) return null;
  const more = faces.length - maxFaces;
  const nameOf = (face: (typeof faces)[number]) =>
    face.writing ? t("writing", { name: face.name }) : face.name;
  return (
    <ul aria-label={t("label")} className="flex items-center -space-x-1.5 px-1 max-sm:hidden">
      {faces.slice(0, maxFaces).map((face) => (
        <li key={face.id}>
          <Tooltip content={nameOf(face)} side="bottom">
            <button
              type="button"
              aria-label={nameOf(face)}
              className="relative inline-flex rounded-full ring-2 ring-canvas"
            >
              <Avatar name={face.name} photoUrl={null} className="size-7 text-sm" />
              <span
                aria-hidden="true"
                className={cn(
                  "absolute right-0 bottom-0 size-2 rounded-full ring-2 ring-canvas",
                  face.writing ? "bg-accent" : "bg-success",
                )}
              />
            </button>
          </Tooltip>
        </li>
      ))}
      {more > 0 ? (
        <li className="inline-flex h-7 items-center pl-3 text-ink-muted text-sm tabular-nums">
          <span aria-hidden="true">+{more}</span>
          <span className="sr-only">{t("more", { count: more })}</span>
        </li>
      ) : null}
    </ul>
  );
}
