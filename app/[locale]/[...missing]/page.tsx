import { notFound } from "next/navigation";

/**
 * Addresses that no page answers; without it they would miss the locale's layout. Next answers 404
 * with a document that the browser fills; a filled one would have to say 200, as a prerendered
 * page brings its own status.
 */
export default function MissingPage() {
  notFound();
}
