"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { type Anchor, frameRateAnchors, stretchCues } from "@/lib/subtitles/operations/editing";
import { formatPreciseClock, parseClock } from "@/lib/subtitles/time";
import { useEdits } from "../actions/use-edits";
import { useEditor } from "../editor-context";
import { type ShiftScope, scopeIds, scopesOf } from "./scope";
import { ScopeChoice, TimesDialog } from "./times-dialog";

const rates = ["23.976", "24", "25", "29.97", "30", "50", "59.94", "60"] as const;
type Rate = (typeof rates)[number];

/** Film rates are fractions of 1001 that are written short. */
const fpsOf = (rate: Rate): number =>
  ({ "23.976": 24_000 / 1001, "29.97": 30_000 / 1001, "59.94": 60_000 / 1001 })[rate as string] ??
  Number(rate);

/** Stretches times between two anchors, or from one frame rate to another. */
export function StretchDialog({ onClose }: { onClose: () => void }) {
  const { session, selection } = useEditor();
  const t = useTranslations("editor.stretch");
  const done = useTranslations("editor.done");
  const edits = useEdits();
  const scopes = scopesOf(selection.get()).toReversed();
  const [scope, setScope] = useState<ShiftScope>("all");
  const [way, setWay] = useState<"anchors" | "rates">("anchors");
  const ids = scopeIds(scope, selection.get(), session.document.ids);
  const anchors = useAnchors(ids);
  const [rate, setRate] = useState<{ from: Rate; to: Rate }>({ from: "25", to: "23.976" });
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const submit = () => {
    setTried(true);
    const pair =
      way === "rates" ? frameRateAnchors(fpsOf(rate.from), fpsOf(rate.to)) : anchors.pair;
    if (!pair) return;
    const made = edits.make((now) => stretchCues(now.session.document.cues(), new Set(ids), pair), {
      said: done("stretched", { count: ids.length }),
    });
    if (made) onClose();
  };
  return (
    <TimesDialog
      title={t("title")}
      description={t("description")}
      submitLabel={t("submit")}
      onSubmit={submit}
      onClose={onClose}
      initialFocus={field}
    >
      <ScopeChoice scopes={scopes} scope={scope} onScope={setScope} name="stretch-scope" />
      <Segmented
        label={t("way")}
        name="stretch-way"
        value={way}
        onValueChange={setWay}
        segments={[
          { value: "anchors", label: t("anchors") },
          { value: "rates", label: t("rates") },
        ]}
      />
      {way === "anchors" ? (
        <>
          <AnchorFields name="first" field={field} anchor={anchors.first} tried={tried} />
          <AnchorFields name="last" anchor={anchors.last} tried={tried} />
        </>
      ) : (
        <RateFields rate={rate} onRate={setRate} />
      )}
    </TimesDialog>
  );
}

interface TypedAnchor {
  /** Where it is now, in ms. */
  fromMs: number;
  typed: string;
  toMs: number | undefined;
  onTyped: (typed: string) => void;
}

/** The first and the last cue's starts, and where they belong. */
function useAnchors(ids: readonly string[]) {
  const { session } = useEditor();
  const startOf = (id: string | undefined) => session.document.cue(id ?? "")?.startMs ?? 0;
  const firstMs = startOf(ids[0]);
  const lastMs = startOf(ids.at(-1));
  const [first, setFirst] = useState<string | null>(null);
  const [last, setLast] = useState<string | null>(null);
  const anchor = (
    fromMs: number,
    own: string | null,
    onTyped: (typed: string) => void,
  ): TypedAnchor => {
    const typed = own ?? formatPreciseClock(fromMs);
    return { fromMs, typed, toMs: parseClock(typed), onTyped };
  };
  const one = anchor(firstMs, first, setFirst);
  const two = anchor(lastMs, last, setLast);
  const pair: [Anchor, Anchor] | undefined =
    one.toMs === undefined || two.toMs === undefined || one.fromMs === two.fromMs
      ? undefined
      : [
          { fromMs: one.fromMs, toMs: one.toMs },
          { fromMs: two.fromMs, toMs: two.toMs },
        ];
  return { first: one, last: two, pair };
}

function AnchorFields({
  name,
  field,
  anchor,
  tried,
}: {
  name: "first" | "last";
  field?: RefObject<HTMLInputElement | null>;
  anchor: TypedAnchor;
  tried: boolean;
}) {
  const { player } = useEditor();
  const t = useTranslations("editor.stretch");
  const times = useTranslations("editor.times");
  const wrong = tried && anchor.toMs === undefined;
  return (
    <Field
      id={`anchor-${name}`}
      label={t(name, { time: formatPreciseClock(anchor.fromMs) })}
      error={wrong ? times("wrong") : undefined}
      aside={
        <Button
          size="sm"
          variant="quiet"
          onClick={() => anchor.onTyped(formatPreciseClock(player.timeMs))}
        >
          {t("playhead")}
        </Button>
      }
    >
      {(control) => (
        <Input
          {...control}
          ref={field}
          inputMode="decimal"
          autoComplete="off"
          value={anchor.typed}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => anchor.onTyped(event.target.value)}
        />
      )}
    </Field>
  );
}

interface RateFieldsProps {
  rate: { from: Rate; to: Rate };
  onRate: (rate: { from: Rate; to: Rate }) => void;
}

/** The frame rate that the times were made for, and that of this video. */
function RateFields({ rate, onRate }: RateFieldsProps) {
  const t = useTranslations("editor.stretch");
  return (
    <div className="grid grid-cols-2 gap-3">
      {(["from", "to"] as const).map((end) => (
        <Field key={end} id={`rate-${end}`} label={t(end)}>
          {(control) => (
            <Select
              id={control.id}
              value={rate[end]}
              onValueChange={(value) => onRate({ ...rate, [end]: value })}
              options={rates.map((value) => ({ value, label: `${value} fps` }))}
              className="w-full"
            />
          )}
        </Field>
      ))}
    </div>
  );
}
