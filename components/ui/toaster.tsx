"use client";

import { type ComponentType, useEffect, useState } from "react";
import type { ExternalToast } from "sonner";
import { loader } from "@/lib/client/lazy";
import type { ToastsProps } from "./toasts";

const code = loader<ComponentType<ToastsProps>>(() =>
  import("./toasts").then((module) => module.Toasts),
);
const ready = Promise.withResolvers<void>();

/** Where `toast()` appears; read aloud without taking the focus. Its code comes after the page. */
export function Toaster(props: Omit<ToastsProps, "onReady">) {
  const [Toasts, setToasts] = useState<ComponentType<ToastsProps> | undefined>(() => code.loaded());
  useEffect(() => void code.load().then((loaded) => setToasts(() => loaded)), []);
  return Toasts ? <Toasts {...props} onReady={ready.resolve} /> : null;
}

/** Tells something in passing, as soon as there is where to tell it. */
const send =
  (kind: "message" | "success" | "info" | "warning" | "error") =>
  (title: string, options?: ExternalToast): void => {
    // By then its code has come with `Toasts`.
    void ready.promise
      .then(() => import("sonner"))
      // Said again, it isn't shown twice.
      .then(({ toast }) => toast[kind](title, { id: `${kind} ${title}`, ...options }));
  };

export const toast = Object.assign(send("message"), {
  success: send("success"),
  info: send("info"),
  warning: send("warning"),
  error: send("error"),
});
