import { PlainFrame } from "@/components/account/plain-frame";

/** The frame of a page that belongs to the machine, not to an account. */
export default function OutboxLayout({ children }: LayoutProps<"/[locale]">) {
  return <PlainFrame>{children}</PlainFrame>;
}
