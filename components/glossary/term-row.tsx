"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useAction } from "@/components/jobs/job-actions";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { addTerm, removeTerm } from "@/lib/client/use-glossary";
import type { GlossaryTermView } from "@/lib/glossary/schema";
import { languageName } from "@/lib/speech/languages";
import { targetName } from "@/lib/translation/targets";

interface TermRowProps {
  term: GlossaryTermView;
  onEdit: () => void;
}

/** A term: as it is written, how it is misheard, how it is translated. */
export function TermRow({ term, onEdit }: TermRowProps) {
  const t = useTranslations("glossary.row");
  const locale = useLocale();
  const remove = useRemoval(term);
  const translations = Object.entries(term.translations);
  return (
    <div className="flex items-start gap-3 px-4 py-3">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="break-words font-medium">{term.term}</span>
          {term.language ? <Badge>{languageName(term.language, locale)}</Badge> : null}
        </p>
        {term.misheard.length > 0 ? (
          <Fact name={t("misheard")}>{term.misheard.join(", ")}</Fact>
        ) : null}
        {translations.length > 0 ? (
          <Fact name={t("translations")}>
            {translations.map(([code, text]) => `${targetName(code, locale)} ${text}`).join(" · ")}
          </Fact>
        ) : null}
      </div>
      <div className="hit-row -my-0.5 flex shrink-0 gap-0.5">
        <IconButton size="sm" label={t("edit", { term: term.term })} onClick={onEdit}>
          <Pencil aria-hidden="true" />
        </IconButton>
        <IconButton
          size="sm"
          label={t("delete", { term: term.term })}
          aria-disabled={remove.pending}
          onClick={() => remove.run()}
        >
          <Trash2 aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}

const Fact = ({ name, children }: { name: string; children: string }) => (
  <p className="text-sm">
    <span className="text-ink-muted">{name}</span> <span className="break-words">{children}</span>
  </p>
);

/** Deletes at once and offers it back. */
function useRemoval({ id, updatedAt: _, ...term }: GlossaryTermView) {
  const t = useTranslations("glossary.row");
  const restore = useAction(async () => {
    await addTerm(term);
    toast.success(t("restored", { term: term.term }));
  });
  return useAction(async () => {
    await removeTerm(id);
    toast(t("deleted", { term: term.term }), {
      action: { label: t("undo"), onClick: () => restore.run() },
    });
  });
}
