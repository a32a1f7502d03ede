"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { OwnRules } from "@/lib/profiles/schema";
import { lineWidths, readingTimeMs } from "@/lib/subtitles/rules";
import { breakLines } from "@/lib/subtitles/segmentation/lines";

/** Longest text that is tried out. */
const maxExample = 300;

interface RuleExampleProps {
  /** Undefined while a number is wrong: the last good rules stay in sight. */
  rules: OwnRules | undefined;
  language: string;
}

/** A sentence as these rules break it into lines, changing with every number. */
export function RuleExample({ rules: current, language }: RuleExampleProps) {
  const t = useTranslations("profiles.example");
  const id = useId();
  const [text, setText] = useState(t("sample"));
  const [good, setGood] = useState(current);
  if (current && current !== good) setGood(current);
  const rules = current ?? good;
  if (!rules) return null;
  const profile = { ...rules, id: "example" };
  const broken = breakLines(text, { language, profile });
  return (
    <section aria-label={t("title")} className="flex flex-col gap-3">
      <h3 className="font-medium">{t("title")}</h3>
      <div className="flex min-h-32 items-end justify-center rounded-base bg-stage p-4">
        <p
          lang={language}
          className="whitespace-pre text-center font-medium text-caption text-md [overflow-wrap:normal]"
        >
          {broken.split("\n").map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            <span key={index} className="block">
              <span className="bg-caption-box px-1.5 py-0.5">{line}</span>
            </span>
          ))}
        </p>
      </div>
      <Verdict broken={broken} rules={rules} />
      <Field id={id} label={t("text")}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={maxExample}
            value={text}
            onChange={(event) => setText(event.target.value.replaceAll("\n", " "))}
          />
        )}
      </Field>
    </section>
  );
}

/** Whether the example is one subtitle, and its figures. */
function Verdict({ broken, rules }: { broken: string; rules: OwnRules }) {
  const t = useTranslations("profiles.example");
  const profile = { ...rules, id: "example" };
  const widths = lineWidths(broken, profile);
  const readMs = readingTimeMs(broken, profile);
  const seconds = Math.round(readMs / 100) / 10;
  const verdict =
    widths.length > rules.maxLines
      ? t("tooLong")
      : readMs > rules.maxDurationMs
        ? t("tooSlow", { seconds })
        : t("fits", { lines: widths.length, width: Math.max(0, ...widths), seconds });
  return (
    <p role="status" className="text-ink-muted text-sm tabular-nums">
      {verdict}
    </p>
  );
}
