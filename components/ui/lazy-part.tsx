"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { loader, whenIdle } from "@/lib/client/lazy";

/**
 * A part of a page that most visits don't open. Its code comes when it is first shown, or as soon
 * as the page has nothing else to do: then it is there when it is asked for, also without a
 * network. A part with `open` waits until that is true. Call it at a module's top level.
 * @param fallback what stands there until then
 * @throws to the page's error view when the code can't be had after several tries
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  fallback: ReactNode = null,
): (props: P) => ReactNode {
  const code = loader(load);
  whenIdle(code.load);
  // biome-ignore lint/correctness/noComponentHookFactories: called once a part, as React.lazy is
  return function LazyPart(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | undefined>(() => code.loaded());
    const [failure, setFailure] = useState<{ error: unknown }>();
    const wanted = !("open" in props) || props.open === true;
    useEffect(() => {
      if (Part || !wanted) return;
      code.load().then(
        (loaded) => setPart(() => loaded),
        (error: unknown) => setFailure({ error }),
      );
    }, [Part, wanted]);
    if (failure) throw failure.error;
    if (Part) return <Part {...props} />;
    return wanted ? fallback : null;
  };
}
