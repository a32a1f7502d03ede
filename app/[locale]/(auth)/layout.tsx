import { PlainFrame } from "@/components/account/plain-frame";

/** One column with the form; beside it, where there is room, a picture (the page brings it). */
export default function AuthLayout({ children }: LayoutProps<"/[locale]">) {
  return <PlainFrame>{children}</PlainFrame>;
}
