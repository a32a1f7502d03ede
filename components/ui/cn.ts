import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** Knows our own names, so that a caller's class replaces a component's of the same kind. */
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["xs", "sm", "base", "md", "lg", "xl", "2xl", "3xl", "4xl", "5xl"],
      radius: ["base"],
      shadow: ["popup"],
    },
  },
});

/** Joins class names; of two that clash, the later one wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
