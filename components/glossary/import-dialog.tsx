"use client";

import { FileUp, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type DragEvent, useDeferredValue, useMemo, useRef, useState } from "react";
import { useAction } from "@/components/jobs/job-actions";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { decodeText } from "@/lib/client/read-text-file";
import { importTerms } from "@/lib/client/use-glossary";
import { useQuantities } from "@/lib/client/use-quantities";
import { type ListProblem, maxListLength, readTermList } from "@/lib/glossary/csv";
import { maxTermLength, maxTerms } from "@/lib/glossary/limits";
import { type GlossaryTermView, previewImport } from "@/lib/glossary/schema";

/** Problems that are listed; of more the number. */
const shownProblems = 8;

interface ImportDialogProps {
  terms: readonly GlossaryTermView[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A list from a file or a spreadsheet: what it would change is shown before it is taken. */
export function ImportDialog({ terms, open, onOpenChange }: ImportDialogProps) {
  const t = useTranslations("glossary.list");
  const [text, setText] = useState("");
  const read = useMemo(() => readTermList(text), [text]);
  const sum = useMemo(() => previewImport(read.terms, terms), [read, terms]);
  const over = terms.length + sum.added > maxTerms;
  const take = useAction(async () => {
    const { added, changed } = await importTerms(read.terms);
    toast.success(t("done", { added, changed }));
    setText("");
    onOpenChange(false);
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title")}
      description={t("description")}
      closeLabel={t("close")}
      className="sm:max-w-xl"
      footer={
        <Button
          variant="primary"
          disabled={over || sum.added + sum.changed === 0}
          pending={take.pending}
          onClick={() => take.run()}
        >
          {t("confirm", { count: sum.added + sum.changed })}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <ListField text={text} onText={setText} />
        {text.trim() === "" ? null : (
          <div role="status" className="flex flex-col gap-3">
            <p className="flex flex-wrap gap-x-4 gap-y-1 font-medium tabular-nums">
              {read.terms.length === 0 ? (
                <span className="text-ink-muted">{t("nothing")}</span>
              ) : (
                (["added", "changed", "unchanged"] as const).map((kind) => (
                  <span key={kind}>{t(kind, { count: sum[kind] })}</span>
                ))
              )}
            </p>
            {over ? <p className="text-danger text-sm">{t("tooMany", { max: maxTerms })}</p> : null}
            <Problems problems={read.problems} />
          </div>
        )}
      </div>
    </Dialog>
  );
}

function ListField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const t = useTranslations("glossary.list");
  const { input, error, readFile } = useListFile(onText);
  const onDrop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    void readFile(file);
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button onClick={() => input.current?.click()}>
          <FileUp aria-hidden="true" />
          {t("file")}
        </Button>
        <span className="text-ink-muted text-sm pointer-coarse:hidden">{t("drop")}</span>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t("file")}
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            // The same file may be chosen again.
            event.target.value = "";
            if (file) void readFile(file);
          }}
        />
      </div>
      <Field id="glossary-list" label={t("paste")} hint={t("format")} error={error}>
        {(control) => (
          <Textarea
            {...control}
            rows={7}
            spellCheck={false}
            value={text}
            placeholder={t("example")}
            onChange={(event) => onText(event.target.value)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={onDrop}
            className="min-h-40 whitespace-pre font-mono text-sm"
          />
        )}
      </Field>
    </div>
  );
}

function useListFile(onText: (text: string) => void) {
  const t = useTranslations("glossary.list");
  const quantities = useQuantities();
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<string>();
  const readFile = async (file: File) => {
    setError(undefined);
    if (file.size > maxListLength) {
      setError(t("tooLarge", { max: quantities.bytes(maxListLength) }));
      return;
    }
    const bytes = await file.arrayBuffer().catch(() => undefined);
    const text = bytes && decodeText(new Uint8Array(bytes));
    if (text === undefined) setError(t("unreadable"));
    else onText(text);
  };
  return { input, error, readFile };
}

function Problems({ problems: all }: { problems: readonly ListProblem[] }) {
  const t = useTranslations("glossary.list");
  const problems = useDeferredValue(all);
  if (problems.length === 0) return null;
  return (
    <div className="flex flex-col gap-1 rounded-base bg-warning-soft px-3 py-2.5 text-sm">
      <p className="flex items-center gap-1.5 font-medium text-warning">
        <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
        {t("problems", { count: problems.length })}
      </p>
      <ul className="flex flex-col gap-0.5">
        {problems.slice(0, shownProblems).map(({ line, kind, value }) => (
          <li key={`${line} ${kind} ${value}`} className="break-words">
            <span className="text-ink-muted tabular-nums">{t("line", { line })}</span>{" "}
            {t(`problem.${kind}`, {
              value: value.length > 30 ? `${value.slice(0, 30)}…` : value,
              max: maxTermLength,
              limit: maxTerms,
            })}
          </li>
        ))}
      </ul>
      {problems.length > shownProblems ? (
        <p className="text-ink-muted">
          {t("moreProblems", { count: problems.length - shownProblems })}
        </p>
      ) : null}
    </div>
  );
}
