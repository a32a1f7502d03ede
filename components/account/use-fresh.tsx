"use client";

import { type ReactNode, useCallback, useRef, useState } from "react";
import { useErrorText } from "@/components/ui/request-error";
import { toast } from "@/components/ui/toaster";
import type { ReauthenticationNeeds } from "@/lib/auth/schema";
import { ApiError } from "@/lib/client/api";
import { ReauthenticateDialog } from "./reauthenticate-dialog";
import { reauthenticationNeeds } from "./reauthentication";

/** The person closed the dialog instead of saying who they are. */
class NotConfirmed extends Error {}

interface Question {
  needs: ReauthenticationNeeds;
  open: boolean;
  confirmed: boolean;
  answer: (confirmed: boolean) => void;
}

/**
 * Lets an action ask who the person is where the server wants to know, and go on afterwards.
 * `dialog` belongs on the page, inside the dialog that the action is started from, if any: a dialog
 * beside an open one would count as outside of it and close it.
 */
function useFresh() {
  const [question, setQuestion] = useState<Question | null>(null);
  const withFreshness = useCallback(async <T,>(action: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await action();
      } catch (error) {
        const needs = reauthenticationNeeds(error);
        if (!needs) throw error;
        const confirmed = await new Promise<boolean>((answer) =>
          setQuestion({ needs, open: true, confirmed: false, answer }),
        );
        if (!confirmed) throw new NotConfirmed();
      }
    }
  }, []);
  const dialog: ReactNode = question ? (
    <ReauthenticateDialog
      needs={question.needs}
      open={question.open}
      onConfirmed={() => setQuestion({ ...question, open: false, confirmed: true })}
      onDismissed={() => setQuestion({ ...question, open: false })}
      // Not sooner: giving the focus back would take it from what the action shows next.
      onClosed={() => question.answer(question.confirmed)}
    />
  ) : null;
  return { withFreshness, dialog };
}

/**
 * Runs one thing at a time, after asking who it is where needed. A failure goes to `onError`, which
 * answers whether it has shown it, and else into a toast. `work` may run twice: it sends first.
 */
export function useFreshAction<Args extends unknown[]>(
  work: (...args: Args) => Promise<unknown>,
  onError?: (error: ApiError) => boolean,
) {
  const { withFreshness, dialog } = useFresh();
  const errorText = useErrorText();
  const [pending, setPending] = useState(false);
  // Not the state: two presses can come before the page is drawn again.
  const running = useRef(false);
  const run = async (...args: Args) => {
    if (running.current) return;
    running.current = true;
    setPending(true);
    try {
      await withFreshness(() => work(...args));
    } catch (cause) {
      if (cause instanceof NotConfirmed) return;
      const error = cause instanceof ApiError ? cause : new ApiError("internal", { cause });
      if (!onError?.(error)) toast.error(errorText(error));
    } finally {
      running.current = false;
      setPending(false);
    }
  };
  return { run: (...args: Args) => void run(...args), pending, dialog };
}
