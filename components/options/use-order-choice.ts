"use client";

import { useMemo, useState } from "react";
import { useCapabilities } from "@/lib/client/use-capabilities";
import { rememberJobOptions, useJobOptions } from "@/lib/client/use-job-options";
import { useProfiles } from "@/lib/client/use-profiles";
import { useQuote } from "@/lib/client/use-quote";
import type { JobOptions } from "@/lib/jobs/options";
import type { JobKind } from "@/lib/jobs/schema";
import {
  type Dropped,
  type OrderChoice,
  offeredChoice,
  plainChoice,
  rememberedOptions,
  withoutTargets,
} from "./choice";

/** What one field changes. */
export interface ChoiceChange {
  language?: string;
  options?: Partial<JobOptions>;
}

/** A choice that fields show and change. */
export interface ChoiceState {
  /** As it can be ordered now. */
  choice: OrderChoice;
  dropped: Dropped[];
  /** False while it isn't known what was chosen last. */
  ready: boolean;
  change: (change: ChoiceChange) => void;
  /** Left and right of the video's sound are one. */
  mono?: boolean | undefined;
}

interface Start {
  kind: JobKind;
  /** Of a translation: what the track is in, which is nobody's to choose. */
  language?: string | undefined;
  /** Where the form begins, in place of what was chosen last: the job that is run again. */
  initial?: OrderChoice | undefined;
  /** Languages that have a track: of what was chosen last, they aren't asked for again. */
  existing?: readonly string[] | undefined;
  mono?: boolean | undefined;
}

/**
 * The choice of one form: what was chosen last, with this form's changes, kept to what can be
 * ordered. A way that comes back (an engine, a language) is chosen again by itself.
 */
function useOrderChoice({ kind, language, initial, existing, mono }: Start): ChoiceState {
  const { remembered, settled } = useJobOptions();
  const capabilities = useCapabilities();
  const { profiles } = useProfiles();
  const [edits, setEdits] = useState<ChoiceChange>({});
  const begin = useMemo(
    () => initial ?? withoutTargets(remembered ?? plainChoice, existing),
    [initial, remembered, existing],
  );
  const offered = useMemo(() => {
    const wanted: OrderChoice = {
      language: language ?? edits.language ?? begin.language,
      options: { ...begin.options, ...edits.options },
    };
    const ownProfiles = profiles?.map(({ id }) => id);
    return offeredChoice(wanted, { kind, capabilities, ownProfiles, mono });
  }, [begin, edits, language, kind, capabilities, profiles, mono]);
  return {
    ...offered,
    mono,
    ready: initial !== undefined || settled,
    change: (change: ChoiceChange) =>
      setEdits((before) => ({
        ...before,
        ...change,
        ...(change.options && { options: { ...before.options, ...change.options } }),
      })),
  };
}

/**
 * A choice and its price, which also tells what is known of the video.
 * @param pledged credits that are spoken for but not yet held: they count as spent
 */
export function useQuotedChoice(start: Start & { videoId: string }, pledged = 0) {
  const { kind, videoId } = start;
  const [mono, setMono] = useState(false);
  const state = useOrderChoice({ ...start, mono });
  const { language, options } = state.choice;
  /** A translation into nothing has no price. */
  const empty = kind === "translate" && options.targets.length === 0;
  const asked = { videoId, kind, language, targets: options.targets };
  const quoted = useQuote(state.ready && !empty ? asked : null, pledged);
  if (quoted.quote?.audioChannels === 1 && !mono) setMono(true);
  return { state, quoted, empty };
}

/** What every video to come begins with: a change holds for all forms that are open. */
export function useLastingChoice(): ChoiceState {
  const { remembered, settled } = useJobOptions();
  const capabilities = useCapabilities();
  const { profiles } = useProfiles();
  const begin = remembered ?? plainChoice;
  const offered = useMemo(() => {
    const ownProfiles = profiles?.map(({ id }) => id);
    return offeredChoice(begin, { kind: "caption", capabilities, ownProfiles });
  }, [begin, capabilities, profiles]);
  return {
    ...offered,
    ready: settled,
    change: ({ language, options }) =>
      rememberJobOptions({
        language: language ?? begin.language,
        options: rememberedOptions({ ...begin.options, ...options }),
      }),
  };
}
