import { notFound } from "next/navigation";

/** Addresses no page answers; without it they would miss the locale's layout. */
export default function MissingPage() {
  notFound();
}
