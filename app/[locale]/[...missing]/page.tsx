import NotFound from "../not-found";

/** Addresses that no page answers; proxy.ts gives them their status. */
export default function MissingPage() {
  return (
    <main>
      <NotFound />
    </main>
  );
}
