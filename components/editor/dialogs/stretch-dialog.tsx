"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { type Anchor, frameRateAnchors, stretchCues } from "@/lib/subtitles/operations/editing";
import { formatPreciseClock, parseClock } from "@/lib/subtitles/time";
import { useEdits } from "../actions/use-edits";
import { useEditor } from "../editor-context";
import { CarrySwitch } from "./carry-switch";
import { type ShiftScope, scopeIds, scopesOf } from "./scope";
import { ScopeChoice } from "./shift-dialog";

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
  const common = useTranslations("common");
  const edits = useEdits();
  const scopes = scopesOf(selection.get()).toReversed();
  const [scope, setScope] = useState<ShiftScope>("all");
  const [way, setWay] = useState<"anchors" | "rates">("anchors");
  const ids = scopeIds(scope, selection.get(), session.document.ids);
  const anchors = useAnchors(ids);
  const [from, setFrom] = useState<Rate>("25");
  const [to, setTo] = useState<Rate>("23.976");
  const [tried, setTried] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const pair = way === "rates" ? frameRateAnchors(fpsOf(from), fpsOf(to)) : anchors.pair;
    if (!pair) return;
    const made = edits.make((now) => stretchCues(now.session.document.cues(), new Set(ids), pair), {
      said: done("stretched", { count: ids.length }),
    });
    if (made) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" form="stretch-times" variant="primary">
            {t("submit")}
          </Button>
        </>
      }
    >
      <form id="stretch-times" onSubmit={submit} className="flex flex-col gap-4 pt-2">
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
            <AnchorFields name="first" anchor={anchors.first} tried={tried} />
            <AnchorFields name="last" anchor={anchors.last} tried={tried} />
          </>
        ) : (
          <div className="grid grid-cols-2 gap-3">
            <RateField id="rate-from" label={t("from")} rate={from} onRate={setFrom} />
            <RateField id="rate-to" label={t("to")} rate={to} onRate={setTo} />
          </div>
        )}
        <CarrySwitch />
      </form>
    </Dialog>
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
  anchor,
  tried,
}: {
  name: "first" | "last";
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
          inputMode="decimal"
          autoComplete="off"
          value={anchor.typed}
          onChange={(event) => anchor.onTyped(event.target.value)}
        />
      )}
    </Field>
  );
}

interface RateFieldProps {
  id: string;
  label: string;
  rate: Rate;
  onRate: (rate: Rate) => void;
}

function RateField({ id, label, rate, onRate }: RateFieldProps) {
  return (
    <Field id={id} label={label}>
      {(control) => (
        <Select
          id={control.id}
          value={rate}
          onValueChange={onRate}
          options={rates.map((value) => ({ value, label: `${value} fps` }))}
          className="w-full"
        />
      )}
    </Field>
  );
}
