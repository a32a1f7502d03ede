"use client";

import { useTranslations } from "next-intl";
import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { loader, whenIdle } from "@/lib/client/lazy";
import { Button } from "./button";
import { cn } from "./cn";

/** Code that takes longer than this probably can't be had now, in ms. */
const lateMs = 4_000;

/**
 * A part of a page that most visits don't open. Its code comes when it is first shown, or as soon
 * as the page has nothing else to do: then it is there when it is asked for, also without a
 * network. A part with `open` waits until that is true. Call it at a module's top level.
 * @param fallback what stands there until then; without it, it is a dialog or something like it
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  fallback?: ReactNode,
): (props: P) => ReactNode {
  const code = loader(load);
  whenIdle(code.load);
  // biome-ignore lint/correctness/noComponentHookFactories: called once a part, as React.lazy is
  return function LazyPart(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | undefined>(() => code.loaded());
    const [late, setLate] = useState(false);
    const wanted = !("open" in props) || props.open === true;
    useEffect(() => {
      if (Part || !wanted) return;
      const timer = setTimeout(() => setLate(true), lateMs);
      void code.load().then((loaded) => setPart(() => loaded));
      return () => clearTimeout(timer);
    }, [Part, wanted]);
    if (Part) return <Part {...props} />;
    if (!wanted) return null;
    return late ? <Late apart={fallback === undefined} onRetry={code.load} /> : fallback;
  };
}

/** Says that a part is still to come, in its place or in the corner. */
function Late({ apart, onRetry }: { apart: boolean; onRetry: () => unknown }) {
  const t = useTranslations("common");
  return (
    <div
      role="alert"
      className={cn(
        "flex flex-wrap items-center gap-3 p-3",
        apart &&
          "fixed bottom-4 left-4 z-50 max-w-[calc(100vw-2rem)] rounded-base border border-line-strong bg-raised shadow-popup",
      )}
    >
      <p>{t("partLate")}</p>
      <Button size="sm" onClick={onRetry}>
        {t("retry")}
      </Button>
    </div>
  );
}
