"use client";

import { useMemo, useState } from "react";
import { useCapabilities } from "@/lib/client/use-capabilities";
import { rememberJobOptions, useJobOptions } from "@/lib/client/use-job-options";
import { useProfiles } from "@/lib/client/use-profiles";
import type { JobOptions } from "@/lib/jobs/options";
import type { JobKind } from "@/lib/jobs/schema";
import {
  type Dropped,
  type OrderChoice,
  offeredChoice,
  plainChoice,
  rememberedOptions,
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
}

interface Start {
  kind: JobKind;
  /** Of a translation: what the track is in, which is nobody's to choose. */
  language?: string | undefined;
  /** Where the form begins, in place of what was chosen last: the job that is run again. */
  initial?: OrderChoice | undefined;
  /** Languages that have a track: not asked for again unless the person does. */
  existing?: readonly string[] | undefined;
}

/**
 * The choice of one form: what was chosen last, with this form's changes, kept to what can be
 * ordered. A way that comes back (an engine, a language) is chosen again by itself.
 */
export function useOrderChoice({ kind, language, initial, existing }: Start): ChoiceState {
  const { remembered, settled } = useJobOptions();
  const capabilities = useCapabilities();
  const { profiles } = useProfiles();
  const [edits, setEdits] = useState<ChoiceChange>({});
  const begin = initial ?? remembered ?? plainChoice;
  const offered = useMemo(() => {
    const options = { ...begin.options };
    if (existing) options.targets = options.targets.filter((code) => !existing.includes(code));
    const wanted: OrderChoice = {
      language: language ?? edits.language ?? begin.language,
      options: { ...options, ...edits.options },
    };
    const ownProfiles = profiles?.map(({ id }) => id);
    return offeredChoice(wanted, { kind, capabilities, ownProfiles });
  }, [begin, edits, existing, language, kind, capabilities, profiles]);
  return {
    ...offered,
    ready: initial !== undefined || settled,
    change: (change: ChoiceChange) =>
      setEdits((before) => ({
        ...before,
        ...change,
        ...(change.options && { options: { ...before.options, ...change.options } }),
      })),
  };
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
