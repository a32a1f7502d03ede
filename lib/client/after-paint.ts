/** Does something in the next frame, before it is painted; the answer calls it off. */
export function inNextFrame(act: () => void): () => void {
  const frame = requestAnimationFrame(act);
  return () => cancelAnimationFrame(frame);
}

/** Does something once the next frame has been painted; the answer calls it off. */
export function afterPaint(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = inNextFrame(() => {
    timer = setTimeout(act);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
