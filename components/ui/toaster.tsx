"use client";

import type { ExternalToast } from "sonner";
import { lazyPart } from "./lazy-part";
import type { ToastsProps } from "./toasts";

const Toasts = lazyPart<ToastsProps>(() => import("./toasts").then((module) => module.Toasts));

const ready = Promise.withResolvers<void>();

/** Where `toast()` appears; read aloud without taking the focus. */
export function Toaster(props: Omit<ToastsProps, "onReady">) {
  return <Toasts {...props} onReady={ready.resolve} />;
}

/** Tells something in passing, as soon as there is where to tell it. */
const send =
  (kind: "message" | "success" | "info" | "warning" | "error") =>
  (title: string, options?: ExternalToast): void => {
    void Promise.all([import("sonner"), ready.promise]).then(([{ toast }]) =>
      toast[kind](title, options),
    );
  };

export const toast = Object.assign(send("message"), {
  success: send("success"),
  info: send("info"),
  warning: send("warning"),
  error: send("error"),
});
