/** The first stop of the Tab key: past the header, to `<main id="content" tabIndex={-1}>`. */
export function SkipLink({ children }: { children: string }) {
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-base focus:bg-ink focus:px-3 focus:py-2 focus:text-canvas"
    >
      {children}
    </a>
  );
}
