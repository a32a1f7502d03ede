/** Everything that floats: menus, selects, tooltips' larger siblings. */
export const popupStyle = [
  "z-50 min-w-40 origin-(--transform-origin) rounded-base border border-line-strong bg-raised p-1 shadow-popup outline-none",
  "max-h-(--available-height) overflow-y-auto",
  "transition-[opacity,scale] duration-100 ease-out",
  "data-starting-style:scale-98 data-starting-style:opacity-0 data-ending-style:opacity-0",
].join(" ");

/** One line of a menu or a select. */
export const popupItemStyle = [
  "flex min-h-8 cursor-default select-none items-center gap-2 rounded-base px-2 text-base outline-none pointer-coarse:min-h-11",
  "data-highlighted:bg-hover data-disabled:pointer-events-none data-disabled:opacity-50",
  "[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-muted",
].join(" ");
