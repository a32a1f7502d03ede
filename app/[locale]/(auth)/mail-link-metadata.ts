import type { Metadata } from "next";

/**
 * For pages with a token in their address: never listed, and the address goes to no other site.
 * `no-referrer` would make browsers post a form with `Origin: null`, which Next refuses.
 */
export const mailLinkMetadata: Metadata = {
  referrer: "same-origin",
  robots: { index: false, follow: false },
};
