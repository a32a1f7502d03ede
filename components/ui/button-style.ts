import { cva, type VariantProps } from "class-variance-authority";

/** The look of everything that is pressed: `Button`, `IconButton`, `ButtonLink`. */
export const buttonStyle = cva(
  [
    "hit-area inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-base border font-medium",
    "select-none transition-colors duration-100",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50",
    "[&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary:
          "border-transparent bg-ink text-canvas not-disabled:hover:bg-ink/85 dark:not-disabled:hover:bg-ink/90",
        accent: "border-transparent bg-accent text-accent-ink not-disabled:hover:bg-accent-hover",
        secondary:
          "border-line-strong bg-surface text-ink not-disabled:hover:bg-hover data-popup-open:bg-hover",
        quiet:
          "border-transparent bg-transparent text-ink-muted not-disabled:hover:bg-hover not-disabled:hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink",
        danger: "border-transparent bg-danger text-danger-ink not-disabled:hover:bg-danger-hover",
      },
      size: {
        sm: "h-7 px-2.5 text-sm",
        md: "h-9 px-3.5 text-base",
        lg: "h-11 px-5 text-md",
      },
      shape: { text: "", icon: "px-0" },
    },
    compoundVariants: [
      { shape: "icon", size: "sm", class: "w-7" },
      { shape: "icon", size: "md", class: "w-9" },
      { shape: "icon", size: "lg", class: "w-11" },
    ],
    defaultVariants: { variant: "secondary", size: "md", shape: "text" },
  },
);

export type ButtonStyle = Omit<VariantProps<typeof buttonStyle>, "shape">;
